"""What was given at one address: the values that stand, and the events of those they replaced. Immutable."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from desktop.records.events.bodies import (
    AnswerGiven,
    AttachmentAdded,
    AttachmentRemoved,
    Body,
    ChecklistTicked,
    ConflictSettled,
    DossierOpened,
    FreeJson,
    LaterMarked,
    NoteWritten,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    TaskKept,
)
from desktop.records.events.envelope import Event
from desktop.records.events.progress_bodies import PROGRESS, EntryWithdrawn
from protocol.errors import UserError
from protocol.identifiers import DeviceId


class RegisterEntry(Struct, frozen=True, gc=False):
    """One value somebody gave, in `event`. `status` as in AnswerGiven, `source` where it came from, `note` why chosen.

    Small, because a fold makes one for every answer that stands; who, when and where is asked of the event.
    """

    event: Event
    status: str
    value: FreeJson
    source: str = ""
    note: str = ""

    @property
    def device(self) -> DeviceId:
        """Return the device it was given on."""
        return self.event.address[3]

    @property
    def sequence(self) -> int:
        """Return the number of its event on that device."""
        return self.event.sequence

    @property
    def time(self) -> datetime:
        """Return when it was given."""
        return self.event.time

    @property
    def author(self) -> str:
        """Return the display name of the worker who wrote it down."""
        return self.event.author

    @property
    def language(self) -> str:
        """Return the tag of the language of the interview."""
        return self.event.language

    @property
    def interpreter(self) -> bool:
        """Tell whether an interpreter took part."""
        return self.event.interpreter

    @property
    def seen(self) -> Mapping[DeviceId, int]:
        """Return, per other device, the last event its author had before."""
        return self.event.seen

    @property
    def order(self) -> tuple[int, DeviceId, int]:
        """Return what sorts entries the same on every device."""
        return self.event.order

    @property
    def text(self) -> str:
        """Return the value of an answer or note. Raises UserError `records.event_damaged` for another type."""
        if not isinstance(self.value, str):
            raise UserError("records.event_damaged")
        return self.value


class Register(Struct, frozen=True, gc=False):
    """The values at one address that nobody has replaced, oldest first.

    More than one is a conflict, for a person to settle. Behaves as a sequence of those entries; `replaced` holds the
    events of the other ones, in the same order, each an entry only when `past` is asked for.
    """

    entries: tuple[RegisterEntry, ...] = ()
    replaced: tuple[Event, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[RegisterEntry]:
        return iter(self.entries)

    def __getitem__(self, index: int) -> RegisterEntry:
        return self.entries[index]

    @property
    def past(self) -> tuple[RegisterEntry, ...]:
        """Return the values that were replaced, oldest first."""
        return tuple(map(entry_of, self.replaced))

    @property
    def latest(self) -> RegisterEntry | None:
        """Return the last of the concurrent values in time, where one must be shown; None when there is none."""
        return self.entries[-1] if self.entries else None

    @property
    def conflict(self) -> bool:
        """Tell whether a person must choose: concurrent values that differ."""
        return len({repr((entry.status, entry.value)) for entry in self.entries}) > 1

    @property
    def events(self) -> tuple[Event, ...]:
        """Return every event that gave a value here, the replaced ones first."""
        return (*self.replaced, *(entry.event for entry in self.entries))

    def with_event(self, event: Event) -> "Register":
        """Return what `with_events` returns for one event."""
        if len(self.entries) == 1:
            last = self.entries[0].event
            follows = event.address[3] == last.address[3] and event.sequence > last.sequence
            if follows and (not self.replaced or self.replaced[-1].order < last.order):
                return Register((entry_of(event),), (*self.replaced, last))
        return self.with_events((event,))

    def with_events(self, events: Sequence[Event]) -> "Register":
        """Return the register with the values of `events` more.

        The result depends on the set of events only, not on the order they came in: a value stands unless any other
        one, itself replaced or not, was given by somebody who had seen it.
        """
        return register_of((*self.events, *events))


def register_of(events: Sequence[Event]) -> Register:
    """Return the register of all `events` at one address; see `Register.with_events`."""
    if len(events) == 1:
        return Register((entry_of(events[0]),))
    if _one_by_one(events):
        return Register((entry_of(events[-1]),), tuple(events[:-1]))
    return _weigh(events)


def _one_by_one(events: Sequence[Event]) -> bool:
    """Tell whether one device wrote all of `events`, in its order: then each replaces the one before."""
    device, last = events[0].address[3], 0
    for event in events:
        if event.sequence <= last or event.address[3] != device:
            return False
        last = event.sequence
    return True


def _weigh(events: Iterable[Event]) -> Register:
    """Return the register of events of several devices, in a time that grows with their number and not its square."""
    in_time = sorted(events, key=_order)
    written: dict[DeviceId, int] = {}
    seen: dict[DeviceId, int] = {}
    for event in in_time:
        own = event.address[3]
        written[own] = max(written.get(own, 0), event.sequence)
        for device, sequence in event.seen.items():
            if device != own:
                seen[device] = max(seen.get(device, 0), sequence)
    standing: list[RegisterEntry] = []
    replaced: list[Event] = []
    for event in in_time:
        own, sequence = event.address[3], event.sequence
        if sequence < written[own] or sequence <= seen.get(own, 0):
            replaced.append(event)
        else:
            standing.append(entry_of(event))
    return Register(tuple(standing), tuple(replaced))


def _order(event: Event) -> tuple[int, DeviceId, int]:
    return event.order


def _of_answer(event: Event, body: AnswerGiven) -> RegisterEntry:
    return RegisterEntry(event, body.status, body.value, body.source)


def _of_attachment(event: Event, body: AttachmentAdded) -> RegisterEntry:
    return RegisterEntry(event, "given", {**body.to_json(), "compartment": event.compartment})


def _of_choice(event: Event, body: ConflictSettled) -> RegisterEntry:
    return RegisterEntry(event, body.status, body.value, note=body.note)


def _of_later(event: Event, body: LaterMarked) -> RegisterEntry:
    return RegisterEntry(event, "given", body.later)


def _of_note(event: Event, body: NoteWritten) -> RegisterEntry:
    return RegisterEntry(event, "given", body.text)


def _of_opening(event: Event, body: DossierOpened) -> RegisterEntry:
    return RegisterEntry(event, "given", " ".join(body.languages), note=body.name)


def _of_plan_field(event: Event, body: PlanFieldSet) -> RegisterEntry:
    return RegisterEntry(event, "cleared" if body.value is None else "given", body.value)


def _of_task(event: Event, body: TaskKept) -> RegisterEntry:
    return RegisterEntry(event, "given", body.to_json())


def _of_tick(event: Event, body: ChecklistTicked) -> RegisterEntry:
    return RegisterEntry(event, "given", body.done)


def _of_presence(event: Event, _body: Body) -> RegisterEntry:
    return RegisterEntry(event, "given", value=True)


def _of_absence(event: Event, _body: Body) -> RegisterEntry:
    return RegisterEntry(event, "given", value=False)


def _of_progress(event: Event, body: Body) -> RegisterEntry:
    return RegisterEntry(event, "given", {"kind": body.KIND, **body.to_json()})


def _of_withdrawal(event: Event, _body: EntryWithdrawn) -> RegisterEntry:
    return RegisterEntry(event, "cleared", None)


_ENTRIES: Mapping[type[Body], Callable[[Event, Any], RegisterEntry]] = {
    AnswerGiven: _of_answer,
    AttachmentAdded: _of_attachment,
    AttachmentRemoved: _of_absence,
    ChecklistTicked: _of_tick,
    ConflictSettled: _of_choice,
    DossierOpened: _of_opening,
    LaterMarked: _of_later,
    NoteWritten: _of_note,
    PlanFieldSet: _of_plan_field,
    RepeatAdded: _of_presence,
    RepeatRemoved: _of_absence,
    TaskKept: _of_task,
    **dict.fromkeys(PROGRESS, _of_progress),
    EntryWithdrawn: _of_withdrawal,
}


def entry_of(event: Event) -> RegisterEntry:
    """Return the value that `event` gave. It is one whose body belongs in a register."""
    body = event.body
    return _ENTRIES[type(body)](event, body)
