"""A step of the own organisation as a statement, signed by this device."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from msgspec import UNSET
from msgspec.structs import replace

from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_HEADS
from protocol.messages.membership import MembershipStatement, MembershipStep, statement_message
from protocol.messages.stream_cuts import StreamCut, pack_cuts
from protocol.signatures import NO_SIGNATURE


class StepToTake(NamedTuple):
    """A step of this organisation: `recipient` is whom the offer is to, `compartments` what it speaks for."""

    step: MembershipStep
    recipient: OrganisationId
    compartments: tuple[str, ...]
    moment: datetime


class LogPlace(NamedTuple):
    """Where in a log a statement stands: its number, the digest of the one before it, and the epoch from there on.

    `keys` are the ids of the keys of that epoch where the statement begins it.
    """

    number: int
    previous: bytes
    epoch: int
    keys: tuple[str, ...] = ()


def sign_step(
    vault: Vault, dossier: DossierId, step: StepToTake, place: LogPlace, cuts: Mapping[DeviceId, StreamCut]
) -> MembershipStatement:
    """Return the statement of `step`; `cuts` are the last good rows of every stream of the dossier.

    Raises UserError `membership.too_many_streams` where it could not be read again, `vault.no_organisation`.
    """
    if len(cuts) > MOST_HEADS:
        raise UserError("membership.too_many_streams", {"count": str(MOST_HEADS)})
    unsigned = MembershipStatement(
        dossier=dossier,
        number=place.number,
        previous=place.previous,
        step=step.step,
        organisation=vault.membership.card.id,
        recipient=step.recipient,
        epoch=place.epoch,
        compartments=step.compartments,
        heads=pack_cuts(cuts),
        device=vault.device.id,
        moment=step.moment.replace(microsecond=0),
        signature=NO_SIGNATURE,
        keys=place.keys or UNSET,
    )
    return replace(unsigned, signature=vault.device.sign(statement_message(unsigned)))
