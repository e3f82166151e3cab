"""The words of the handover: steps, shares and items, in the language of the caseworker."""

from collections.abc import Mapping

from desktop.i18n import N_, Catalogue, format_day, format_time, weekdays
from desktop.services.handover.handover_parts import (
    HandoverView,
    ItemKey,
    ShareKey,
    ShareRow,
    StepKey,
    StepView,
    TalkPlan,
)
from desktop.ui.common_texts import first_name, moment_text
from desktop.ui.kit.surfaces.timeline import TimelineStep
from protocol.certificates import MUNICIPALITY, RECEPTION

STEP_TITLES: Mapping[StepKey, str] = {
    "chosen": N_("Recipient known"),
    "prepared": N_("Package ready"),
    "offered": N_("Sent"),
    "received": N_("Received"),
    "talk": N_("Talk of three"),
    "accepted": N_("Accepted"),
}
STEP_ICONS: Mapping[StepKey, str] = {
    "chosen": "home",
    "prepared": "folder",
    "offered": "send",
    "received": "inbox",
    "talk": "people",
    "accepted": "handshake",
}
ITEM_TITLES: Mapping[ItemKey, str] = {
    "plan_discussed": N_("Plan discussed in {language}"),
    "told": N_("{name} knows who gets which data"),
    "paper_plan": N_("Paper plan given along"),
    "talk_held": N_("Talk of three held"),
    "first_appointment": N_("First appointment at {municipality} known"),
}
SHARE_TITLES: Mapping[ShareKey, str] = {
    "data": N_("Personal data and family"),
    "report": N_("Report of the conversations"),
    "plan": N_("Plan and choice of route"),
    "attachments": N_("Attachments"),
    "health": N_("Health"),
    "notes": N_("Notes beside answers"),
}
_KINDS: Mapping[str, str] = {MUNICIPALITY: N_("Municipality"), RECEPTION: N_("Reception location")}
_WHY: Mapping[ShareKey, str] = {
    "data": N_("Needed to open the case and to do the intake"),
    "report": N_("So that {name} does not have to tell everything again"),
    "plan": N_("The language school sees only name, route, level and timetable"),
    "attachments": N_("So that {name} does not have to bring the same papers again"),
    "notes": N_("They belong to the answer; {name} may read them too"),
}


def who_sees(row: ShareRow, view: HandoverView, texts: Catalogue) -> str:
    """Return who sees a part of the case."""
    municipality = municipality_name(view, texts)
    if row.key == "health":
        return texts.text("Only {municipality}", municipality=municipality)
    if row.school:
        return texts.text("{municipality} and the language school", municipality=municipality)
    if view.municipality is not None and view.municipality.kind == RECEPTION:
        return municipality
    return texts.text("{municipality}, client manager", municipality=municipality)


def why_shared(row: ShareRow, view: HandoverView, texts: Catalogue) -> str:
    """Return why a part goes along, in words the person would accept."""
    name, sender = first_name(view.name), view.sender
    if row.key in _WHY:
        return texts.text(_WHY[row.key], name=name)
    if view.health_key:
        return texts.text("Kept apart under lock. {sender} keeps the key until it was received", sender=sender)
    return texts.text("Kept apart under lock. {sender} has no key any more", sender=sender)


def municipality_name(view: HandoverView, texts: Catalogue) -> str:
    """Return the short name of who gets the case, or a word for one that is not chosen yet."""
    if view.municipality is None:
        return texts.text("the other organisation")
    return short_name(view.municipality.name)


def kind_name(kind: str, texts: Catalogue) -> str:
    """Return what an organisation of `kind` is, in words; blank for one that is not known any more."""
    return texts.text(_KINDS[kind]) if kind in _KINDS else ""


def contact_word(view: HandoverView, texts: Catalogue) -> str:
    """Return what somebody is called who takes a case on there."""
    reception = view.municipality is not None and view.municipality.kind == RECEPTION
    return texts.text("Caseworker") if reception else texts.text("Client manager")


def short_name(name: str) -> str:
    """Return a municipality's name without the word for municipality."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in {"gemeente", "municipality"} else name


def timeline_step(step: StepView, texts: Catalogue) -> TimelineStep:
    """Return one step for the timeline; a planned talk shows its time."""
    title = texts.text(STEP_TITLES[step.key])
    moment = ""
    if step.moment is not None:
        moment = format_day(step.moment.astimezone().date(), texts.language.tag)
        if step.key == "talk" and step.state == "now":
            moment = moment_text(step.moment, texts)
    states = {
        "done": texts.text("done"),
        "now": texts.text("now"),
        "later": texts.text("later"),
        "returned": texts.text("returned"),
    }
    spoken = ", ".join(part for part in (title, states[step.state], moment) if part)
    return TimelineStep(title, moment, step.state, STEP_ICONS[step.key], spoken)


def talk_moment(talk: TalkPlan, texts: Catalogue) -> str:
    """Return when the talk is, such as `do 26 nov · 11:00`."""
    day, tag = talk.moment.astimezone().date(), texts.language.tag
    return f"{weekdays(tag, short=True)[day.weekday()]} {format_day(day, tag)} · {format_time(talk.moment)}"
