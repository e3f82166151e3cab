"""The words, icons and chips of the page of the day, in the language of the interface."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import format_day, isolate
from desktop.i18n.catalogue import Catalogue
from desktop.i18n.languages import DUTCH, LANGUAGES
from desktop.i18n.mark import N_
from desktop.plan.model.edits import as_date
from desktop.services.caseload.case_tasks import ACTION, LEAD, OWN, CaseTask
from desktop.services.today.needs import DayPlace, Need, NeedGroup, Reason
from desktop.services.today.today_list import Circle, TodayRow
from desktop.ui.common_texts import reasons_of
from desktop.ui.kit.controls.chip import ChipKind
from desktop.ui.kit.typography.text import quote

GROUPS: Mapping[NeedGroup, str] = {
    NeedGroup.MISSING: N_("No next step"),
    NeedGroup.NOW: N_("Now"),
    NeedGroup.WEEK: N_("This week"),
    NeedGroup.SILENT: N_("Silent for long"),
    NeedGroup.LATER: N_("Later"),
    NeedGroup.WAITING: N_("Waiting for somebody else"),
}
CIRCLES: Mapping[Circle, str] = {
    Circle.MINE: N_("My own people"),
    Circle.TEAM: N_("My team"),
    Circle.EVERYBODY: N_("Everybody"),
}
REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.DATE: (N_("Date"), "clock"),
    Reason.PROMISE: (N_("Promise"), "handshake"),
    Reason.CHOICE: (N_("Asks for a choice"), "merge"),
    Reason.LEAD: (N_("Lead"), "person"),
    Reason.HANDOVER: (N_("Handover"), "send"),
    Reason.WORK: (N_("Next step"), "document"),
    Reason.SILENT: (N_("Silent"), "chat"),
    Reason.NOTHING: (N_("No next step"), "warning"),
}
_TITLES: Mapping[str, str] = {
    "plan": N_("The plan must be ready on {date}"),
    "waits": N_("Plan: waits for information"),
    "route_change": N_("Route may change until {date}"),
    "term_end": N_("Term ends {date}"),
    "move": N_("Moves {date}"),
    "duty_ended": N_("The data must be erased on {date}"),
    "died": N_("The data must be erased on {date}"),
    "azc_copy": N_("The data must be erased on {date}"),
    "conflict": N_("Lay two answers side by side"),
    "task_conflict": N_("Two versions of one promise"),
    "start": N_("Begin the first talk"),
    "go_on": N_("Go on with the talk"),
    "read_plan": N_("Read the plan together and sign"),
    "hand_over": N_("Prepare the handover"),
    "decide": N_("Decide on the plan (PIP)"),
    "receive": N_("A case is offered to you"),
    "answer_offer": N_("Accept the case, or send it back"),
    "plan_talk": N_("Plan the three-way talk with {organisation}"),
    "hold_talk": N_("Three-way talk with {organisation}"),
    "talk_was": N_("Was the talk of three held?"),
    "answer": N_("Answer the question of {organisation}"),
    "wait": N_("{organisation} reads the dossier"),
    "stuck": N_("{organisation} has not answered yet"),
    "gone": N_("{organisation} has this case"),
    "nothing": N_("Nobody has noted a next step"),
    "unreadable": N_("This case does not open. Nothing was erased."),
    LEAD: N_("The lead can pass to {organisation}"),
}
_THIS_YEAR = 180
"""Days beyond which a date is told with its year."""

_CONTACTS: Mapping[str, str] = {
    "talk": N_("last contact: talk on {date}"),
    "talk_of_three": N_("last contact: talk of three on {date}"),
    "promise": N_("last contact: a promise kept on {date}"),
    "accepted": N_("last contact: taken over on {date}"),
    "opened": N_("last contact: dossier begun on {date}"),
}
_BUTTONS: Mapping[str, tuple[str, str]] = {
    "interview": (N_("Open the talk with {name}"), "chat"),
    "plan": (N_("Open the plan of {name}"), "document"),
    "handover": (N_("Open the handover of {name}"), "handshake"),
    "conflict": (N_("Choose for {name}"), "merge"),
    "received": (N_("Received cases"), "inbox"),
    "retention": (N_("What must be erased"), "trash"),
}
_PAGES: Mapping[str, str] = {
    **dict.fromkeys(("start", "go_on"), "interview"),
    **dict.fromkeys(("duty_ended", "died", "azc_copy"), "retention"),
    **dict.fromkeys(("receive", "answer_offer"), "received"),
    **dict.fromkeys(("hand_over", "plan_talk", "hold_talk", "talk_was", "answer", "wait", "stuck", "gone"), "handover"),
    "conflict": "conflict",
}
_ARTICLES: Mapping[str, str] = {
    "duty_ended": "Besluit inburgering 2021, art. 9.9",
    "died": "Besluit inburgering 2021, art. 9.9",
}


@dataclass(frozen=True, slots=True)
class NeedText:
    """A need in words: what, its source below, its chip, and its icon; `asks` gives the chip its accent."""

    title: str
    under: str
    chip: str
    kind: ChipKind
    icon: str


def place_text(place: DayPlace, count: int, catalogue: Catalogue) -> str:
    """Return how many people are in one of the four places."""
    if place is DayPlace.LISTED:
        return catalogue.text("{n} in this list", n=count)
    if place is DayPlace.LATER:
        return catalogue.text("{n} later, with a date", n=count)
    if place is DayPlace.WAITING:
        return catalogue.plural("{n} waits for somebody else", "{n} wait for somebody else", count)
    return catalogue.text("{n} without a next step", n=count)


def page_of(need: Need) -> str:
    """Return the key of the page where the need is met."""
    return _PAGES.get(need.matter, "plan")


def button_of(row: TodayRow, catalogue: Catalogue) -> tuple[str, str]:
    """Return the words and the icon of the button that opens that page."""
    words, icon = _BUTTONS[page_of(row.need)]
    return catalogue.text(words, name=row.name.split(maxsplit=1)[0] if row.name.split() else row.number), icon


def need_text(row: TodayRow, catalogue: Catalogue, *, accent: bool = False) -> NeedText:
    """Return the one next step of a person in words; with an `accent` where it is one of the soonest."""
    need, (word, icon) = row.need, REASONS[row.need.reason]
    chip = _days_left(need, catalogue) if need.reason is Reason.DATE and need.group is NeedGroup.NOW else ""
    more = catalogue.plural("+ {n} reason", "+ {n} reasons", row.more) if row.more else ""
    under = " · ".join(part for part in (_under(row, catalogue), more) if part)
    return NeedText(_title(row, catalogue), under, chip or catalogue.text(word), "asks" if accent else "neutral", icon)


def under_name(row: TodayRow) -> str:
    """Return the number and the person's language."""
    own = {each.tag: each.own_name for each in LANGUAGES}
    spoken = next((own[tag] for tag in row.languages if tag != DUTCH and tag in own), "")
    return f"{row.number} · {isolate(spoken)}" if spoken else row.number


