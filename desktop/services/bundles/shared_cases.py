"""Which cases two organisations have between them, what was said about each, and what of it may travel.

The only module of this package that knows how a handover is said.
"""

from dataclasses import dataclass

from desktop.services.handover.handover_context import HandoverContext
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.membership.state import DossierMembership, visible_to
from protocol.messages.membership import MembershipLog, MembershipStep


@dataclass(frozen=True, slots=True)
class SharedCase:
    """One case between two organisations. `log` is what was said as far as it concerns the other.

    Keys and rows go along while the other is `inside`; `needs_keys` tells that the other can open nothing
    without them, because it did not say yet that it received the case. `devices` are who signed what was said.
    """

    dossier: DossierId
    log: MembershipLog
    devices: frozenset[DeviceId]
    inside: bool
    needs_keys: bool


def shared_with(context: HandoverContext, other: OrganisationId) -> tuple[SharedCase, ...]:
    """Return the cases in which `other` is or was, the one heard of first first: all, where it is the own one."""
    membership = context.journal.membership
    states = (membership.all() if other == context.vault.organisation_id else membership.handed_over()).items()
    return tuple(_case(dossier, state, other) for dossier, state in states if state.was_member(other))


def other_side(context: HandoverContext, dossier: DossierId) -> OrganisationId | None:
    """Return the organisation with which `dossier` is shared, the newest one; None when there is none."""
    transfer = context.journal.membership.transfer(dossier)
    if transfer is None:
        return None
    return transfer.recipient if transfer.sender == context.vault.organisation_id else transfer.sender


def waits_to_be_received(context: HandoverContext, dossier: DossierId) -> bool:
    """Tell whether `dossier` is offered to this organisation and nobody here received it yet."""
    transfer = context.journal.membership.transfer(dossier)
    return (
        transfer is not None
        and transfer.step is MembershipStep.OFFERED
        and transfer.recipient == context.vault.organisation_id
    )


def _case(dossier: DossierId, state: DossierMembership, other: OrganisationId) -> SharedCase:
    statements = visible_to(other, state.statements)
    inside = other in state.members
    devices = frozenset(statement.device for statement in statements)
    under_way = state.open_transfer
    needs_keys = under_way is not None and (under_way.recipient, under_way.step) == (other, MembershipStep.OFFERED)
    return SharedCase(dossier, MembershipLog(statements), devices, inside, needs_keys)
