"""From events to a view: pure, and one function for what just happened and for what is read back from disk.

The view does not depend on the order in which the devices' events come in, as long as each device's own are in order.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from desktop.kernel.ref import Ref, parse_address
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
from desktop.records.events.envelope import Event
from desktop.records.events.view import (
    DossierView,
    InterviewPosition,
    Recorded,
    Register,
    RegisterDraft,
    RegisterEntry,
    Stamp,
)
from protocol.canonical import JsonValue
from protocol.identifiers import DeviceId, DossierId


@dataclass(frozen=True, slots=True)
class HiddenRow:
    """A row this device has no key to: that it is there is all that can be told."""

    compartment: str


def fold(view: DossierView, event: Event | HiddenRow) -> DossierView:
    """Return `view` with one event more."""
    return fold_all(view, (event,))


def fold_all(view: DossierView, events: Iterable[Event | HiddenRow]) -> DossierView:
    """Return `view` with `events` more."""
    draft = _Draft(view)
    for event in events:
        if isinstance(event, HiddenRow):
            draft.count_hidden(event.compartment)
        else:
            draft.see(event)
            _HANDLERS[type(event.body)](draft, event, event.body)
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
        self._opened, self._last = view.opened, view.last_event
        self._seen = dict(view.seen)

    def finish(self) -> DossierView:
        """Return the changed view."""
        for name, drafts in self._registers.items():
            registers = cast("dict[object, Register]", self._mapping(name))
            for key, draft in drafts.items():
                registers[key] = Register((draft,)) if isinstance(draft, RegisterEntry) else draft.finish()
        self._changed.update(opened=self._opened, last_event=self._last, seen=self._seen)
        return replace(self._view, **self._changed)

    def see(self, event: Event) -> None:
        """Move on what is known of time and of the event's device."""
        time, device, sequence = event.time, event.device, event.sequence
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
        drafts = self._registers.setdefault(name, {})
        draft = drafts.get(key)
        if draft is None:
            before: Register | None = getattr(self._view, name).get(key)
            if before is None:
                drafts[key] = entry  # most addresses are written to once
                return
            draft = drafts[key] = RegisterDraft(before)
        elif isinstance(draft, RegisterEntry):
            draft = drafts[key] = RegisterDraft(Register((draft,)))
        draft.add(entry)

    def open(self, entry: RegisterEntry) -> None:
        """Put `entry` in the register of name and languages."""
        self._changed["opening"] = self._get("opening").with_entry(entry)

    def record(self, name: str, body: Body, event: Event) -> None:
        """Keep `body` in the tuple `name`, in the order of the stamps."""
        kept: tuple[Recorded[Body], ...] = (*self._get(name), Recorded(body, stamp_of(event)))
        self._changed[name] = tuple(sorted(kept, key=lambda record: record.stamp.order))

    def move_to(self, place: InterviewPosition) -> None:
        """Keep the place that is latest in time."""
        old: InterviewPosition | None = self._get("place")
        if old is None or old.stamp.order < place.stamp.order:
            self._changed["place"] = place

    def view(self, event: Event) -> None:
        """Keep the last time the author opened the case."""
        viewed = cast("dict[str, datetime]", self._mapping("viewed"))
        viewed[event.author] = max(event.time, viewed.get(event.author, event.time))

    def drop(self, device: DeviceId, compartment: str) -> None:
        """Remember that `device` keeps no key to `compartment`."""
        self._changed["dropped"] = self._get("dropped") | {(device, compartment)}

    def _get(self, name: str) -> Any:  # noqa: ANN401  # the type is that of the field named
        return self._changed.get(name, getattr(self._view, name))

    def _mapping(self, name: str) -> Mapping[Any, Any]:
        if name not in self._changed:
            self._changed[name] = dict(getattr(self._view, name))
        return cast("dict[Any, Any]", self._changed[name])


