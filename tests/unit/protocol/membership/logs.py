"""A log of one dossier brought to each of its places, and the organisations in it."""

from collections.abc import Sequence
from datetime import UTC, datetime

from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.messages.membership import MembershipStep
from protocol.messages.stream_cuts import StreamCut
from tests.membership_logs import created, next_statement

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DOSSIER = DossierId("a" * 32)
DEVICE = DeviceIdentity(bytes(31) + b"\2")
CENTRE, TOWN, VILLAGE = OrganisationId("1" * 32), OrganisationId("2" * 32), OrganisationId("3" * 32)
REACHED = {DEVICE.id: StreamCut(7, bytes(range(32)))}

CREATED, OFFERED, RECEIVED = MembershipStep.CREATED, MembershipStep.OFFERED, MembershipStep.RECEIVED
ACCEPTED, RETURNED = MembershipStep.ACCEPTED, MembershipStep.RETURNED
WITHDRAWN, RENEWED = MembershipStep.WITHDRAWN, MembershipStep.RENEWED


def log_of(*steps: MembershipStep, recipient: OrganisationId = TOWN) -> DossierMembership:
    """Return where the log of a dossier of the centre stands after `steps`; an offer is to `recipient`."""
    return then(created(DOSSIER, CENTRE, DEVICE, MOMENT), steps, recipient)


def then(
    state: DossierMembership, steps: Sequence[MembershipStep], recipient: OrganisationId = TOWN
) -> DossierMembership:
    """Return where `state` stands after `steps`, each of which names REACHED."""
    for step in steps:
        state = state.after(next_statement(state, step, DEVICE, recipient if step is OFFERED else None, REACHED))
    return state
