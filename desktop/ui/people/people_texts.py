"""The words, icons and chips of a caseload row, in the language of the interface."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import format_day, format_time, isolate
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.languages import DUTCH, LANGUAGES
from desktop.i18n.mark import N_
from desktop.services.caseload.caseload_rows import DueGroup, NextStep, PersonRow, Stage
from desktop.ui.common_texts import age_words, reasons_of
from desktop.ui.kit.controls.chip import ChipKind
from desktop.ui.kit.typography.text import quote

HEADERS = (N_("Who"), N_("Next step"), N_("Term"), N_("State"), N_("Municipality"))
"""The columns of the list of people, on the screen and on paper."""

_STEPS: Mapping[NextStep, tuple[str, str]] = {
    NextStep.START: (N_("Begin the first talk"), "chat"),
    NextStep.GO_ON: (N_("Go on with the talk"), "chat"),
    NextStep.SETTLE: (N_("Lay two answers side by side"), "merge"),
    NextStep.READ_PLAN: (N_("Read the plan together and sign"), "document"),
    NextStep.HAND_OVER: (N_("Prepare the handover"), "handshake"),
    NextStep.PLAN_TALK: (N_("Plan the three-way talk with {organisation}"), "handshake"),
    NextStep.HOLD_TALK: (N_("Three-way talk with {organisation}"), "handshake"),
    NextStep.WAIT: (N_("{organisation} reads the dossier"), "clock"),
    NextStep.ANSWER: (N_("Answer the question of {organisation}"), "question"),
    NextStep.DECIDE: (N_("Decide on the plan (PIP)"), "document"),
    NextStep.FOLLOW_PLAN: (N_("Follow the plan together"), "document"),
    NextStep.NOTHING: (N_("Accepted by {organisation}"), "check-circle"),
}
_STAGES: Mapping[Stage, tuple[str, ChipKind, str]] = {
    Stage.NEW: (N_("New"), "neutral", "circle"),
    Stage.TALKING: (N_("In conversation"), "current", "half-circle"),
    Stage.DRAFT: (N_("Plan in draft"), "neutral", "pencil"),
    Stage.SIGNED: (N_("Plan signed"), "good", "check"),
    Stage.CHOICE: (N_("Two answers"), "asks", "warning"),
    Stage.SENT: (N_("Waits for an answer"), "neutral", "clock"),
    Stage.RECEIVED: (N_("Sent and received"), "good", "inbox"),
    Stage.TALK: (N_("Three-way talk"), "current", "people"),
    Stage.RETURNED: (N_("Back with a question"), "asks", "undo"),
    Stage.ACCEPTED: (N_("Accepted"), "good", "check-circle"),
}
_GROUPS: Mapping[DueGroup, str] = {
    DueGroup.TODAY: N_("Today"),
    DueGroup.WEEK: N_("This week"),
    DueGroup.WAITING: N_("Waiting for somebody else"),
    DueGroup.LATER: N_("Later"),
}
_TERMS: Mapping[str, str] = {
    "move": N_("Moves {date}"),
    "waits": N_("Plan: waits for information"),
    "route_change": N_("Route may change until {date}"),
    "extension": N_("Extension from {date}"),
    "term_end": N_("Term ends {date}"),
}


@dataclass(frozen=True, slots=True)
class RowText:
    """A caseload row in words. `term_asks` says that the term wants attention, `term_why` why it is that day.

    `chip_kind` and the icons are its looks.
    """

    name: str
    under_name: str
    step: str
    under_step: str
    step_icon: str
    term: str
    term_asks: bool
    term_why: str
    chip: str
    chip_kind: ChipKind
    chip_icon: str
    municipality: str

    @property
    def spoken(self) -> str:
        """The whole row as one sentence, for assistive technology."""
        parts = (self.name, self.under_name, self.step, self.under_step, self.term, self.chip, self.municipality)
        return ", ".join(part for part in parts if part)


def row_text(row: PersonRow, catalogue: Catalogue) -> RowText:
    """Return `row` in words."""
    step, icon = _STEPS[row.step]
    chip, kind, chip_icon = _STAGES[row.stage]
    term, asks = _term(row, catalogue)
    return RowText(
        name=catalogue.fill("{name}", {"name": row.name}),
        under_name=_under_name(row),
        step=catalogue.text(step, organisation=row.organisation or catalogue.text("the other organisation")),
        under_step=_standstill(row, catalogue) or _under_step(row, catalogue),
        step_icon=icon,
        term=term,
        term_asks=asks,
        term_why=_why(row, catalogue),
        chip=catalogue.text(chip),
        chip_kind=kind,
        chip_icon=chip_icon,
        municipality=row.municipality,
    )


def group_text(when: DueGroup, catalogue: Catalogue) -> str:
    """Return the heading of a group."""
    return catalogue.text(_GROUPS[when])


def _under_name(row: PersonRow) -> str:
    own = {each.tag: each.own_name for each in LANGUAGES}
    spoken = next((own[tag] for tag in row.languages if tag != DUTCH and tag in own), "")
    return f"{row.number} · {isolate(spoken)}" if spoken else row.number


def _standstill(row: PersonRow, catalogue: Catalogue) -> str:
    return age_words(row.age, catalogue) if row.age is not None and row.age.stuck else ""


def _under_step(row: PersonRow, catalogue: Catalogue) -> str:
    tag = catalogue.language.tag
    if row.step is NextStep.SETTLE:
        count = catalogue.plural("{n} question", "{n} questions", row.conflicts)
        free = catalogue.text("needs no appointment")
        return f"{count} · {free}"
    if row.step is NextStep.ANSWER and row.remark:
        return quote(row.remark)
    if row.moment is not None and row.step is NextStep.WAIT:
        return catalogue.text("sent on {date}", date=format_day(row.moment.astimezone().date(), tag))
    if row.moment is not None and row.step is NextStep.HOLD_TALK:
        return f"{format_day(row.moment.astimezone().date(), tag)} {format_time(row.moment)}"
    if row.last_event is not None:
        return catalogue.text("last worked on {date}", date=format_day(row.last_event.astimezone().date(), tag))
    return ""


def _term(row: PersonRow, catalogue: Catalogue) -> tuple[str, bool]:
    term = row.term
    if term is None:
        return "—", False
    date = format_day(term.day, catalogue.language.tag)
    if term.kind != "plan":
        return catalogue.text(_TERMS[term.kind], date=f"{date} {term.day.year}"), term.soon
    if term.days_left < 0:
        return catalogue.text("Plan: was due {date}", date=date), True
    if term.soon:
        return catalogue.plural("Plan: {n} day left", "Plan: {n} days left", term.days_left), True
    return catalogue.text("Plan: {date}", date=date), False


def _why(row: PersonRow, catalogue: Catalogue) -> str:
    """Return why the term is that day, with its article."""
    rule = None if row.term is None else row.term.rule
    return "" if rule is None else f"{reasons_of(rule, catalogue)} ({rule.article})"
