"""The byte forms that signatures are over, as `desktop.vault.trust` makes them; here they are only read and composed.

A signed document is `{"body": …, "signature": …, "type": "opmaat/<kind>/1"}`; the signature is over the type, a zero
byte and the canonical bytes of the body, so that a document of one kind never passes for another.
"""

import base64
import binascii
import re
from datetime import UTC, datetime

from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import UserError

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def broken(what: str) -> UserError:
    """Return the error for a message that is not as agreed; `what` names a field or rule, never a content."""
    return UserError("sync.message_broken", {"what": what})


def type_of(kind: str) -> str:
    """Return the full type of documents of `kind`."""
    return f"opmaat/{kind}/1"


def bytes_to_sign(kind: str, body: JsonValue) -> bytes:
    """Return what the signature on a document of `kind` with `body` is over."""
    return type_of(kind).encode("ascii") + b"\0" + canonical_bytes(body)


def to_base64(data: bytes) -> str:
    """Return `data` in base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes of base64url `text`; raises UserError `sync.message_broken` for any but their one form."""
    if not _ALPHABET.fullmatch(text):
        raise broken("bytes")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise broken("bytes") from error
    if to_base64(data) != text:
        raise broken("bytes")
    return data


def write_moment(moment: datetime) -> str:
    """Return the text of the aware `moment`, in UTC, to the millisecond: `2026-11-22T09:30:00.000Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read_moment(text: str) -> datetime:
    """Return the moment of `text`, aware, in UTC; raises UserError `sync.message_broken` for another form."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise broken("moment") from error
    if moment.tzinfo is None or write_moment(moment) != text:
        raise broken("moment")
    return moment
