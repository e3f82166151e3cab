"""Dossier keys on the wire, each wrapped to the key of an organisation.

A wrapped key is opaque here. It carries the signature and the chain of the device that gave it
(`desktop.vault.key_grants`), so that the server cannot slip in a key of its own and read what is sealed under it.
"""

from dataclasses import dataclass
from typing import Annotated

from desktop.sync.wire.codec import Nested
from desktop.sync.wire.forms import Many, Octets
from desktop.sync.wire.words import Compartment, Dossier, Epoch, Organisation

MOST_WRAPS = 64
"""The most wraps in one set."""

_MOST_WRAPPED_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Wrap:
    """The key of one compartment and epoch, wrapped and signed by its giver."""

    compartment: Compartment
    epoch: Epoch
    wrapped: Annotated[bytes, Octets(1, _MOST_WRAPPED_BYTES)]


@dataclass(frozen=True, slots=True)
class WrapSet:
    """Keys of one dossier for one organisation."""

    dossier: Dossier
    recipient: Organisation
    wraps: Annotated[tuple[Wrap, ...], Many(Nested(Wrap), MOST_WRAPS, least=1)]