def stamp_of(event: Event) -> Stamp:
    """Return who did it, when and where."""
    return Stamp(event.device, event.sequence, event.time, event.author, event.language, event.interpreter)


def _entry(event: Event, value: JsonValue, *, status: str = "given", source: str = "", note: str = "") -> RegisterEntry:
    return RegisterEntry(
        event.device,
        event.sequence,
        event.time,
        event.author,
        event.language,
        event.interpreter,
        status,
        value,
        source,
        note,
        event.seen,
    )


def _opened(draft: _Draft, event: Event, body: DossierOpened) -> None:
    draft.open(_entry(event, " ".join(body.languages), note=body.name))


def _answered(draft: _Draft, event: Event, body: AnswerGiven) -> None:
    draft.enter("answers", body.ref, _entry(event, body.value, status=body.status, source=body.source))


def _settled(draft: _Draft, event: Event, body: ConflictSettled) -> None:
    name = "answers" if isinstance(parse_address(body.address), Ref) else "plan"
    draft.enter(name, body.address, _entry(event, body.value, status=body.status, note=body.note))


def _noted(draft: _Draft, event: Event, body: NoteWritten) -> None:
    draft.enter("notes", body.ref, _entry(event, body.text))


def _planned(draft: _Draft, event: Event, body: PlanFieldSet) -> None:
    draft.enter("plan", body.field, _entry(event, body.value, status="cleared" if body.value is None else "given"))


def _marked(draft: _Draft, event: Event, body: LaterMarked) -> None:
    draft.enter("laters", body.ref, _entry(event, body.later))


def _ticked(draft: _Draft, event: Event, body: ChecklistTicked) -> None:
    draft.enter("ticks", body.item, _entry(event, body.done))


def _added(draft: _Draft, event: Event, body: RepeatAdded) -> None:
    draft.enter("presence", (body.repeat, body.instance), _entry(event, value=True))


def _removed(draft: _Draft, event: Event, body: RepeatRemoved) -> None:
    draft.enter("presence", (body.repeat, body.instance), _entry(event, value=False))


def _placed(draft: _Draft, event: Event, body: PlaceKept) -> None:
    draft.move_to(InterviewPosition(body.ref, body.language, stamp_of(event)))


def _dropped(draft: _Draft, event: Event, body: KeyDropped) -> None:
    draft.drop(event.device, body.compartment)


def _attached(draft: _Draft, event: Event, body: AttachmentAdded) -> None:
    value = {**body.to_json(), "compartment": event.compartment}
    draft.enter("attachments", body.attachment, _entry(event, value))


def _detached(draft: _Draft, event: Event, body: AttachmentRemoved) -> None:
    draft.enter("attachments", body.attachment, _entry(event, value=False))


def _viewed(draft: _Draft, event: Event, _body: CaseViewed) -> None:
    draft.view(event)


def _newer(draft: _Draft, _event: Event, _body: FromNewerVersion) -> None:
    draft.count_newer()


def _kept_in(name: str) -> Callable[[_Draft, Event, Body], None]:
    def keep(draft: _Draft, event: Event, body: Body) -> None:
        draft.record(name, body, event)

    return keep


_HANDLERS: Mapping[type[Body], Callable[[_Draft, Event, Any], None]] = {
    AnswerGiven: _answered,
    CaseViewed: _viewed,
    AttachmentAdded: _attached,
    AttachmentRemoved: _detached,
    ChecklistTicked: _ticked,
    ConflictSettled: _settled,
    ConversationStarted: _kept_in("conversations"),
    DocumentMade: _kept_in("documents"),
    DossierOpened: _opened,
    FromNewerVersion: _newer,
    HandoverStep: _kept_in("handover"),
    KeyDropped: _dropped,
    LaterMarked: _marked,
    NoteWritten: _noted,
    PlaceKept: _placed,
    PlanFieldSet: _planned,
    RepeatAdded: _added,
    RepeatRemoved: _removed,
    TranslationFlagged: _kept_in("flags"),
}
