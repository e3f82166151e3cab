"""What lies in the sealed stream of a bundle: the messages of the wire, one after the other, each with its kind.

Chains stand before what their devices signed, keys before the rows they open, rows before contents, and what was said
about the cases comes last, as in a page of the feed.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from types import MappingProxyType

from desktop.vault.crypto.chunk_stream import SealedReader
from protocol.errors import UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.bundles import BundleContents, CaseHeld
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import Message, from_bytes, to_bytes
from protocol.messages.offers import Offer
from protocol.messages.pieces import PieceSet
from protocol.messages.rows import Batch
from protocol.messages.wraps import WrapSet

_DAMAGED = "bundle.damaged"


class RecordKind(IntEnum):
    """The byte before each message."""

    CONTENTS = 1
    CHAIN = 2
    WRAPS = 3
    ROWS = 4
    PIECES = 5
    OFFER = 6
    HELD = 7


_CLASSES: Mapping[RecordKind, type[Message]] = MappingProxyType(
    {
        RecordKind.CONTENTS: BundleContents,
        RecordKind.CHAIN: CertificateChain,
        RecordKind.WRAPS: WrapSet,
        RecordKind.ROWS: Batch,
        RecordKind.PIECES: PieceSet,
        RecordKind.OFFER: Offer,
        RecordKind.HELD: CaseHeld,
    }
)
_KINDS = {each: kind for kind, each in _CLASSES.items()}


def framed(message: Message) -> bytes:
    """Return a message with its kind and length, as it lies in the stream."""
    data = to_bytes(message)
    return bytes((_KINDS[type(message)],)) + len(data).to_bytes(4, "big") + data


def read_contents(reader: SealedReader) -> BundleContents:
    """Return the first message. Raises UserError `bundle.damaged` when it is another one."""
    first = _next(reader)
    if not isinstance(first, BundleContents):
        raise UserError(_DAMAGED)
    return first


def read_messages(reader: SealedReader) -> Iterator[Message]:
    """Yield every message after the first; raises UserError `bundle.damaged` for what is none."""
    while not reader.at_end():
        message = _next(reader)
        if isinstance(message, BundleContents):
            raise UserError(_DAMAGED)
        yield message


def _next(reader: SealedReader) -> Message:
    try:
        kind = RecordKind(reader.take(1)[0])
    except ValueError:
        raise UserError(_DAMAGED) from None
    length = int.from_bytes(reader.take(4), "big")
    if length > MOST_ANSWER_BYTES:
        raise UserError(_DAMAGED)
    try:
        return from_bytes(_CLASSES[kind], reader.take(length))
    except UserError:
        raise UserError(_DAMAGED) from None
