"""From events to a view: pure, and one function for what just happened and for what is read back from disk.

The view does not depend on the order in which the devices' events come in, as long as each device's own are in order.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import attrgetter
from typing import Any, cast

from msgspec.structs import replace

from desktop.records.events.bodies import (
    AnswerGiven,
    AttachmentAdded,
    AttachmentRemoved,
    Body,
    CaseViewed,
    ChecklistTicked,
    ConflictSettled,
    ContactNamed,
    ConversationStarted,
    DocumentMade,
    DossierOpened,
    FromNewerVersion,
    HandoverStep,
    KeyDropped,
    LaterMarked,
    MessageWritten,
    NoteWritten,
    PipIssued,
    PlaceKept,
    PlanFieldSet,
    PlanFrozen,
    RepeatAdded,
    RepeatRemoved,
    TaskKept,
    TranslationFlagged,
)
from desktop.records.events.causality import in_order
from desktop.records.events.envelope import Event, from_milliseconds, to_milliseconds
from desktop.records.events.progress_bodies import PROGRESS
from desktop.records.events.registers import Register, register_of
from desktop.records.events.stamps import EventStamp
from desktop.records.events.view import DossierView, InterviewPosition, RecordedEvent
from protocol.identifiers import DeviceId, DossierId


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A row this device has no key to: that it is there is all that can be told."""

    compartment: str


def fold(view: DossierView, event: Event | HiddenRow) -> DossierView:
    """Return `view` with one event more; the same as `fold_all` of that event, without a draft."""
    place = None if isinstance(event, HiddenRow) else _PLACES.get(type(event.body))
    if place is None or isinstance(event, HiddenRow):
        return fold_all(view, (event,))
    name, key_of = place
    key = key_of(event.body)
    registers: Mapping[object, Register] = getattr(view, name)
    changed: dict[str, object] = {name: {**registers, key: registers.get(key, _EMPTY).with_event(event)}}
    device, time = event.address[3], event.time
    if view.seen.get(device, 0) < event.sequence:
        changed["seen"] = {**view.seen, device: event.sequence}
    if view.opened is None or time < view.opened:
        changed["opened"] = time
    if view.last_event is None or time > view.last_event:
        changed["last_event"] = time
    return replace(view, **changed)


def fold_all(view: DossierView, events: Iterable[Event | HiddenRow]) -> DossierView:
    """Return `view` with `events` more."""
    draft = _Draft(view)
    draft.take(events)
    return draft.finish()


def empty(dossier: DossierId) -> DossierView:
    """Return the view before the first event."""
    return DossierView(dossier)


class _Draft:
    """A view under change; copies a collection the first time it is touched, and shares the rest with the old view."""

    def __init__(self, view: DossierView) -> None:
        self._view = view
        self._changed: dict[str, Any] = {}
        self._given: dict[str, defaultdict[object, list[Event]]] = {
            name: defaultdict(list) for name, _key_of in _PLACES.values()
        }
        self._recorded: defaultdict[str, list[RecordedEvent[Body]]] = defaultdict(list)
        self._opened = _NEVER if view.opened is None else to_milliseconds(view.opened)
        self._last = -1 if view.last_event is None else to_milliseconds(view.last_event)
        self._seen = dict(view.seen)

    def take(self, events: Iterable[Event | HiddenRow]) -> None:
        """Take in events: those with a value for a register are only sorted by address."""
        place_of = {body: (self._given[name], key_of) for body, (name, key_of) in _PLACES.items()}.get
        seen, opened, last = self._seen, self._opened, self._last
        for event in events:
            if type(event) is HiddenRow:
                self.count_hidden(event.compartment)
                continue
            known = cast("Event", event)
            body, time, device = known.body, known.milliseconds, known.address[3]
            if known.sequence > seen.get(device, 0):
                seen[device] = known.sequence
            place = place_of(type(body))
            if place is not None:
                place[0][place[1](body)].append(known)
            else:
                _HANDLERS[type(body)](self, known, body)
                if type(body) is CaseViewed:
                    continue
            if time > last:  # noqa: PLR1730  # called for every event there is
                last = time
            if time < opened:  # noqa: PLR1730  # as above
                opened = time
        self._opened, self._last = opened, last

    def finish(self) -> DossierView:
        """Return the changed view."""
        for name, given in self._given.items():
            if given:
                registers = cast("dict[object, Register]", self._mapping(name))
                for key, events in given.items():
                    before = registers.get(key)
                    registers[key] = register_of(events) if before is None else before.with_events(events)
        for name, recorded in self._recorded.items():
            self._changed[name] = _ORDERS.get(name, in_order)((*self._get(name), *recorded))
        opened = None if self._opened == _NEVER else from_milliseconds(self._opened)
        last = None if self._last < 0 else from_milliseconds(self._last)
        self._changed.update(opened=opened, last_event=last, seen=self._seen)
        return replace(self._view, **self._changed)

    def count_hidden(self, compartment: str) -> None:
        """Count a row without a key."""
        hidden = cast("dict[str, int]", self._mapping("hidden"))
        hidden[compartment] = hidden.get(compartment, 0) + 1

    def count_newer(self) -> None:
        """Count an event of a later version."""
        self._changed["newer"] = self._get("newer") + 1

    def give(self, name: str, key: object, event: Event) -> None:
        """Put the value of `event` in the register `key` of the mapping `name`."""
        self._given[name][key].append(event)

    def open(self, event: Event) -> None:
        """Put the event in the register of name and languages."""
        self._changed["opening"] = self._get("opening").with_event(event)

    def record(self, name: str, body: Body, event: Event) -> None:
        """Keep `body` for the tuple `name`, which is put in order at the end."""
        self._recorded[name].append(RecordedEvent(body, stamp_of(event), event.seen))

    def move_to(self, position: InterviewPosition) -> None:
        """Keep the last position of its device, whose events come in their order."""
        places = cast("dict[DeviceId, InterviewPosition]", self._mapping("places"))
        places[position.stamp.device] = position

    def view(self, event: Event) -> None:
        """Keep the last time the author opened the case."""
        viewed = cast("dict[str, datetime]", self._mapping("viewed"))
        time = event.time
        viewed[event.author] = max(time, viewed.get(event.author, time))

    def drop(self, device: DeviceId, compartment: str) -> None:
        """Remember that `device` keeps no key to `compartment`."""
        self._changed["dropped"] = self._get("dropped") | {(device, compartment)}

    def _get(self, name: str) -> Any:  # noqa: ANN401  # the type is that of the field named
        return self._changed.get(name, getattr(self._view, name))

    def _mapping(self, name: str) -> Mapping[Any, Any]:
        if name not in self._changed:
            self._changed[name] = dict(getattr(self._view, name))
        return cast("dict[Any, Any]", self._changed[name])


