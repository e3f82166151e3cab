"""From events to a view: pure, and one function for what just happened and for what is read back from disk.

The view does not depend on the order in which the devices' events come in, as long as each device's own are in order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    ConversationStarted,
    DocumentMade,
    DossierOpened,
    FromNewerVersion,
    HandoverStep,
    KeyDropped,
    LaterMarked,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    TranslationFlagged,
)
from desktop.records.events.envelope import Event, from_milliseconds, to_milliseconds
from desktop.records.events.view import (
    DossierView,
    EventStamp,
    InterviewPosition,
    RecordedEvent,
    Register,
    RegisterDraft,
    RegisterEntry,
)
from protocol.identifiers import DeviceId, DossierId


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A row this device has no key to: that it is there is all that can be told."""

    compartment: str


def fold(view: DossierView, event: Event | HiddenRow) -> DossierView:
    """Return `view` with one event more; the same as `fold_all` of that event, without a draft."""
    make = None if isinstance(event, HiddenRow) else _ENTRY_OF.get(type(event.body))
    if make is None or isinstance(event, HiddenRow):
        return fold_all(view, (event,))
    name, key, entry = make(event, event.body)
    registers: Mapping[object, Register] = getattr(view, name)
    before = registers.get(key)
    after = Register((entry,)) if before is None else before.with_entry(entry)
    changed: dict[str, object] = {name: {**registers, key: after}}
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
    see, enter, count_hidden, entry_of = draft.see, draft.enter, draft.count_hidden, _ENTRY_OF.get
    for event in events:
        if type(event) is HiddenRow:
            count_hidden(event.compartment)
            continue
        known = cast("Event", event)
        body = known.body
        see(known)
        make = entry_of(type(body))
        if make is not None:
            enter(*make(known, body))
        else:
            _HANDLERS[type(body)](draft, known, body)
    return draft.finish()


def empty(dossier: DossierId) -> DossierView:
    """Return the view before the first event."""
    return DossierView(dossier)


class _Draft:
    """A view under change; copies a collection the first time it is touched, and shares the rest with the old view."""

    def __init__(self, view: DossierView) -> None:
        self._view = view
        self._changed: dict[str, Any] = {}
        self._registers: dict[str, dict[object, RegisterDraft | RegisterEntry]] = {}
        self._opened = None if view.opened is None else to_milliseconds(view.opened)
        self._last = None if view.last_event is None else to_milliseconds(view.last_event)
        self._seen = dict(view.seen)

    def finish(self) -> DossierView:
        """Return the changed view."""
        for name, drafts in self._registers.items():
            registers = cast("dict[object, Register]", self._mapping(name))
            for key, draft in drafts.items():
                registers[key] = Register((draft,)) if isinstance(draft, RegisterEntry) else draft.finish()
        self._changed.update(opened=_moment(self._opened), last_event=_moment(self._last), seen=self._seen)
        return replace(self._view, **self._changed)

    def see(self, event: Event) -> None:
        """Move on what is known of time and of the event's device."""
        time, device, sequence = event.milliseconds, event.address[3], event.sequence
        if self._seen.get(device, 0) < sequence:
            self._seen[device] = sequence
        if type(event.body) is CaseViewed:
            return
        if self._opened is None or time < self._opened:
            self._opened = time
        if self._last is None or time > self._last:
            self._last = time

    def count_hidden(self, compartment: str) -> None:
        """Count a row without a key."""
        hidden = cast("dict[str, int]", self._mapping("hidden"))
        hidden[compartment] = hidden.get(compartment, 0) + 1

    def count_newer(self) -> None:
        """Count an event of a later version."""
        self._changed["newer"] = self._get("newer") + 1

    def enter(self, name: str, key: object, entry: RegisterEntry) -> None:
        """Put `entry` in the register `key` of the mapping `name`."""
        drafts = self._registers.get(name)
        if drafts is None:
            drafts = self._registers[name] = {}
        draft = drafts.get(key)
        if draft is None:
            before: Register | None = getattr(self._view, name).get(key)
            if before is None:
                drafts[key] = entry  # most addresses are written to once
                return
            draft = drafts[key] = RegisterDraft(before)
        elif type(draft) is RegisterEntry:
            draft = drafts[key] = RegisterDraft(Register((draft,)))
        cast("RegisterDraft", draft).add(entry)

    def open(self, entry: RegisterEntry) -> None:
        """Put `entry` in the register of name and languages."""
        self._changed["opening"] = self._get("opening").with_entry(entry)

    def record(self, name: str, body: Body, event: Event) -> None:
        """Keep `body` in the tuple `name`, in the order of the stamps."""
        kept: tuple[RecordedEvent[Body], ...] = (*self._get(name), RecordedEvent(body, stamp_of(event)))
        self._changed[name] = tuple(sorted(kept, key=lambda record: record.stamp.order))

    def move_to(self, position: InterviewPosition) -> None:
        """Keep the position that is latest in time."""
        old: InterviewPosition | None = self._get("place")
        if old is None or old.stamp.order < position.stamp.order:
            self._changed["place"] = position

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


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_milliseconds(milliseconds)