def why_text(row: TodayRow, catalogue: Catalogue) -> tuple[str, str]:
    """Return why it is needed in sentences, and the article of law it rests on; blank where there is none."""
    need = row.need
    if need.rule is not None:
        return reasons_of(need.rule, catalogue), need.rule.article
    return _under(row, catalogue), _ARTICLES.get(need.matter, "")


def _title(row: TodayRow, catalogue: Catalogue) -> str:
    need, tag = row.need, catalogue.language.tag
    if need.task is not None and need.matter in {OWN, ACTION}:
        return catalogue.fill("{text}", {"text": need.task.text})
    if need.reason is Reason.SILENT:
        return catalogue.plural("Nothing heard for {n} day", "Nothing heard for {n} days", need.days)
    who = need.task.owner if need.task is not None else row.organisation
    day = "" if need.day is None else format_day(need.day, tag)
    if need.day is not None and abs(need.days) > _THIS_YEAR:
        day = f"{day} {need.day.year}"
    return catalogue.text(_TITLES[need.matter], date=day, organisation=who or catalogue.text("the other organisation"))


def _under(row: TodayRow, catalogue: Catalogue) -> str:
    need, tag = row.need, catalogue.language.tag
    if need.task is not None:
        return _task_source(need.task, need.matter, catalogue)
    if need.matter in {"conflict", "stuck"}:
        return _count(need, catalogue)
    if need.matter == "answer" and row.remark:
        return quote(row.remark)
    if need.reason is Reason.SILENT and need.day is not None:
        return catalogue.text(_CONTACTS[need.matter], date=format_day(need.day, tag))
    last = row.last_event
    return (
        "" if last is None else catalogue.text("last worked on {date}", date=format_day(last.astimezone().date(), tag))
    )


def _count(need: Need, catalogue: Catalogue) -> str:
    if need.matter == "conflict":
        return catalogue.plural("{n} question", "{n} questions", need.days)
    return catalogue.plural("No step for {n} day.", "No step for {n} days.", need.days)


def _task_source(task: CaseTask, matter: str, catalogue: Catalogue) -> str:
    """Return who promised it when, for which day, and why that was changed."""
    tag, made, due = catalogue.language.tag, as_date(task.made), as_date(task.due)
    parts = [isolate(task.owner)] if task.owner and matter != LEAD else []
    if matter not in {OWN, ACTION}:
        parts.append(isolate(task.text))
    if made is not None and due is not None:
        words = N_("promised on {made}, for {due}") if task.kind == OWN else N_("in the plan of {made}, for {due}")
        parts.append(catalogue.text(words, made=format_day(made, tag), due=format_day(due, tag)))
    if task.reason:
        parts.append(quote(task.reason))
    return " · ".join(parts)


def _days_left(need: Need, catalogue: Catalogue) -> str:
    if need.days < 0:
        return catalogue.plural("{n} day late", "{n} days late", -need.days)
    return catalogue.plural("{n} day left", "{n} days left", need.days)
