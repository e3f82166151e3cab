"""The progress as data for its template: sections of rows, every text in both languages. Amounts and days only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from desktop.documents.bilingual import Bilingual, Pair
from desktop.documents.letterhead import letterhead_data
from desktop.documents.meta import PAGE_SIGNS, DocumentMeta
from desktop.documents.plan_data import language_data, status_line
from desktop.documents.printable_text import clean
from desktop.documents.progress import progress_words as said
from desktop.documents.texts import DUTCH
from desktop.documents.typst_compiler import compile_pdf
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.formatting import format_date
from desktop.plan.model.plan_text import PlanText, fill, free
from desktop.plan.progress.entry_texts import EXAM_NAMES, HOURS_NAMES, SKILL_NAMES, hours_text
from desktop.plan.progress.progress import LEVEL_NAMES, HoursBar, LevelLine, Progress, TalkLine

Row = tuple[PlanText, tuple[PlanText, ...], str]
"""What a row is about, its sentences, and the article it rests on, blank for none."""


@dataclass(frozen=True, slots=True)
class ProgressPaper:
    """The progress as it is printed: of whom, and beside which language."""

    progress: Progress
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class ProgressDocument:
    """The overview of the progress in two languages."""

    bilingual: ClassVar[bool] = True

    def pdf(
        self,
        paper: ProgressPaper,
        texts: tuple[Catalogue, Catalogue],
        meta: DocumentMeta,
        moment: datetime,
        typeset: Callable[[str, Mapping[str, object], datetime], bytes] = compile_pdf,
    ) -> bytes:
        """Return the overview by catalogues of the domain `plan`: Dutch and other. Same bytes for the same values."""
        return typeset("progress", {**overview_data(paper, Bilingual(*texts), meta), **letterhead_data(meta)}, moment)


def overview_data(paper: ProgressPaper, both: Bilingual, meta: DocumentMeta) -> dict[str, object]:
    """Return the data of the template `progress`."""
    progress = paper.progress
    parts: tuple[tuple[str, Iterator[Row]], ...] = (
        ("law", ((PlanText(""), (each.text,), each.article) for each in progress.notices)),
        ("route", _modules(progress)),
        ("hours", _hours(progress)),
        ("levels", (_level(line) for line in progress.levels if line.then or line.now)),
        ("exams", _exams(progress)),
        ("talks", _talks(progress, paper.language)),
    )
    data: dict[str, object] = {
        "lang": language_data(both),
        "t": {key: both.pair(text) for key, text in said.OVERVIEW.items() if "${" not in text},
        "spoken": _spoken(progress, both, paper.language),
        "sections": [
            {"key": key, "title": both.pair(said.OVERVIEW[key]), "rows": shown}
            for key, rows in parts
            if (shown := [_row(row, both) for row in rows])
        ],
    }
    data["doc"] = _document(paper, both, meta, data)
    return data


def _row(row: Row, both: Bilingual) -> dict[str, object]:
    label, texts, basis = row
    return {"label": both.pair(label), "texts": [both.pair(text) for text in texts], "basis": clean(basis)}


def _spoken(progress: Progress, both: Bilingual, tag: str) -> Pair | None:
    line = progress.talks.spoken
    return None if line is None else both.pair(_own_words(line, tag))


def _own_words(line: TalkLine, tag: str) -> PlanText:
    """Return what the person said, in the other column only where that is the language it was said in."""
    words = line.own_words
    return words if line.talk.language == tag else free(words.source)


def _modules(progress: Progress) -> Iterator[Row]:
    for mark in progress.modules:
        state = PlanText(said.MODULE_STATES[mark.state])
        weeks = (("van", format_date(mark.first)), ("tot", format_date(mark.last)), ("stand", state))
        label = PlanText(said.MODULE, (("nummer", str(mark.number)), ("naam", mark.label)))
        yield label, (PlanText(said.WEEKS, weeks), *((free(mark.remark),) if mark.remark else ())), ""


def _hours(progress: Progress) -> Iterator[Row]:
    for bar in progress.hours:
        yield PlanText(HOURS_NAMES[bar.kind]), tuple(_bar(bar)), bar.article
    absence = progress.absence
    if absence.half_days:
        counted = (("met", str(absence.with_notice)), ("zonder", str(absence.without)))
        yield PlanText(said.ABSENT), (PlanText(said.HALF_DAYS, counted),), ""


def _bar(bar: HoursBar) -> Iterator[PlanText]:
    followed = ("uren", hours_text(bar.minutes))
    if bar.measure:
        yield PlanText(said.OF[bar.measure], (followed, ("aantal", str(bar.of))))
    else:
        yield PlanText(said.FOLLOWED, (followed,))
    if bar.closed is not None:
        yield PlanText(said.CLOSED, _on(bar.closed))


def _level(line: LevelLine) -> Row:
    found: list[PlanText] = []
    if line.then:
        found.append(PlanText(said.AT_INTAKE, (("niveau", LEVEL_NAMES[line.then]),)))
    if line.now:
        found.append(PlanText(said.NOW, (("niveau", LEVEL_NAMES[line.now]), *_on(line.day))))
    if line.goal:
        found.append(PlanText(said.AIM, (("niveau", LEVEL_NAMES[line.goal]),)))
    return PlanText(SKILL_NAMES[line.skill]), tuple(found), ""


def _exams(progress: Progress) -> Iterator[Row]:
    if progress.route == "Z" and all(line.state == "not_yet" for line in progress.exams):
        return
    for line in progress.exams:
        yield PlanText(EXAM_NAMES[line.part]), (PlanText(said.EXAM_STATES[line.state], _on(line.day)),), ""


def _talks(progress: Progress, tag: str) -> Iterator[Row]:
    for line in progress.talks.held:
        words, agreed = _own_words(line, tag), line.talk.agreed.strip()
        more = (*((words,) if words else ()), *((free(agreed),) if agreed else ()))
        yield _talk(line), (PlanText(said.HELD, _on(line.day)), *more), ""
    coming = progress.talks.next
    if coming is not None:
        place = coming.talk.place.strip()
        yield _talk(coming), (PlanText(said.PLANNED, _on(coming.day)), *((free(place),) if place else ())), ""


def _talk(line: TalkLine) -> PlanText:
    return PlanText(said.TALK, (("nummer", str(line.talk.number)),))


def _on(day: date | None) -> tuple[tuple[str, str], ...]:
    return (("datum", "–" if day is None else format_date(day)),)


def _document(
    paper: ProgressPaper, both: Bilingual, meta: DocumentMeta, data: Mapping[str, object]
) -> dict[str, object]:
    title, name = both.words(said.OVERVIEW["title"]), said.OVERVIEW_DUTCH["name"]
    made = fill(said.OVERVIEW_DUTCH["made"], {"datum": format_date(paper.progress.today)}, rtl=False)
    return {
        "title": " · ".join(filter(None, (title.dutch, title.other))),
        "name": name,
        "person": clean(paper.name),
        "sender": clean(meta.sender),
        "case": f"{DUTCH['case']} {clean(meta.case_number)}",
        "version": made,
        "status": status_line(both, data),
        "page": both.pair(said.OVERVIEW["page"], nummer=PAGE_SIGNS[0], totaal=PAGE_SIGNS[1]),
    }
