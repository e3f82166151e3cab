"""What the events of a dossier add up to. Immutable; made by `fold` only.

Addresses: an answer is addressed by its ref, which starts with "/"; a field of the plan by its name, which does not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from msgspec import Struct, field

from desktop.kernel.ref import Ref, parse_address
from desktop.records.events.bodies import (
    ConversationStarted,
    DocumentMade,
    FreeJson,
    HandoverStep,
    TranslationFlagged,
)
from desktop.records.events.envelope import Event
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, InstanceId

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class EventStamp:
    """Who did something, when and where; `device` and `sequence` together name the event."""

    device: DeviceId
    sequence: int
    time: datetime
    author: str
    language: str
    interpreter: bool

    @property
    def order(self) -> tuple[datetime, DeviceId, int]:
        """Return what sorts stamps the same on every device."""
        return (self.time, self.device, self.sequence)


class RegisterEntry(Struct, frozen=True, gc=False):
    """One value somebody gave, in `event`. `status` as in AnswerGiven, `source` where it came from, `note` why chosen.

    Small, because a fold makes one for every answer ever given; who, when and where is asked of the event.
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

    def replaces(self, other: "RegisterEntry") -> bool:
        """Tell whether the author of this entry had seen `other`."""
        if other.device == self.device:
            return other.sequence < self.sequence
        return self.seen.get(other.device, 0) >= other.sequence


