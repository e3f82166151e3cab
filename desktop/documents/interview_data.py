"""The interview on paper, as data for its template: blank, to be filled in by hand, or what was said so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.documents.bilingual import Bilingual
from desktop.documents.letterhead import letterhead_data
from desktop.documents.meta import PAGE_SIGNS, DocumentMeta
from desktop.documents.own_copy.copy_texts import COPY
from desktop.documents.plan_data import language_data
from desktop.documents.printable_text import clean
from desktop.documents.texts import DUTCH
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.model.plan_text import PlanText

INTERVIEW: Mapping[str, str] = {
    "blank": N_("Vragen van de brede intake"),
    "filled": N_("Wat ik heb verteld"),
    "open": N_("Dit is nog niet gevraagd."),
    "missing": N_("Dit is nog niet gevraagd. Het is nodig voor het plan."),
    "later": N_("Dit vragen we later."),
    "declined": COPY["declined"],
    "unknown": COPY["unknown"],
    "conflict": COPY["conflict"],
    "hidden": COPY["hidden"],
    "page": COPY["page"],
}
"""Texts by their place; those of a line by its state."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A question with what is to be said of it: an answer, a state of `INTERVIEW`, or choices to tick by hand.

    `lines` is how many lines there are to write on; `row` names the row of a list in which the question lies.
    """

    question: PlanText
    answer: PlanText | None = None
    state: str = ""
    choices: tuple[PlanText, ...] = ()
    lines: int = 0
    row: str = ""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section of the interview; `closed` where this laptop may not read it."""

    title: PlanText
    lines: tuple[PaperLine, ...]
    closed: bool = False


@dataclass(frozen=True, slots=True)
class InterviewPaper:
    """The whole interview of one person, `name` blank where it is nobody's yet."""

    name: str
    sections: tuple[PaperSection, ...]


@dataclass(frozen=True, slots=True)
class InterviewDocument:
    """The interview as a document; `blank` to fill in by hand."""

    blank: bool
    bilingual: bool = True

    def pdf(
        self,
        paper: InterviewPaper,
        texts: tuple[Catalogue, Catalogue],
        meta: DocumentMeta,
        moment: datetime,
        typeset: Callable[[str, Mapping[str, object], datetime], bytes] = compile_pdf,
    ) -> bytes:
        """Return the document, by catalogues of the domain `plan`: Dutch and other. The same values, the same bytes."""
        made = moment.astimezone().date()
        data = interview_data(paper, Bilingual(*texts), meta, made, blank=self.blank)
        return typeset("interview", {**data, **letterhead_data(meta)}, moment)


def interview_data(
    paper: InterviewPaper, both: Bilingual, meta: DocumentMeta, made: date, *, blank: bool
) -> dict[str, object]:
    """Return the data of the template `interview`."""
    values = dict(zip(("nummer", "totaal"), PAGE_SIGNS, strict=True))
    title = INTERVIEW["blank" if blank else "filled"]
    return {
        "lang": language_data(both),
        "t": {key: both.pair(text, **values) for key, text in INTERVIEW.items()},
        "doc": {
            "title": title,
            "heading": both.pair(title),
            "sender": clean(meta.sender),
            "case": f"{DUTCH['case']} {clean(meta.case_number)}",
            "name": clean(paper.name),
            "made": format_date(made),
            "page": both.pair(INTERVIEW["page"], **values),
        },
        "sections": [_section(section, both) for section in paper.sections],
    }


def _section(section: PaperSection, both: Bilingual) -> dict[str, object]:
    return {
        "title": _said(section.title, both),
        "closed": section.closed,
        "lines": [_line(line, both) for line in section.lines],
    }


def _line(line: PaperLine, both: Bilingual) -> dict[str, object]:
    return {
        "question": _said(line.question, both),
        "answer": None if line.answer is None else _said(line.answer, both),
        "state": line.state,
        "choices": [_said(each, both) for each in line.choices],
        "lines": line.lines,
        "row": clean(line.row),
    }


def _said(text: PlanText, both: Bilingual) -> dict[str, object]:
    """Return words that are as they are in both columns, without the mark of a gap."""
    return {**both.pair(text), "gap": False}