def stamp_of(event: Event) -> EventStamp:
    """Return who did it, when and where."""
    return EventStamp(event.device, event.sequence, event.time, event.author, event.language, event.interpreter)


def _by_stamp(recorded: Sequence[RecordedEvent[Body]]) -> tuple[RecordedEvent[Body], ...]:
    return tuple(sorted(recorded, key=lambda each: each.stamp.order))


_ORDERS: Mapping[str, Callable[[Sequence[RecordedEvent[Body]]], tuple[RecordedEvent[Body], ...]]] = {
    "documents": _by_stamp,
    "flags": _by_stamp,
}
"""What is put in order by time alone; all else after what its author had seen."""

_EMPTY = Register()
_NEVER = to_milliseconds(datetime.max.replace(tzinfo=UTC))

_PLACES: Mapping[type[Body], tuple[str, Callable[[Any], object]]] = {
    AnswerGiven: ("answers", attrgetter("ref")),
    AttachmentAdded: ("attachments", attrgetter("attachment")),
    AttachmentRemoved: ("attachments", attrgetter("attachment")),
    ChecklistTicked: ("ticks", attrgetter("item")),
    LaterMarked: ("laters", attrgetter("ref")),
    NoteWritten: ("notes", attrgetter("ref")),
    PlanFieldSet: ("plan", attrgetter("field")),
    RepeatAdded: ("presence", attrgetter("repeat", "instance")),
    RepeatRemoved: ("presence", attrgetter("repeat", "instance")),
    TaskKept: ("tasks", attrgetter("entry")),
    **{body: ("progress", attrgetter("entry")) for body in PROGRESS},
}
"""For what gives a value to a register: the mapping of the view that the register is in, and its key there."""


def _fold_choice(draft: _Draft, event: Event, body: ConflictSettled) -> None:
    draft.give("answers" if body.address.startswith("/") else "plan", body.address, event)


def _fold_opening(draft: _Draft, event: Event, _body: DossierOpened) -> None:
    draft.open(event)


def _fold_position(draft: _Draft, event: Event, body: PlaceKept) -> None:
    draft.move_to(InterviewPosition(body.ref, body.language, stamp_of(event), event.seen))


def _fold_dropped_key(draft: _Draft, event: Event, body: KeyDropped) -> None:
    draft.drop(event.device, body.compartment)


def _fold_viewing(draft: _Draft, event: Event, _body: CaseViewed) -> None:
    draft.view(event)


def _fold_newer(draft: _Draft, _event: Event, _body: FromNewerVersion) -> None:
    draft.count_newer()


def _record_in(name: str) -> Callable[[_Draft, Event, Body], None]:
    def record(draft: _Draft, event: Event, body: Body) -> None:
        draft.record(name, body, event)

    return record


_HANDLERS: Mapping[type[Body], Callable[[_Draft, Event, Any], None]] = {
    CaseViewed: _fold_viewing,
    ConflictSettled: _fold_choice,
    ContactNamed: _record_in("contacts"),
    ConversationStarted: _record_in("conversations"),
    DocumentMade: _record_in("documents"),
    DossierOpened: _fold_opening,
    FromNewerVersion: _fold_newer,
    HandoverStep: _record_in("handover"),
    KeyDropped: _fold_dropped_key,
    MessageWritten: _record_in("messages"),
    PipIssued: _record_in("decisions"),
    PlaceKept: _fold_position,
    PlanFrozen: _record_in("frozen_plans"),
    TranslationFlagged: _record_in("flags"),
}
