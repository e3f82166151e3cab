"""What lies in the sealed stream of a bundle: the messages of the wire, one after the other, each with its kind.

Chains stand before what their devices signed, what was said about the cases before its keys, keys before the rows they
open, rows before contents, as in a page of the feed.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import IntEnum
from functools import partial
from types import MappingProxyType
from typing import Any

from desktop.vault.crypto.chunk_stream import SealedReader
from protocol.errors import UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.bundles import BundleContents, CaseHeld
from protocol.messages.enrolment import CertificateChain
from protocol.messages.membership import MembershipLog
from protocol.messages.message import Message, from_bytes, to_bytes
from protocol.messages.pieces import PieceSet, piece_set_bytes, read_piece_set
from protocol.messages.rows import Batch, batch_bytes, read_batch
from protocol.messages.wraps import WrapSet

_DAMAGED = "bundle.damaged"


class RecordKind(IntEnum):
    """The byte before each message."""

    CONTENTS = 1
    CHAIN = 2
    WRAPS = 3
    ROWS = 4
    PIECES = 5
    LOG = 6
    HELD = 7


BundleMessage = Message | Batch | PieceSet
"""What lies in the stream."""

_Write = Callable[[Any], bytes]
_Read = Callable[[bytes], BundleMessage]


def _json(kind: type[Message]) -> tuple[type[Message], _Write, _Read]:
    return kind, to_bytes, partial(from_bytes, kind)


_FORMS: Mapping[RecordKind, tuple[type[BundleMessage], _Write, _Read]] = MappingProxyType(
    {
        RecordKind.CONTENTS: _json(BundleContents),
        RecordKind.CHAIN: _json(CertificateChain),
        RecordKind.WRAPS: _json(WrapSet),
        RecordKind.ROWS: (Batch, batch_bytes, read_batch),
        RecordKind.PIECES: (PieceSet, piece_set_bytes, read_piece_set),
        RecordKind.LOG: _json(MembershipLog),
        RecordKind.HELD: _json(CaseHeld),
    }
)
_KINDS = {form[0]: kind for kind, form in _FORMS.items()}


def framed(message: BundleMessage) -> bytes:
    """Return a message with its kind and length, as it lies in the stream."""
    kind = _KINDS[type(message)]
    data = _FORMS[kind][1](message)
    return bytes((kind,)) + len(data).to_bytes(4, "big") + data


def read_contents(reader: SealedReader) -> BundleContents:
    """Return the first message. Raises UserError `bundle.damaged` when it is another one."""
    first = _next(reader)
    if not isinstance(first, BundleContents):
        raise UserError(_DAMAGED)
    return first


def read_messages(reader: SealedReader) -> Iterator[BundleMessage]:
    """Yield every message after the first; raises UserError `bundle.damaged` for what is none."""
    while not reader.at_end():
        message = _next(reader)
        if isinstance(message, BundleContents):
            raise UserError(_DAMAGED)
        yield message


def _next(reader: SealedReader) -> BundleMessage:
    try:
        kind = RecordKind(reader.take(1)[0])
    except ValueError:
        raise UserError(_DAMAGED) from None
    length = int.from_bytes(reader.take(4), "big")
    if length > MOST_ANSWER_BYTES:
        raise UserError(_DAMAGED)
    try:
        return _FORMS[kind][2](reader.take(length))
    except UserError:
        raise UserError(_DAMAGED) from None
