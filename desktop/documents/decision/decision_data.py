"""A decision (PIP) as data for its template: every text in both languages, nothing computed that is not in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from desktop.documents.bilingual import Bilingual, Pair
from desktop.documents.decision.decision_texts import DATE_TITLES, DECISION, DECISION_DUTCH
from desktop.documents.meta import PAGE_SIGNS
from desktop.documents.plan_data import language_data, status_line
from desktop.documents.printable_text import clean
from desktop.documents.texts import DUTCH
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.formatting import format_date
from desktop.plan.law.deadlines import LegalDate
from desktop.plan.model.plan_text import fill, free
from desktop.plan.pip.decision import DecidedPart, PipDecision

_IN_BOX = frozenset({"route", "level", "literacy"})
"""What is decided first, in the box; the rest stands in the table."""


@dataclass(frozen=True, slots=True)
class DecisionPaper:
    """A decision as it is printed, beside `language`: its `number`, and its `seal` where it was issued, else blank."""

    decision: PipDecision
    reference: str
    language: str
    number: int
    seal: str = ""


@dataclass(frozen=True, slots=True)
class DecisionDocument:
    """The letter of the decision; `issued` tells that it is the one issued last, else the draft."""

    bilingual: ClassVar[bool] = True
    issued: bool

    def pdf(
        self,
        paper: DecisionPaper,
        texts: tuple[Catalogue, Catalogue],
        moment: datetime,
        typeset: Callable[[str, Mapping[str, object], datetime], bytes] = compile_pdf,
    ) -> bytes:
        """Return the letter by catalogues of the domain `plan`: Dutch and other. Same bytes for the same values."""
        return typeset("decision", decision_data(paper, Bilingual(*texts)), moment)


def decision_data(paper: DecisionPaper, both: Bilingual) -> dict[str, object]:
    """Return the data of the template `decision`."""
    decision = paper.decision
    data: dict[str, object] = {
        "lang": language_data(both),
        "t": {key: both.pair(text) for key, text in DECISION.items() if "${" not in text},
        "authority": {key: clean(value) for key, value in _authority(decision).items()},
        "addressee": _addressee(decision),
        "facts": _facts(paper, both),
        "opening": _opening(decision, both),
        "decided": [both.pair(text) for part in decision.parts if part.key in _IN_BOX for text in part.text],
        "decided_basis": clean("; ".join(dict.fromkeys(p.article for p in decision.parts if p.key in _IN_BOX))),
        "parts": [_part(part, both) for part in decision.parts if part.key not in _IN_BOX],
        "reasons": [_part(part, both) for part in decision.reasons],
        "dates": [_date(day, both) for day in decision.dates if day.key in DATE_TITLES],
        "objection": _objection(decision, both),
        "explained": _said(both, "explained", hoe=decision.explained) if decision.explained else None,
        "attachments": _attachments(decision, both),
    }
    data["doc"] = _document(paper, both, data)
    return data


def _authority(decision: PipDecision) -> dict[str, str]:
    found = decision.authority
    mandate = fill(DECISION_DUTCH["mandate"], {"mandaat": found.mandate}, rtl=False) if found.mandate else ""
    return {"municipality": found.municipality, "college": found.college, "signer": found.signer, "mandate": mandate}


def _addressee(decision: PipDecision) -> list[str]:
    found = decision.addressee
    lines = (found.name, found.own_script_name, *found.address.splitlines())
    return [clean(line) for line in lines if line.strip()]


def _facts(paper: DecisionPaper, both: Bilingual) -> list[dict[str, object]]:
    decision = paper.decision
    contact = ", ".join(filter(None, (decision.authority.contact, decision.authority.reach)))
    rows = (
        ("dated", _day(decision.dated)),
        ("reference", paper.reference),
        ("v_number", decision.addressee.v_number),
        ("contact", contact),
    )
    return [{"label": both.pair(DECISION[key]), "value": clean(value)} for key, value in rows if value]


def _opening(decision: PipDecision, both: Bilingual) -> list[Pair]:
    days = ", ".join(_day(day) for day in sorted(set(decision.talks_held)))
    return [both.pair(DECISION["letter"]), *([_said(both, "talked", dagen=days)] if days else [])]


def _part(part: DecidedPart, both: Bilingual) -> dict[str, object]:
    texts = [both.pair(text) for text in part.text]
    return {"label": both.pair(part.label), "texts": texts, "basis": clean(part.article)}


def _date(day: LegalDate, both: Bilingual) -> dict[str, object]:
    return {
        "label": both.pair(DATE_TITLES[day.key]),
        "day": _day(day.day),
        "why": [both.pair(text) for text in day.why],
        "basis": clean(day.article),
    }


def _objection(decision: PipDecision, both: Bilingual) -> dict[str, object]:
    last = decision.objection_date
    texts = [] if last is None else [_said(both, "objection_until", datum=_day(last.day))]
    texts += [both.pair(text) for text in (() if last is None else last.why)]
    texts += [both.pair(decision.objection)] if decision.objection else []
    return {"texts": texts, "basis": "" if last is None else clean(last.article)}


def _attachments(decision: PipDecision, both: Bilingual) -> list[Pair]:
    plan = both.pair(DECISION["attached_plan_draft"])
    if decision.plan_seal:
        plan = _said(both, "attached_plan", nummer=str(decision.plan_number), zegel=decision.plan_seal)
    return [plan, *(both.pair(free(line)) for line in decision.attachments)]


def _document(paper: DecisionPaper, both: Bilingual, data: Mapping[str, object]) -> dict[str, object]:
    number = fill(DECISION_DUTCH["version"], {"nummer": str(paper.number)}, rtl=False)
    seal = fill(DUTCH["sealed"], {"zegel": paper.seal}, rtl=False) if paper.seal else ""
    title = both.words(DECISION["title"])
    municipality = paper.decision.authority.municipality
    return {
        "title": " · ".join(filter(None, (title.dutch, title.other))),
        "name": DECISION_DUTCH["name"],
        "sender": clean(" · ".join(filter(None, (municipality, DECISION_DUTCH["name"])))),
        "case": clean(f"{DECISION_DUTCH['reference']} {paper.reference}"),
        "version": " · ".join(filter(None, (number, seal))),
        "draft": not paper.seal,
        "status": status_line(both, data),
        "page": both.pair(DECISION["page"], nummer=PAGE_SIGNS[0], totaal=PAGE_SIGNS[1]),
    }


def _said(both: Bilingual, key: str, **values: str) -> Pair:
    return both.pair(DECISION[key], **values)


def _day(day: date | None) -> str:
    return "" if day is None else format_date(day)
