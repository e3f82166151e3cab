"""The recurring kinds of field, by name.

msgspec reads plain `bytes` as padded base64; the wire has base64url without padding. So each size of bytes is a type of
its own when messages are read, and plain bytes to the type checker and to whoever makes a message.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import LARGEST_NUMBER, LONGEST_PERSON_NAME, MOST_EPOCH, MOST_HEADS, MOST_WRAPPED_BYTES
from protocol.messages.message import Octets
from protocol.messages.stream_cuts import CUT_BYTES
from protocol.signatures import PUBLIC_BYTES, SIGNATURE_BYTES

_DIGEST_BYTES = 32


def text_of(pattern: str) -> Meta:
    """Return what a string field has to be: `pattern`, from end to end, a line end not overlooked."""
    return Meta(pattern=rf"^(?:{pattern})$(?!\n)")


_UNSEEN = "\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069"
_IDENTIFIER = text_of("[0-9a-f]{32}")

Dossier = Annotated[DossierId, _IDENTIFIER]
Device = Annotated[DeviceId, _IDENTIFIER]
Organisation = Annotated[OrganisationId, _IDENTIFIER]
Identifier = Annotated[str, _IDENTIFIER]
"""A random identifier of anything else: an offer, an invitation, the content of an attachment."""
PersonName = Annotated[str, text_of(rf"[^\s{_UNSEEN}](?:[^{_UNSEEN}]{{0,{LONGEST_PERSON_NAME - 2}}}[^\s{_UNSEEN}])?")]
"""What colleagues call somebody: 1 to `LONGEST_PERSON_NAME` characters without controls, also of direction."""
Generation = Annotated[str, _IDENTIFIER]
"""A random name for the life of a server's database between two restores."""
Compartment = Annotated[str, text_of("[a-z][a-z_]{0,15}")]
Epoch = Annotated[int, Meta(ge=1, le=MOST_EPOCH)]
KeyId = Annotated[str, text_of("[0-9a-f]{16}")]
"""By what a compartment key is told from another: `desktop.vault.key_grants.key_id` in hexadecimal."""
Sequence = Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
Cursor = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
"""A place in an organisation's feed: all up to and including it has been read."""
Count = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
Version = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
Moment = Annotated[datetime, Meta(tz=True)]
"""A moment in UTC, to the millisecond, as RFC 3339 writes it with `Z`."""

if TYPE_CHECKING:
    AnyBytes = bytes
    Signature = bytes
    Digest = bytes
    PublicKey = bytes
    Wrapped = bytes
    Heads = bytes
else:
    AnyBytes = Octets
    Signature = Octets.of_size(SIGNATURE_BYTES, SIGNATURE_BYTES)
    Digest = Octets.of_size(_DIGEST_BYTES, _DIGEST_BYTES)
    PublicKey = Octets.of_size(PUBLIC_BYTES, PUBLIC_BYTES)
    Wrapped = Octets.of_size(1, MOST_WRAPPED_BYTES)
    Heads = Octets.of_size(0, MOST_HEADS * CUT_BYTES)
