"""The life of a handover between two organisations, as signed statements.

    offered ──> received ──> accepted
       │           ├───────> returned
       └───────────┴───────> withdrawn

`offered` and `withdrawn` are said by the sender, the others by the recipient. Why a case is returned is said in the
journal, sealed: the server learns the step and nothing else.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta

from protocol.canonical import JsonValue
from protocol.messages.fields import Device, Dossier, Identifier, Moment, Organisation, Signature
from protocol.messages.message import Message, broken
from protocol.signatures import bytes_to_sign
from protocol.times import time_text


class OfferStep(StrEnum):
    """What a statement says happened."""

    OFFERED = "offered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


NEXT: Mapping[OfferStep | None, frozenset[OfferStep]] = MappingProxyType(
    {
        None: frozenset({OfferStep.OFFERED}),
        OfferStep.OFFERED: frozenset({OfferStep.RECEIVED, OfferStep.WITHDRAWN}),
        OfferStep.RECEIVED: frozenset({OfferStep.ACCEPTED, OfferStep.RETURNED, OfferStep.WITHDRAWN}),
        OfferStep.ACCEPTED: frozenset(),
        OfferStep.RETURNED: frozenset(),
        OfferStep.WITHDRAWN: frozenset(),
    }
)
"""Which step may follow which; None is before the offer."""

_TAKEN_BY_SENDER = frozenset({OfferStep.OFFERED, OfferStep.WITHDRAWN})


class Statement(Message, frozen=True):
    """One step of an offer, signed by the device that took it, over `statement_message`."""

    offer: Identifier
    dossier: Dossier
    sender: Organisation
    recipient: Organisation
    step: OfferStep
    device: Device
    moment: Moment
    signature: Signature


class Offer(Message, frozen=True):
    """All statements about one offer, oldest first; each is the receipt of its step."""

    statements: Annotated[tuple[Statement, ...], Meta(min_length=1, max_length=len(OfferStep))]

    def __post_init__(self) -> None:
        """Refuse statements about different offers or in an impossible order, with `sync.message_broken`."""
        before: OfferStep | None = None
        for statement in self.statements:
            if subject_of(statement) != subject_of(self.statements[0]) or statement.step not in NEXT[before]:
                raise broken("statements")
            before = statement.step

    @property
    def step(self) -> OfferStep:
        """Return the newest step."""
        return self.statements[-1].step


def subject_of(statement: Statement) -> tuple[str, str, str, str]:
    """Return what a statement is about: offer, dossier, sender, recipient."""
    return statement.offer, statement.dossier, statement.sender, statement.recipient


def signer_of(statement: Statement) -> str:
    """Return the organisation whose step this is: the sender offers and withdraws, the recipient does the rest."""
    return statement.sender if statement.step in _TAKEN_BY_SENDER else statement.recipient


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
