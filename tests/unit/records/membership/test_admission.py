"""Whose rows and keys count, by the log alone."""

import pytest

from desktop.records.membership.admission import AFTER_HANDOVER, code_of_key, code_of_row, is_entitled_again
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.messages.membership import MembershipStep
from protocol.messages.stream_cuts import StreamCut
from tests.unit.protocol.membership.logs import (
    ACCEPTED,
    CENTRE,
    DEVICE,
    OFFERED,
    REACHED,
    RECEIVED,
    RENEWED,
    RETURNED,
    TOWN,
    VILLAGE,
    WITHDRAWN,
    log_of,
    then,
)

OTHER = DeviceIdentity(bytes(31) + b"\4").id
LAST = REACHED[DEVICE.id].sequence


def _code(
    state: DossierMembership | None,
    organisation: OrganisationId | None,
    device: DeviceId = DEVICE.id,
    sequence: int = LAST,
    reaches: dict[DeviceId, StreamCut] = REACHED,
) -> str | None:
    return code_of_row(state, organisation, (device, sequence), lambda which, cut: reaches.get(which) == cut)


def test_own_rows_always_count() -> None:
    assert _code(None, None) is _code(log_of(OFFERED, RECEIVED, ACCEPTED), None, sequence=LAST + 1) is None


def test_rows_of_others_wait_until_it_is_known_who_is_in_the_dossier() -> None:
    assert _code(None, TOWN) == "records.membership_unknown"


def test_every_row_of_a_member_counts_and_none_of_who_never_was_one() -> None:
    state = log_of(OFFERED)
    assert _code(state, CENTRE, OTHER, LAST + 1) is _code(state, TOWN, OTHER, LAST + 1) is None
    assert _code(state, VILLAGE) == "records.not_member"


@pytest.mark.parametrize(
    ("steps", "former"),
    [
        ((OFFERED, RECEIVED, ACCEPTED), CENTRE),
        ((OFFERED, RECEIVED, RETURNED), TOWN),
        ((OFFERED, WITHDRAWN), TOWN),
        ((OFFERED, RECEIVED, RETURNED, RENEWED), TOWN),
    ],
)
def test_rows_of_a_former_member_count_up_to_the_row_that_is_named(
    steps: tuple[MembershipStep, ...], former: OrganisationId
) -> None:
    state = log_of(*steps)
    assert _code(state, former, sequence=1) is _code(state, former) is None
    assert _code(state, former, sequence=LAST + 1) == AFTER_HANDOVER
    assert _code(state, former, OTHER, 1) == AFTER_HANDOVER
    assert _code(then(log_of(*steps), ()), former, reaches={}) == AFTER_HANDOVER
    another = {DEVICE.id: StreamCut(LAST, bytes(32))}
    assert _code(state, former, sequence=1, reaches=another) == AFTER_HANDOVER


def test_who_is_offered_the_case_again_writes_on() -> None:
    again = then(log_of(OFFERED, RECEIVED, RETURNED), (OFFERED,))
    assert _code(again, TOWN, OTHER, LAST + 9) is None


@pytest.mark.parametrize(
    ("giver", "epoch", "code"),
    [
        (CENTRE, 1, None),
        (TOWN, 1, None),
        (CENTRE, 2, "records.giver_not_member"),
        (TOWN, 2, None),
        (TOWN, 3, "records.epoch_ahead"),
        (VILLAGE, 1, "records.giver_not_member"),
        (VILLAGE, 3, "records.epoch_ahead"),
    ],
)
def test_a_key_is_taken_of_who_was_in_the_case_while_it_was_the_newest(
    giver: OrganisationId, epoch: int, code: str | None
) -> None:
    assert code_of_key(log_of(OFFERED, RECEIVED, ACCEPTED), giver, epoch, VILLAGE) == code


def test_before_anything_is_said_a_key_is_taken_of_the_own_organisation_alone() -> None:
    assert code_of_key(None, TOWN, 1, TOWN) is None
    assert code_of_key(None, CENTRE, 1, TOWN) == code_of_key(None, CENTRE, 1, None) == "records.membership_unknown"


@pytest.mark.parametrize(
    ("steps", "entitled"),
    [
        ((), set()),
        ((OFFERED,), {TOWN}),
        ((OFFERED, RECEIVED), {TOWN}),
        ((OFFERED, RECEIVED, ACCEPTED), {TOWN}),
        ((OFFERED, RECEIVED, RETURNED), {CENTRE}),
        ((OFFERED, WITHDRAWN), set()),
        ((OFFERED, RECEIVED, RETURNED, RENEWED), {CENTRE}),
        ((OFFERED, RECEIVED, RETURNED, RENEWED, OFFERED), {TOWN}),
        ((OFFERED, RECEIVED, RETURNED, RENEWED, OFFERED, RECEIVED), {TOWN}),
    ],
)
def test_a_key_that_was_let_go_comes_back_to_whom_the_case_is_offered_or_was_returned(
    steps: tuple[MembershipStep, ...], entitled: set[OrganisationId]
) -> None:
    state = log_of(*steps)
    assert {each for each in (CENTRE, TOWN, VILLAGE) if is_entitled_again(state, each)} == entitled
    assert not is_entitled_again(None, CENTRE)
