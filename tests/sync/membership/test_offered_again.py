"""A case that is offered again: the recipient's feed gets what it lacks, and not the whole case once more."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from desktop.records.events.bodies import AnswerGiven
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from server.store.tables import FEED
from tests.sync.machines import AT_THE_TABLE, Laptop, Office

Join = Callable[..., Laptop]
ROWS = 40


@pytest.fixture
def offices(azc: Office, town: Office) -> tuple[Office, Office]:
    """Return two offices that know each other."""
    azc.know(town)
    town.know(azc)
    return azc, town


def _entries(office: Office, kind: str) -> int:
    mine = (FEED.c.organisation == office.root.card.id, FEED.c.kind == kind)
    ((count,),) = office.run(select(func.count()).select_from(FEED).where(*mine))
    return int(count)


def _offer_and_withdraw(laptop: Laptop, case: DossierId, recipient: Office) -> None:
    laptop.offer(case, recipient.root.card)
    laptop.once()
    _withdraw(laptop, case, recipient)


def _withdraw(laptop: Laptop, case: DossierId, recipient: Office) -> None:
    laptop.take(case, MembershipStep.WITHDRAWN, recipient.root.card.id)
    laptop.once()


def _case_of_many_pushes(laptop: Laptop) -> DossierId:
    case = laptop.open_case()
    for number in range(ROWS):
        laptop.journal.append(case, AnswerGiven(f"/intake/v{number}", "given", "x"), AT_THE_TABLE)
        if number % 10 == 0:
            laptop.once()
    laptop.once()
    return case


def test_rows_stand_in_the_recipients_feed_once_however_often_a_case_is_offered(
    offices: tuple[Office, Office], join: Join
) -> None:
    azc, town = offices
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = _case_of_many_pushes(anna)
    _offer_and_withdraw(anna, case, town)
    once = _entries(town, "rows")
    assert once == _entries(azc, "rows")

    for _ in range(3):
        _offer_and_withdraw(anna, case, town)
    assert _entries(town, "rows") == once
    assert _entries(town, "membership") == 9

    anna.answer(case, "Haarlem")
    anna.once()
    assert _entries(town, "rows") == once
    anna.offer(case, town.root.card)
    anna.once()
    assert _entries(town, "rows") == once + 1
    for laptop in (carla, join(town, "later")):
        laptop.once()
        assert laptop.answers(case) == {"Haarlem"}
        assert laptop.answers(case, f"/intake/v{ROWS - 1}") == {"x"}
        assert laptop.journal.view(case).hidden == {}
