"""From when a term runs: what the other side says counts as far as it can be, and people are told where it cannot."""

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop.services.rights.term_starts import starts_of
from protocol.membership.state import DossierMembership
from protocol.messages.membership import MembershipStep
from tests.membership_logs import next_statement
from tests.unit.protocol.membership.logs import DEVICE, OFFERED, RECEIVED, TOWN, log_of

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def _received(claimed: datetime) -> DossierMembership:
    begun = log_of()
    offered = begun.after(next_statement(begun, OFFERED, DEVICE, TOWN, moment=NOON))
    return offered.after(next_statement(offered, RECEIVED, DEVICE, moment=claimed))


@pytest.mark.parametrize(
    ("claimed", "arrived", "counted", "told"),
    [
        (NOON + 3 * DAY, NOON + 20 * DAY, date(2026, 11, 25), False),
        (NOON + 3 * DAY, None, date(2026, 11, 25), False),
        (NOON + 3 * DAY + timedelta(minutes=5), NOON + 3 * DAY, date(2026, 11, 25), False),
        (NOON + 400 * DAY, NOON + 3 * DAY, date(2026, 11, 25), True),
        (NOON - 400 * DAY, NOON + 3 * DAY, date(2026, 11, 22), True),
        (NOON - 400 * DAY, None, date(2026, 11, 22), True),
        (NOON + DAY, NOON - 3 * DAY, date(2026, 11, 19), True),
    ],
)
def test_a_term_begins_between_the_offer_and_what_is_heard_of_its_answer(
    claimed: datetime, arrived: datetime | None, counted: date, *, told: bool
) -> None:
    transfer = _received(claimed).transfer
    assert transfer is not None
    start = starts_of(transfer.statements, {} if arrived is None else {3: arrived})[MembershipStep.RECEIVED]
    assert start.day == counted
    assert start.claimed == (claimed.date() if told else None)


def test_nothing_was_offered_and_no_term_begins() -> None:
    assert starts_of((), {}) == {}
