"""Statements about dossiers for tests, signed by whichever device: the steps of one log, made one after the other."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from msgspec import UNSET
from msgspec.structs import replace

from desktop.records import EventContext, Journal, StepToTake
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.membership.state import DossierMembership, begin_membership
from protocol.messages.membership import (
    NO_PREDECESSOR,
    MembershipLog,
    MembershipStatement,
    MembershipStep,
    digest_of,
    statement_message,
)
from protocol.messages.stream_cuts import StreamCut, pack_cuts

_BY_RECIPIENT = frozenset({MembershipStep.RECEIVED, MembershipStep.ACCEPTED, MembershipStep.RETURNED})


def take_step(
    journal: Journal,
    dossier: DossierId,
    place: tuple[MembershipStep, OrganisationId, datetime],
    context: EventContext,
    along: Callable[[], object] = tuple,
) -> None:
    """Take a step (`place` says which, whom the offer is to, and when) with what belongs to it, as the services do."""
    step, recipient, moment = place
    held = tuple(sorted(journal.compartments(dossier)))

    def write() -> None:
        journal.membership.take(dossier, StepToTake(step, recipient, held, moment))
        along()

    journal.append_all(dossier, (), context, also=write)


def created(dossier: DossierId, own: OrganisationId, device: DeviceIdentity, moment: datetime) -> DossierMembership:
    """Return the log of a dossier that `own` made."""
    first = MembershipStatement(
        dossier=dossier,
        number=1,
        previous=NO_PREDECESSOR,
        step=MembershipStep.CREATED,
        organisation=own,
        recipient=own,
        epoch=1,
        compartments=(),
        heads=b"",
        device=device.id,
        moment=moment,
        signature=bytes(64),
    )
    return begin_membership(signed(first, device))


def next_statement(
    state: DossierMembership,
    step: MembershipStep,
    device: DeviceIdentity,
    recipient: OrganisationId | None = None,
    heads: Mapping[DeviceId, StreamCut] | None = None,
    **changes: Any,  # noqa: ANN401 - any field of a statement
) -> MembershipStatement:
    """Return the statement of `step` that may follow, signed by `device`; `changes` make it another one.

    It names no keys, as those did that were made before statements named them.
    """
    under_way = state.open_transfer
    inside = None if under_way is None or step is MembershipStep.RENEWED else under_way.recipient
    other = recipient or inside or state.holder
    statement = replace(
        state.statements[-1],
        number=len(state.statements) + 1,
        previous=digest_of(state.statements[-1]),
        step=step,
        organisation=other if step in _BY_RECIPIENT else state.holder,
        recipient=other,
        epoch=state.epoch_after(step),
        compartments=("core", "health"),
        heads=pack_cuts(heads or {}),
        device=device.id,
        keys=UNSET,
    )
    return signed(replace(statement, **changes), device)


def signed(statement: MembershipStatement, device: DeviceIdentity) -> MembershipStatement:
    """Return `statement` with the signature of `device`."""
    return replace(statement, signature=device.sign(statement_message(statement)))


def handed_over(
    state: DossierMembership, other: OrganisationId, device: DeviceIdentity, moment: datetime
) -> MembershipLog:
    """Return the log after `other` was offered the dossier, received and accepted it."""
    for step in (MembershipStep.OFFERED, MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        state = state.after(next_statement(state, step, device, other, moment=moment))
    return MembershipLog(state.statements)
