"""The words of received cases."""

from collections.abc import Mapping

from desktop.i18n import N_, Catalogue, format_day, format_time
from desktop.services.handover.handover_parts import ReceivedCase
from desktop.ui.kit.controls.chip import ChipKind
from desktop.ui.kit.surfaces.timeline import StepState, TimelineStep

CHIPS: Mapping[str, tuple[str, ChipKind, str]] = {
    "offered": (N_("New"), "asks", "inbox"),
    "received": (N_("Decide"), "current", "half-circle"),
    "accepted": (N_("Accepted"), "good", "check"),
    "returned": (N_("Returned"), "neutral", "undo"),
    "withdrawn": (N_("Taken back"), "neutral", "undo"),
}
_STEPS = (
    ("offered", N_("Sent"), "send"),
    ("received", N_("Received"), "inbox"),
    ("talk", N_("Talk of three"), "people"),
    ("accepted", N_("Accepted"), "handshake"),
)
_REACHED: Mapping[str, int] = {"offered": 1, "received": 2, "accepted": 4, "returned": 2, "withdrawn": 1}


_UNOPENED: Mapping[str, str] = {
    "core": N_("Not all answers and notes open here."),
    "health": N_("What is about health does not open here, or not all of it."),
}


def unopened_words(case: ReceivedCase, texts: Catalogue) -> str:
    """Return what of a case does not open here and what to do; blank where everything does or is still to come."""
    if not case.unopened or (case.step == "offered" and not case.partial):
        return ""
    what = " ".join(texts.text(_UNOPENED[name]) for name in case.unopened)
    advice = N_("Call {sender}: they can send it again. Or receive what opens; they are told, and keep their key.")
    if case.step != "offered":
        advice = N_("{sender} was told, and keeps the key. Ask there, or return the case with a question.")
    return f"{what} {texts.text(advice, sender=case.sender)}"


def case_title(case: ReceivedCase) -> str:
    """Return the person's name, or the case number while nobody received the case."""
    return case.name or case.number


def when(case: ReceivedCase, texts: Catalogue) -> str:
    """Return the moment of the newest step."""
    return f"{format_day(case.moment.astimezone().date(), texts.language.tag)} · {format_time(case.moment)}"


def steps(case: ReceivedCase, texts: Catalogue) -> list[TimelineStep]:
    """Return the four steps of the receiving side."""
    reached = _REACHED[case.step]
    found = []
    for index, (key, title, icon) in enumerate(_STEPS):
        state: StepState = "done" if index < reached else "now" if index == reached else "later"
        if case.step in {"returned", "withdrawn"} and index == reached:
            state = "returned"
        moment = ""
        if key == "offered":
            moment = format_day(case.offered.astimezone().date(), texts.language.tag)
        if key == "talk" and case.talk is not None:
            moment = f"{format_day(case.talk.astimezone().date(), texts.language.tag)} {format_time(case.talk)}"
        words = texts.text(title)
        found.append(TimelineStep(words, moment, state, icon, ", ".join(part for part in (words, moment) if part)))
    return found
