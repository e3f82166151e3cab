"""Dossier keys on the wire, each wrapped to the key of an organisation."""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from desktop.kernel.canonical import JsonValue
from desktop.sync.wire.codec import Nested, to_bytes
from desktop.sync.wire.forms import Many, Octets
from desktop.sync.wire.signed import bytes_to_sign, to_base64
from desktop.sync.wire.words import Compartment, Device, Dossier, Epoch, Organisation, Signature

_MOST_WRAPPED_BYTES = 8192
_MOST_WRAPS = 64


@dataclass(frozen=True, slots=True)
class Wrap:
    """The key of one compartment and epoch, wrapped; the first byte of `wrapped` names the suite."""

    compartment: Compartment
    epoch: Epoch
    wrapped: Annotated[bytes, Octets(1, _MOST_WRAPPED_BYTES)]


@dataclass(frozen=True, slots=True)
class WrapSet:
    """Keys of one dossier for one organisation, vouched for by the device that wrapped them.

    Wrapping proves nothing about who wrapped: without the signature over `wraps_message` the server could hand out
    a key of its own and read what is sealed under it.
    """

    dossier: Dossier
    device: Device
    recipient: Organisation
    wraps: Annotated[tuple[Wrap, ...], Many(Nested(Wrap), _MOST_WRAPS, least=1)]
    signature: Signature


def wraps_message(dossier: str, device: str, recipient: str, wraps: tuple[Wrap, ...]) -> bytes:
    """Return the bytes that `device` signs for a set of wraps."""
    digest = hashlib.sha256(b"".join(hashlib.sha256(to_bytes(wrap)).digest() for wrap in wraps)).digest()
    body: dict[str, JsonValue] = {
        "device": device,
        "digest": to_base64(digest),
        "dossier": dossier,
        "recipient": recipient,
    }
    return bytes_to_sign("wraps", body)
