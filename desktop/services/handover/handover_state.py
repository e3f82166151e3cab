"""Where a handover stands, from the record and the statements of the organisations. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast

from desktop.forms import Form
from desktop.records import HEALTH, DossierView, HandoverStep, RecordedEvent
from desktop.services.handover.handover_parts import (
    ITEMS,
    STEPS,
    ItemView,
    ShareRow,
    StepKey,
    StepState,
    StepView,
    TalkPlan,
)
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from protocol.times import read_moment

OWN_STEPS: Mapping[str, tuple[StepKey, ...]] = {
    "chosen": ("chosen",),
    "prepared": ("chosen", "prepared"),
    "offered": ("chosen", "prepared", "offered"),
    "withdrawn": ("chosen",),
}
"""What is done after each step of the sender; only the sender takes these."""

_OF_TRANSFER: Mapping[MembershipStep, StepKey] = {
    MembershipStep.RECEIVED: "received",
    MembershipStep.ACCEPTED: "accepted",
}
_PLACES = {"room", "video", "phone"}


@dataclass(frozen=True, slots=True)
class HandoverProgress:
    """The steps done with their moments, why the case came back (blank otherwise), and the talk of three."""

    done: Mapping[StepKey, datetime]
    returned: str
    came_back: bool
    talk: TalkPlan | None


def handover_progress(record: DossierView, transfer: Transfer | None) -> HandoverProgress:
    """Return which steps of the handover of `record` are done; `transfer` is its newest one.

    The sender's part follows from the sender's own steps; sending itself and the other side's part from `transfer`,
    because a record can say what was given up since, the clocks of two organisations may differ, and statements cannot.
    """
    moments: dict[StepKey, datetime] = {}
    done: tuple[StepKey, ...] = ()
    talk, held = None, None
    for step in record.handover:
        name = step.body.step
        if name in OWN_STEPS:
            done = OWN_STEPS[name]
        if name in OWN_STEPS and name != "withdrawn":
            moments[done[-1]] = step.stamp.time
        if name in {"chosen", "withdrawn"}:
            talk, held = None, None
        if name == "talk_planned":
            talk = read_talk(step.body)
        if name == "talk_held":
            held = step.stamp.time
    said = transfer is not None and transfer.step is not MembershipStep.WITHDRAWN
    found = {key: moments[key] for key in done if key in moments and (said or key != "offered")}
    if held is not None:
        found["talk"] = held
    statements = () if transfer is None or "offered" not in found else transfer.statements
    found |= {_OF_TRANSFER[each.step]: each.moment for each in statements if each.step in _OF_TRANSFER}
    came_back = bool(statements) and statements[-1].step is MembershipStep.RETURNED
    reason = last_step(record, "returned") if came_back else None
    return HandoverProgress(found, "" if reason is None else reason.body.text, came_back, talk)


def timeline(progress: HandoverProgress) -> tuple[StepView, ...]:
    """Return the six steps: everything before the first open one is done, that one is now."""
    views: list[StepView] = []
    open_found = False
    for key in STEPS:
        moment = progress.done.get(key)
        state: StepState = "later"
        if moment is not None:
            state = "done"
        elif not open_found:
            state, open_found = "now", True
        if key == "received" and progress.came_back:
            state, open_found = "returned", True
        if key == "talk" and moment is None and progress.talk is not None:
            moment = progress.talk.moment
        views.append(StepView(key, state, moment))
    return tuple(views)


def items(record: DossierView) -> tuple[ItemView, ...]:
    """Return the checklist with the moment each item was ticked."""
    found = []
    for key in ITEMS:
        register = record.ticks.get(key)
        entry = None if register is None else register.latest
        done = record.checklist.get(key, False)
        found.append(ItemView(key, done, entry.time if entry is not None and done else None))
    return tuple(found)


def shares(form: Form, *, has_notes: bool, has_attachments: bool) -> tuple[ShareRow, ...]:
    """Return what goes along, from the legal tags of the form: compartment and share."""
    nodes = [node for node in form.outline().walk() if node.kind == "question"]
    school = any("taalschool" in node.tags.get("share", "").split() for node in nodes)
    health = any(node.tags.get("compartment") == HEALTH for node in nodes)
    rows = [
        ShareRow("data"),
        ShareRow("report"),
        ShareRow("plan", school=school),
    ]
    if has_attachments:
        rows.append(ShareRow("attachments"))
    if health:
        rows.append(ShareRow("health"))
    if has_notes:
        rows.append(ShareRow("notes"))
    return tuple(rows)


def write_talk(talk: TalkPlan) -> str:
    """Return who and how of a talk as the text of its event."""
    return json.dumps(
        {"contact": talk.contact, "interpreter": talk.interpreter, "place": talk.place}, ensure_ascii=False
    )


def read_talk(step: HandoverStep) -> TalkPlan | None:
    """Return the planned talk of an event; None when its moment cannot be read."""
    moment = read_moment(step.moment)
    if moment is None:
        return None
    try:
        value = json.loads(step.text)
    except ValueError:
        value = {}
    found = value if isinstance(value, dict) else {}
    words = {key: word for key, word in found.items() if isinstance(word, str)}
    place = words.get("place", "video")
    return TalkPlan(
        moment,
        cast("Literal['room', 'video', 'phone']", place if place in _PLACES else "video"),
        words.get("contact", ""),
        words.get("interpreter", ""),
    )


def last_step(record: DossierView, name: str) -> RecordedEvent[HandoverStep] | None:
    """Return the newest step called `name`."""
    return next((step for step in reversed(record.handover) if step.body.step == name), None)
