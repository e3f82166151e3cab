"""Whose rows and keys count in a dossier, judged by its membership log alone. Pure.

What no statement covers is kept apart, never used: a row of an organisation that is no member, or one that a former
member wrote after the log closed its stream. The log closes a stream at a row it names by digest, so that nobody gets
room for later rows by naming a place they never reached.
"""

from collections.abc import Callable, Mapping

from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.messages.membership import MembershipStep
from protocol.messages.stream_cuts import StreamCut

AFTER_HANDOVER = "records.after_handover"
"""The code of what a former member wrote after it left, or what it cannot show to be from before."""

Reaches = Callable[[DeviceId, StreamCut], bool]
"""Tells whether the row that a cut names is here."""


def counts_everywhere(state: DossierMembership | None, organisation: OrganisationId | None) -> bool:
    """Tell whether every row of `organisation` counts, wherever it lies; None is that of this vault."""
    return organisation is None or (state is not None and organisation in state.members)


def code_of_row(
    state: DossierMembership | None,
    organisation: OrganisationId | None,
    place: tuple[DeviceId, int],
    reaches: Reaches,
) -> str | None:
    """Return why the row of `organisation` at `place` (device, sequence) does not count, None when it does.

    An organisation of None is that of this vault: its own rows, and those of its former devices.
    """
    if counts_everywhere(state, organisation):
        return None
    if state is None or organisation is None:
        return "records.membership_unknown"
    cuts = state.cuts.get(organisation)
    return "records.not_member" if cuts is None else _code_after_cut(cuts, place, reaches)


def code_of_key(
    state: DossierMembership | None, giver: OrganisationId, epoch: int, own: OrganisationId | None
) -> str | None:
    """Return why a key of `epoch` that `giver` gave is not taken, None when it is.

    Codes: `records.membership_unknown` where nothing is known of the dossier, `records.epoch_ahead` for an epoch that
    no statement began, `records.giver_not_member`.
    """
    if state is None:
        return None if giver == own else "records.membership_unknown"
    if epoch > state.epoch:
        return "records.epoch_ahead"
    return None if state.may_give(giver, epoch) else "records.giver_not_member"


def keys_to_seal(state: DossierMembership | None) -> Mapping[int, frozenset[str]] | None:
    """Return the ids of the keys to seal under by epoch, None where nothing was ever said of a dossier.

    An epoch for which none are named was begun before statements named them. Under keys of another epoch or with
    another id, left from a step that was given up, others would not read.
    """
    return None if state is None else state.keys


def is_entitled_again(state: DossierMembership | None, own: OrganisationId | None) -> bool:
    """Tell whether a key that was let go may come back: the case is offered to `own`, or was returned to it."""
    transfer = None if state is None else state.transfer
    if transfer is None:
        return False
    if transfer.recipient == own:
        return transfer.step in {MembershipStep.OFFERED, MembershipStep.RECEIVED, MembershipStep.ACCEPTED}
    return transfer.sender == own and transfer.step is MembershipStep.RETURNED


def _code_after_cut(cuts: Mapping[str, StreamCut], place: tuple[DeviceId, int], reaches: Reaches) -> str | None:
    device, sequence = place
    cut = cuts.get(device)
    if cut is None or sequence > cut.sequence or not reaches(device, cut):
        return AFTER_HANDOVER
    return None
