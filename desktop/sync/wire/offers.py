"""The life of a handover between two organisations, as signed statements.

    offered ──> received ──> accepted
       │           ├───────> returned
       └───────────┴───────> withdrawn

`offered` and `withdrawn` are said by the sender, the others by the recipient. Why a case is returned is said in the
journal, sealed: the server learns the step and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any

from desktop.sync.wire.codec import Nested
from desktop.sync.wire.forms import Many, Text
from desktop.sync.wire.signed import broken
from desktop.sync.wire.words import Device, Dossier, OfferId, Organisation, Signature, Time
from protocol.canonical import JsonValue
from protocol.signatures import bytes_to_sign
from protocol.times import time_text


class Step(StrEnum):
    """What a statement says happened."""

    OFFERED = "offered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[Step | None, frozenset[Step]] = MappingProxyType(
    {
        None: frozenset({Step.OFFERED}),
        Step.OFFERED: frozenset({Step.RECEIVED, Step.WITHDRAWN}),
        Step.RECEIVED: frozenset({Step.ACCEPTED, Step.RETURNED, Step.WITHDRAWN}),
        Step.ACCEPTED: frozenset(),
        Step.RETURNED: frozenset(),
        Step.WITHDRAWN: frozenset(),
    }
)
"""Which step may follow which; None is before the offer."""

SAID_BY_SENDER = frozenset({Step.OFFERED, Step.WITHDRAWN})
"""The steps that belong to the sending organisation; the others belong to the recipient."""


@dataclass(frozen=True, slots=True)
class _StepForm:
    _text = Text("|".join(Step))

    def read(self, value: JsonValue) -> Step:
        return Step(self._text.read(value))

    def write(self, value: Step) -> JsonValue:
        return value.value

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": [step.value for step in Step]}


@dataclass(frozen=True, slots=True)
class Statement:
    """One step of an offer, signed by the device that took it, over `statement_message`."""

    offer: OfferId
    dossier: Dossier
    sender: Organisation
    recipient: Organisation
    step: Annotated[Step, _StepForm()]
    device: Device
    moment: Time
    signature: Signature


@dataclass(frozen=True, slots=True)
class Offer:
    """All statements about one offer, oldest first; each is the receipt of its step."""

    statements: Annotated[tuple[Statement, ...], Many(Nested(Statement), len(Step), least=1)]

    def __post_init__(self) -> None:
        """Refuse statements about different offers or in an impossible order, with `sync.message_broken`."""
        before: Step | None = None
        for statement in self.statements:
            if subject_of(statement) != subject_of(self.statements[0]) or statement.step not in NEXT[before]:
                raise broken("statements")
            before = statement.step

    @property
    def step(self) -> Step:
        """Return the newest step."""
        return self.statements[-1].step


def subject_of(statement: Statement) -> tuple[str, str, str, str]:
    """Return what a statement is about: offer, dossier, sender, recipient."""
    return statement.offer, statement.dossier, statement.sender, statement.recipient


def statement_message(unsigned: Statement) -> bytes:
    """Return the bytes that the device signs; the signature in `unsigned` plays no part."""
    body: dict[str, JsonValue] = {
        "device": unsigned.device,
        "dossier": unsigned.dossier,
        "moment": time_text(unsigned.moment),
        "offer": unsigned.offer,
        "recipient": unsigned.recipient,
        "sender": unsigned.sender,
        "step": unsigned.step.value,
    }
    return bytes_to_sign("statement", body)
