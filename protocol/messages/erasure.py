"""What an organisation says when it erased a dossier on a laptop: let the server erase it too, and colleagues hear it.

Signed by the device on which a person erased. Why is not said: that a person died, or that a duty ended, is nothing the
server may know. Reasons: docs/adr/0036-erasing-reaches-the-server.md. Bytes: docs/formats/wire.md.
"""

from typing import Annotated, Self

from msgspec import Meta
from msgspec.structs import replace

from protocol.canonical import JsonValue
from protocol.limits import MOST_ERASURES, MOST_STATEMENTS
from protocol.messages.fields import Device, Dossier, Moment, Organisation, Signature
from protocol.messages.message import Message
from protocol.messages.refused import RefusedPart
from protocol.signatures import Signer, bytes_to_sign
from protocol.times import time_text


class ErasureStatement(Message, frozen=True):
    """An organisation erased a dossier; make one with `signed_by`.

    `number` is that of the last statement of its membership log that the organisation knew, 0 where there was none: an
    offer that comes after it begins anew, and the erasure no longer counts. `moment` is by the clock of the laptop.
    """

    dossier: Dossier
    organisation: Organisation
    device: Device
    number: Annotated[int, Meta(ge=0, le=MOST_STATEMENTS)]
    moment: Moment
    signature: Signature

    def signed_by(self, device: Signer) -> Self:
        """Return the statement with the signature of `device`."""
        return replace(self, signature=device.sign(erasure_message(self)))


class ErasureBatch(Message, frozen=True):
    """Erasures that are told at once; one that is refused does not hold up the others."""

    statements: Annotated[tuple[ErasureStatement, ...], Meta(min_length=1, max_length=MOST_ERASURES)]


class ErasureReceipt(Message, frozen=True):
    """The server keeps every statement of the batch durably, but for those that are `refused`."""

    refused: Annotated[tuple[RefusedPart, ...], Meta(max_length=MOST_ERASURES)]


def erasure_message(unsigned: ErasureStatement) -> bytes:
    """Return the bytes that the device signs; the signature in `unsigned` plays no part."""
    body: dict[str, JsonValue] = {
        "device": unsigned.device,
        "dossier": unsigned.dossier,
        "moment": time_text(unsigned.moment),
        "number": unsigned.number,
        "organisation": unsigned.organisation,
    }
    return bytes_to_sign("erasure", body)