_Entered = tuple[str, object, RegisterEntry]
"""The mapping of the view an entry belongs in, its key there, and the entry."""


def _enter_answer(event: Event, body: AnswerGiven) -> _Entered:
    return "answers", body.ref, RegisterEntry(event, body.status, body.value, body.source)


def _enter_choice(event: Event, body: ConflictSettled) -> _Entered:
    name = "answers" if body.address.startswith("/") else "plan"
    return name, body.address, RegisterEntry(event, body.status, body.value, note=body.note)


def _enter_note(event: Event, body: NoteWritten) -> _Entered:
    return "notes", body.ref, RegisterEntry(event, "given", body.text)


def _enter_plan_field(event: Event, body: PlanFieldSet) -> _Entered:
    return "plan", body.field, RegisterEntry(event, "cleared" if body.value is None else "given", body.value)


def _enter_later(event: Event, body: LaterMarked) -> _Entered:
    return "laters", body.ref, RegisterEntry(event, "given", body.later)


def _enter_tick(event: Event, body: ChecklistTicked) -> _Entered:
    return "ticks", body.item, RegisterEntry(event, "given", body.done)


def _enter_instance(event: Event, body: RepeatAdded) -> _Entered:
    return "presence", (body.repeat, body.instance), RegisterEntry(event, "given", value=True)


def _remove_instance(event: Event, body: RepeatRemoved) -> _Entered:
    return "presence", (body.repeat, body.instance), RegisterEntry(event, "given", value=False)


def _enter_attachment(event: Event, body: AttachmentAdded) -> _Entered:
    value = {**body.to_json(), "compartment": event.compartment}
    return "attachments", body.attachment, RegisterEntry(event, "given", value)


def _remove_attachment(event: Event, body: AttachmentRemoved) -> _Entered:
    return "attachments", body.attachment, RegisterEntry(event, "given", value=False)


_ENTRY_OF: Mapping[type[Body], Callable[[Event, Any], _Entered]] = {
    AnswerGiven: _enter_answer,
    AttachmentAdded: _enter_attachment,
    AttachmentRemoved: _remove_attachment,
    ChecklistTicked: _enter_tick,
    ConflictSettled: _enter_choice,
    LaterMarked: _enter_later,
    NoteWritten: _enter_note,
    PlanFieldSet: _enter_plan_field,
    RepeatAdded: _enter_instance,
    RepeatRemoved: _remove_instance,
}


def _fold_opening(draft: _Draft, event: Event, body: DossierOpened) -> None:
    draft.open(RegisterEntry(event, "given", " ".join(body.languages), note=body.name))


def _fold_position(draft: _Draft, event: Event, body: PlaceKept) -> None:
    draft.move_to(InterviewPosition(body.ref, body.language, stamp_of(event)))


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
    ConversationStarted: _record_in("conversations"),
    DocumentMade: _record_in("documents"),
    DossierOpened: _fold_opening,
    FromNewerVersion: _fold_newer,
    HandoverStep: _record_in("handover"),
    KeyDropped: _fold_dropped_key,
    PlaceKept: _fold_position,
    TranslationFlagged: _record_in("flags"),
}
