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
    ContactNamed,
    ConversationStarted,
    DocumentMade,
    HandoverStep,
    MessageWritten,
    PipIssued,
    PlanFrozen,
    TranslationFlagged,
)
from desktop.records.events.causality import in_order
from desktop.records.events.registers import Register
from desktop.records.events.stamps import EventStamp
from protocol.identifiers import DeviceId, DossierId, InstanceId

B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class RecordedEvent(Generic[B]):
    """An event body that is kept as it is, with its stamp and, per other device, the last event its author had."""

    body: B
    stamp: EventStamp
    seen: Mapping[DeviceId, int]


@dataclass(frozen=True, slots=True)
class InterviewPosition:
    """Where an interview was."""

    ref: str
    language: str
    stamp: EventStamp
    seen: Mapping[DeviceId, int]


class DossierView(Struct, frozen=True):
    """One dossier as it stands.

    `answers`, `notes` and `plan` are registers by ref, ref and field. `hidden` counts, per compartment, the events this
    device has no key to; `newer` the events a later version of Opmaat wrote. `seen` is the last event per device.
    `tasks` are registers by the name of the task; two that differ are shown beside each other where tasks are.
    `places` is where the interview last was on each device. `viewed` is when each worker, by name, last opened the
    case; looking is no news, so `last_event` stays. `progress` are the registers of what was recorded on the way, by
    entry.
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
    frozen_plans: tuple[RecordedEvent[PlanFrozen], ...] = ()
    decisions: tuple[RecordedEvent[PipIssued], ...] = ()
    conversations: tuple[RecordedEvent[ConversationStarted], ...] = ()
    contacts: tuple[RecordedEvent[ContactNamed], ...] = ()
    messages: tuple[RecordedEvent[MessageWritten], ...] = ()
    places: Mapping[DeviceId, InterviewPosition] = field(default_factory=dict)
    dropped: frozenset[tuple[DeviceId, str]] = frozenset()
    hidden: Mapping[str, int] = field(default_factory=dict)
    newer: int = 0
    viewed: Mapping[str, datetime] = field(default_factory=dict)
    opened: datetime | None = None
    last_event: datetime | None = None
    seen: Mapping[DeviceId, int] = field(default_factory=dict)
    attachments: Mapping[str, Register] = field(default_factory=dict)
    tasks: Mapping[str, Register] = field(default_factory=dict)
    progress: Mapping[str, Register] = field(default_factory=dict)

    @property
    def place(self) -> InterviewPosition | None:
        """Return where the interview was last: on the device that had seen all others, where there is one."""
        ordered = in_order(tuple(self.places.values()))
        return ordered[-1] if ordered else None

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
            first = min(event.order for event in register.events)
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


def _any_true(register: Register) -> bool:
    return any(entry.value is True for entry in register.entries)
