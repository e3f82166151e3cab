"""One handover as its statements tell it."""

from datetime import timedelta

import pytest

from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from tests.membership_logs import next_statement
from tests.unit.protocol.membership.logs import (
    ACCEPTED,
    CENTRE,
    DEVICE,
    DOSSIER,
    MOMENT,
    OFFERED,
    RECEIVED,
    RENEWED,
    RETURNED,
    TOWN,
    VILLAGE,
    WITHDRAWN,
    log_of,
    then,
)


def test_a_case_that_was_never_offered_has_no_transfer() -> None:
    assert log_of().transfer is log_of(RENEWED).transfer is None


@pytest.mark.parametrize(
    "steps",
    [
        (OFFERED,),
        (OFFERED, RECEIVED),
        (OFFERED, RECEIVED, ACCEPTED),
        (OFFERED, RECEIVED, RETURNED),
        (OFFERED, WITHDRAWN),
    ],
)
def test_it_is_open_until_the_recipient_decides_or_the_sender_takes_it_back(
    steps: tuple[MembershipStep, ...],
) -> None:
    state, is_open = log_of(*steps), steps[-1] in {OFFERED, RECEIVED}

    assert state.transfer == Transfer(DOSSIER, CENTRE, TOWN, state.statements[1:])
    assert (state.transfer.step, state.transfer.is_open) == (steps[-1], is_open)
    assert state.open_transfer == (state.transfer if is_open else None)


def test_each_step_has_its_statement_and_its_moment() -> None:
    offered = log_of(OFFERED)
    later = MOMENT + timedelta(hours=2)
    state = offered.after(next_statement(offered, RECEIVED, DEVICE, moment=later))

    assert state.transfer is not None
    assert state.transfer.moments == {OFFERED: MOMENT, RECEIVED: later}
    assert state.transfer.statement(RECEIVED) == state.statements[-1]
    assert state.transfer.statement(ACCEPTED) is None


def test_fresh_keys_are_no_part_of_it_and_a_later_offer_is_another() -> None:
    ended = log_of(OFFERED, RECEIVED, ACCEPTED)
    assert then(ended, (RENEWED,)).transfer == ended.transfer

    again = then(ended, (RENEWED, OFFERED), VILLAGE).transfer
    assert again is not None
    assert (again.sender, again.recipient, len(again.statements)) == (TOWN, VILLAGE, 1)
