"""What a receipt proves, when fresh keys are due, and whether an offered case has arrived. Pure."""

from collections.abc import Callable, Collection, Mapping

from desktop.records import COMPARTMENTS, HEALTH, are_astray
from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStatement, MembershipStep
from protocol.messages.stream_cuts import StreamCut, unpack_cuts

_BY_RECIPIENT = frozenset({MembershipStep.RECEIVED, MembershipStep.ACCEPTED})
_UNREADABLE = "sync.message_broken"


def is_proven(
    transfer: Transfer, health: Mapping[DeviceId, int], matches: Callable[[DeviceId, StreamCut], bool]
) -> bool:
    """Tell whether the recipient said that it opened health answers and holds every row of them that is here.

    `health` are the last such rows here, by device; `matches` tells whether a row that the recipient names is the one
    that is here. Then, and not before, the sender may let its key go. A case that was returned is the sender's again.
    """
    if transfer.step is MembershipStep.RETURNED:
        return False
    said = [each for each in transfer.statements if each.step in _BY_RECIPIENT and HEALTH in each.compartments]
    return any(_covers(each, health, matches) for each in said)


def has_arrived(transfer: Transfer, here: Mapping[DeviceId, StreamCut], opened: Collection[str]) -> bool:
    """Tell whether all that the offer promised is here and opens."""
    return not missing_streams(transfer, here) and not unopened(transfer, opened)


def missing_streams(transfer: Transfer, here: Mapping[DeviceId, StreamCut]) -> frozenset[DeviceId]:
    """Return the devices of which not all rows are here that the offer promised."""
    promised = unpack_cuts(transfer.statements[0].heads, _UNREADABLE)
    return frozenset(
        DeviceId(device)
        for device, cut in promised.items()
        if device not in here or here[DeviceId(device)].sequence < cut.sequence
    )


def unopened(transfer: Transfer, opened: Collection[str]) -> tuple[str, ...]:
    """Return the compartments that were offered and of which not every row opens; one that does not exist is none."""
    offered = transfer.statements[0].compartments
    return tuple(name for name in COMPARTMENTS if name in offered and name not in opened)


def unopened_by(transfer: Transfer) -> tuple[str, ...]:
    """Return the compartments that the recipient said it could not open, none before its receipt."""
    said = [each for each in transfer.statements if each.step in _BY_RECIPIENT]
    return unopened(transfer, {name for each in said for name in each.compartments}) if said else ()


def is_to_be_renewed(state: DossierMembership, newest_epoch: int, given: Mapping[OrganisationId, int]) -> bool:
    """Tell whether the holder has to begin fresh keys: after a return, or where keys were made for a step given up.

    Also during a handover where somebody was `given` the present keys for an offer that was given up.
    """
    if are_astray(state, given):
        return True
    if state.open_transfer is not None:
        return False
    return state.statements[-1].step is MembershipStep.RETURNED or newest_epoch > state.epoch


def _covers(
    statement: MembershipStatement, health: Mapping[DeviceId, int], matches: Callable[[DeviceId, StreamCut], bool]
) -> bool:
    reached = unpack_cuts(statement.heads, _UNREADABLE)
    return all(
        device in reached and reached[device].sequence >= last and matches(device, reached[device])
        for device, last in health.items()
    )