class Register(Struct, frozen=True, gc=False):
    """The values at one address that nobody has replaced, oldest first.

    More than one is a conflict, for a person to settle. Behaves as a sequence of those entries; `past` holds the
    replaced ones.
    """

    entries: tuple[RegisterEntry, ...] = ()
    past: tuple[RegisterEntry, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[RegisterEntry]:
        return iter(self.entries)

    def __getitem__(self, index: int) -> RegisterEntry:
        return self.entries[index]

    @property
    def latest(self) -> RegisterEntry | None:
        """Return the last of the concurrent values in time, where one must be shown; None when there is none."""
        return self.entries[-1] if self.entries else None

    @property
    def conflict(self) -> bool:
        """Tell whether a person must choose: concurrent values that differ."""
        return len({repr((entry.status, entry.value)) for entry in self.entries}) > 1

    def with_entry(self, entry: RegisterEntry) -> "Register":
        """Return the register with one entry more.

        The result depends on the set of entries only, not on the order they came in: an entry stands unless any other
        one, itself replaced or not, was made by somebody who had seen it.
        """
        if len(self.entries) == 1 and _all_by(entry.event.address[3], self.entries, self.past):
            last = self.entries[0]
            if entry.event.sequence > last.event.sequence:  # what a draft would come to, without one
                return Register((entry,), (*self.past, last))
        draft = RegisterDraft(self)
        draft.add(entry)
        return draft.finish()


class RegisterDraft:
    """A register while many entries are put in, each in a time that does not grow with their number.

    As long as one device alone wrote here, in its order, `_writer` names it: then each entry replaces the one before,
    and nothing else need be looked at.
    """

    __slots__ = ("_known", "_past", "_stands", "_writer")

    def __init__(self, register: Register) -> None:
        self._stands = list(register.entries)
        self._past = list(register.past)
        self._known: dict[DeviceId, int] = {}
        writers = {entry.event.address[3] for entry in (*self._stands, *self._past)}
        self._writer = writers.pop() if len(writers) == len(self._stands) == 1 else None
        if self._writer is None:
            self._learn_all()

    def add(self, entry: RegisterEntry) -> None:
        """Put in one entry; see `Register.with_entry`."""
        event = entry.event
        if event.address[3] == self._writer:
            last = self._stands[0]
            if event.sequence > last.event.sequence:
                self._past.append(last)
                self._stands[0] = entry
                return
        if self._writer is not None:
            self._writer = None
            self._learn_all()
        if self._stands:
            self._past += [other for other in self._stands if entry.replaces(other)]
            self._stands = [other for other in self._stands if not entry.replaces(other)]
        replaced = self._known.get(entry.device, 0) >= entry.sequence
        (self._past if replaced else self._stands).append(entry)
        self._learn(entry)

    def finish(self) -> Register:
        """Return the register."""
        if self._writer is not None:
            return Register(tuple(self._stands), tuple(self._past))
        return Register(_sort(self._stands), _sort(self._past))

    def _learn_all(self) -> None:
        for entry in (*self._stands, *self._past):
            self._learn(entry)

    def _learn(self, entry: RegisterEntry) -> None:
        """Remember up to where each device's entries were known to somebody who wrote here."""
        known = self._known
        for device, last in entry.seen.items():
            if device != entry.device and known.get(device, 0) < last:
                known[device] = last
        if known.get(entry.device, 0) < entry.sequence:
            known[entry.device] = entry.sequence


@dataclass(frozen=True, slots=True)
class RecordedEvent(Generic[B]):
    """An event body that is kept as it is, with its stamp."""

    body: B
    stamp: EventStamp


@dataclass(frozen=True, slots=True)
class InterviewPosition:
    """Where an interview was."""

    ref: str
    language: str
    stamp: EventStamp


class DossierView(Struct, frozen=True):
    """One dossier as it stands.

    `answers`, `notes` and `plan` are registers by ref, ref and field. `hidden` counts, per compartment, the events this
    device has no key to; `newer` the events a later version of Opmaat wrote. `seen` is the last event per device.
    `viewed` is when each worker, by name, last opened the case; looking is no news, so `last_event` stays.
    """

    id: DossierId
    opening: Register = field(default_factory=Register)
    answers: Mapping[str, Register] = field(default_factory=dict)
    notes: Mapping[str, Register] = field(default_factory=dict)
    plan: Mapping[str, Register] = field(default_factory=dict)
    laters: Mapping[str, Register] = field(default_factory=dict)
    presence: Mapping[tuple[str, InstanceId], Register] = field(default_factory=dict)
    ticks: Mapping[str, Register] = field(default_factory=dict)
    flags: tuple[RecordedEvent[TranslationFlagged], ...] = ()
    handover: tuple[RecordedEvent[HandoverStep], ...] = ()
    documents: tuple[RecordedEvent[DocumentMade], ...] = ()
    conversations: tuple[RecordedEvent[ConversationStarted], ...] = ()
    place: InterviewPosition | None = None
    dropped: frozenset[tuple[DeviceId, str]] = frozenset()
    hidden: Mapping[str, int] = field(default_factory=dict)
    newer: int = 0
    viewed: Mapping[str, datetime] = field(default_factory=dict)
    opened: datetime | None = None
    last_event: datetime | None = None
    seen: Mapping[DeviceId, int] = field(default_factory=dict)
    attachments: Mapping[str, Register] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Return how the person is called; blank while no event is readable."""
        latest = self.opening.latest
        return "" if latest is None else latest.note

    @property
    def languages(self) -> tuple[str, ...]:
        """Return the person's language tags, best first."""
        latest = self.opening.latest
        return () if latest is None else tuple(latest.text.split())

    @property
    def later(self) -> frozenset[str]:
        """Return the refs to be asked in a later talk; where devices disagree, it is to be asked."""
        return frozenset(ref for ref, register in self.laters.items() if _any_true(register))

    @property
    def checklist(self) -> Mapping[str, bool]:
        """Return which items of the handover checklist are done; where devices disagree, it is done."""
        return {item: _any_true(register) for item, register in self.ticks.items()}

    @property
    def repeats(self) -> Mapping[str, tuple[InstanceId, ...]]:
        """Return the instances of each repeat, oldest first; where devices disagree, the instance is there."""
        found: dict[str, list[tuple[tuple[int, DeviceId, int], InstanceId]]] = {}
        for (repeat, instance), register in self.presence.items():
            first = min(entry.order for entry in (*register.entries, *register.past))
            present = found.setdefault(repeat, [])
            if _any_true(register):
                present.append((first, instance))
        return {repeat: tuple(instance for _, instance in sorted(present)) for repeat, present in found.items()}

    def register(self, address: str) -> Register:
        """Return the register of an answer or plan field; an empty one where nothing was given."""
        return (self.answers if isinstance(parse_address(address), Ref) else self.plan).get(address, _EMPTY)

    def conflicts(self) -> tuple[str, ...]:
        """Return the addresses where a person must choose, answers first."""
        return tuple(address for registers in (self.answers, self.plan) for address in sorted(_conflicting(registers)))


_EMPTY = Register()


def _conflicting(registers: Mapping[str, Register]) -> Iterator[str]:
    return (ref for ref, register in registers.items() if len(register.entries) > 1 and register.conflict)


def _all_by(device: DeviceId, *parts: tuple[RegisterEntry, ...]) -> bool:
    for part in parts:
        for entry in part:
            if entry.event.address[3] != device:
                return False
    return True


def _sort(entries: list[RegisterEntry]) -> tuple[RegisterEntry, ...]:
    return tuple(sorted(entries, key=_order) if len(entries) > 1 else entries)


def _order(entry: RegisterEntry) -> tuple[int, DeviceId, int]:
    return entry.event.order


def _any_true(register: Register) -> bool:
    return any(entry.value is True for entry in register.entries)
