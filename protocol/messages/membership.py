"""Who is in a dossier, as a chain of signed statements.

    created ──> offered ──> received ──> accepted      the recipient holds the dossier from here on
                   │           └───────> returned      the holder has it back
                   └───────> withdrawn                 the holder took it back, which ends with the receipt
    (no offer open) ────> renewed                      the holder seals under fresh keys

Each names its predecessor by digest and the heads of every stream as its author had them. What a sequence of them means
is in `protocol.membership`. Bytes: docs/formats/wire.md. Why a case is returned is said in the journal, sealed: the
server learns the step and nothing else.
"""

import hashlib
from enum import StrEnum
from functools import lru_cache
from typing import Annotated

from msgspec import UNSET, Meta, UnsetType

from protocol.canonical import JsonValue
from protocol.encoding import to_base64
from protocol.limits import MOST_STATEMENTS, MOST_STATEMENTS_AT_ONCE
from protocol.messages.fields import (
    Compartment,
    Device,
    Digest,
    Dossier,
    Epoch,
    Heads,
    KeyId,
    Moment,
    Organisation,
    Signature,
)
from protocol.messages.message import Message, broken, to_bytes
from protocol.messages.refused import RefusedPart
from protocol.signatures import bytes_to_sign
from protocol.times import time_text

NO_PREDECESSOR = bytes(32)
"""What the first statement of a dossier names in place of a predecessor."""

_Number = Annotated[int, Meta(ge=1, le=MOST_STATEMENTS)]
_Compartments = Annotated[tuple[Compartment, ...], Meta(max_length=8)]
_KeyIds = Annotated[tuple[KeyId, ...], Meta(min_length=1, max_length=8)]


class MembershipStep(StrEnum):
    """What a statement says happened."""

    CREATED = "created"
    OFFERED = "offered"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    RENEWED = "renewed"


class MembershipStatement(Message, frozen=True):
    """One step, taken by `organisation` and signed by its `device` over `statement_message`.

    `recipient` is whom the offer is to; in `created` and `renewed` it is the organisation itself. `epoch` is that of
    the keys from here on. `compartments` are those whose keys the organisation holds and speaks for: what goes along
    with an offer, what opened in a receipt. `heads` is the last row of every stream of the dossier as the device had
    it, packed by `protocol.messages.stream_cuts`. `keys` are the ids of those that it makes where it begins an epoch:
    whoever seals in that epoch uses one of them, and not one that was left from a step that was given up.
    """

    dossier: Dossier
    number: _Number
    previous: Digest
    step: MembershipStep
    organisation: Organisation
    recipient: Organisation
    epoch: Epoch
    compartments: _Compartments
    heads: Heads
    device: Device
    moment: Moment
    signature: Signature
    keys: _KeyIds | UnsetType = UNSET


class MembershipLog(Message, frozen=True):
    """Every statement about one dossier, the first one first."""

    statements: Annotated[tuple[MembershipStatement, ...], Meta(min_length=1, max_length=MOST_STATEMENTS)]

    def __post_init__(self) -> None:
        """Refuse statements about different dossiers or that do not follow each other: `sync.message_broken`."""
        previous = NO_PREDECESSOR
        for number, statement in enumerate(self.statements, 1):
            if (statement.dossier, statement.number, statement.previous) != (self.dossier, number, previous):
                raise broken("statements")
            previous = digest_of(statement)

    @property
    def dossier(self) -> str:
        """Return the dossier it is about."""
        return self.statements[0].dossier


class MembershipBatch(Message, frozen=True):
    """Steps to take, those of one dossier in their order; each is taken or refused by itself."""

    statements: Annotated[tuple[MembershipStatement, ...], Meta(min_length=1, max_length=MOST_STATEMENTS_AT_ONCE)]


class MembershipAnswer(Message, frozen=True):
    """What became of a batch: the log of every dossier in which a step was taken, and the steps that were not."""

    logs: Annotated[tuple[MembershipLog, ...], Meta(max_length=MOST_STATEMENTS_AT_ONCE)]
    refused: Annotated[tuple[RefusedPart, ...], Meta(max_length=MOST_STATEMENTS_AT_ONCE)]


@lru_cache(maxsize=256)
def digest_of(statement: MembershipStatement) -> bytes:
    """Return by what the next statement names `statement`: the SHA-256 of its bytes, signature included."""
    return hashlib.sha256(to_bytes(statement)).digest()


def statement_message(unsigned: MembershipStatement) -> bytes:
    """Return the bytes that the device signs; the signature in `unsigned` plays no part."""
    body: dict[str, JsonValue] = {
        "compartments": list(unsigned.compartments),
        "device": unsigned.device,
        "dossier": unsigned.dossier,
        "epoch": unsigned.epoch,
        "heads": to_base64(unsigned.heads),
        "moment": time_text(unsigned.moment),
        "number": unsigned.number,
        "organisation": unsigned.organisation,
        "previous": to_base64(unsigned.previous),
        "recipient": unsigned.recipient,
        "step": unsigned.step.value,
    }
    if unsigned.keys is not UNSET:
        body["keys"] = list(unsigned.keys)
    return bytes_to_sign("membership", body)
