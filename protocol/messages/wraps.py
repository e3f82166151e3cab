"""Dossier keys on the wire, each wrapped to the key of an organisation.

A wrapped key is opaque here. It carries the signature and the chain of the device that gave it (docs/formats/trust.md),
so that the server cannot slip in a key of its own and read what is sealed under it.
"""

from typing import Annotated

from msgspec import Meta

from protocol.limits import MOST_SETS, MOST_WRAPS
from protocol.messages.fields import Compartment, Dossier, Epoch, Organisation, Wrapped
from protocol.messages.message import Message
from protocol.messages.refused import RefusedPart


class Wrap(Message, frozen=True):
    """The key of one compartment and epoch, wrapped and signed by its giver."""

    compartment: Compartment
    epoch: Epoch
    wrapped: Wrapped


class WrapSet(Message, frozen=True):
    """Keys of one dossier for one organisation."""

    dossier: Dossier
    recipient: Organisation
    wraps: Annotated[tuple[Wrap, ...], Meta(min_length=1, max_length=MOST_WRAPS)]


class WrapBatch(Message, frozen=True):
    """Sets of wraps that are published at once; one that is refused does not hold up the others."""

    sets: Annotated[tuple[WrapSet, ...], Meta(min_length=1, max_length=MOST_SETS)]


class WrapReceipt(Message, frozen=True):
    """The server holds every set of the batch durably, but for those that are `refused`."""

    refused: Annotated[tuple[RefusedPart, ...], Meta(max_length=MOST_SETS)]
