"""Two laptops take a step at once: the order of the server holds, what was not taken is given up, nothing is lost."""

from collections.abc import Callable

import pytest

from desktop.records.events.bodies import AnswerGiven
from desktop.services.sync.synchronise import SyncRound
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from tests.sync.machines import AT_THE_TABLE, Laptop, Office, found_office
from tests.sync.membership.hostile import grants_kept, log_of

Join = Callable[..., Laptop]


def _notices(rounds: list[SyncRound]) -> set[str]:
    return {each.code for each in rounds[-1].state.notices}


def _fresh(laptop: Laptop, case: DossierId, step: MembershipStep, recipient: Office) -> None:
    laptop.take(case, step, recipient.root.card.id)


@pytest.fixture
def village(azc: Office) -> Office:
    """Return another municipality."""
    return found_office(azc.server, azc.folder.parent / "village", "Gemeente Bloemendaal", "municipality")


@pytest.fixture
def colleagues(azc: Office, town: Office, village: Office, join: Join) -> tuple[Laptop, Laptop, Laptop, DossierId]:
    """Return two laptops of the reception location, one of the municipality, and a case of the first two."""
    azc.know(town, village)
    town.know(azc)
    anna, bert, carla = join(azc, "anna"), join(azc, "bert"), join(town, "carla")
    case = anna.open_case()
    for laptop in (anna, bert, carla):
        laptop.once()
    return anna, bert, carla, case


def test_two_offers_at_once_become_one(
    colleagues: tuple[Laptop, Laptop, Laptop, DossierId], azc: Office, town: Office
) -> None:
    anna, bert, carla, case = colleagues
    anna.offer(case, town.root.card)
    bert.answer(case, "Haarlem")
    bert.offer(case, town.root.card)

    assert "membership.given_up" not in _notices(anna.once())
    assert _notices(bert.once()) == {"membership.given_up"}

    anna.once()
    carla.once()
    kept = log_of(azc, case)
    assert [each.device for each in kept.statements[1:]] == [anna.vault.device.id]
    for laptop in (anna, bert, carla):
        assert laptop.journal.membership.of(case) == kept
        assert laptop.answers(case) == {"Haarlem"}


def test_of_two_offers_at_once_to_others_the_keys_of_the_one_given_up_never_reach_the_server(
    colleagues: tuple[Laptop, Laptop, Laptop, DossierId], azc: Office, town: Office, village: Office
) -> None:
    anna, bert, carla, case = colleagues
    anna.offer(case, town.root.card)
    bert.offer(case, village.root.card)
    anna.once()
    assert _notices(bert.once()) == {"membership.given_up"}
    carla.once()

    assert log_of(azc, case).members == {azc.root.card.id, town.root.card.id}
    assert grants_kept(village, case) == ()
    assert [each.epoch for each in grants_kept(town, case)] == [1]
    anna.answer(case, "Haarlem")
    for laptop in (anna, carla, bert):
        laptop.once()
    assert [laptop.answers(case) for laptop in (bert, carla)] == [{"Haarlem"}] * 2
    assert log_of(azc, case).epoch == 1


def test_two_renewals_at_once_leave_both_keys_open(
    colleagues: tuple[Laptop, Laptop, Laptop, DossierId], azc: Office
) -> None:
    anna, bert, _carla, case = colleagues
    for laptop, value in ((anna, "van Anna"), (bert, "van Bert")):
        _fresh(laptop, case, MembershipStep.RENEWED, azc)
        laptop.journal.append(case, AnswerGiven(f"/intake/{value[4:]}", "given", value), AT_THE_TABLE)

    anna.once()
    assert _notices(bert.once()) == set()
    anna.once()
    bert.once()

    assert log_of(azc, case).epoch == 2
    for laptop in (anna, bert):
        assert laptop.answers(case, "/intake/Anna") == {"van Anna"}
        assert laptop.answers(case, "/intake/Bert") == {"van Bert"}
        assert laptop.journal.view(case).hidden == {}


def test_what_is_written_after_a_withdrawal_that_is_given_up_reaches_everybody(
    colleagues: tuple[Laptop, Laptop, Laptop, DossierId], azc: Office, town: Office
) -> None:
    anna, bert, carla, case = colleagues
    anna.offer(case, town.root.card)
    for laptop in (anna, bert, carla):
        laptop.once()
    _fresh(anna, case, MembershipStep.WITHDRAWN, town)
    carla.answer_offer(case, MembershipStep.RECEIVED)
    carla.once()

    assert "membership.given_up" in _notices(anna.once())
    anna.answer(case, "na het opgeven")
    anna.once()
    bert.once()
    carla.once()
    assert bert.answers(case) == {"na het opgeven"}
    assert carla.answers(case) == {"na het opgeven"}

    carla.answer_offer(case, MembershipStep.ACCEPTED)
    for laptop in (carla, anna, bert):
        laptop.once()
    assert {laptop.step(case) for laptop in (anna, bert, carla)} == {MembershipStep.ACCEPTED}
    assert log_of(azc, case).statements[-1].device == carla.vault.device.id
    assert [laptop.answers(case) for laptop in (anna, bert, carla)] == [{"na het opgeven"}] * 3
    assert carla.journal.quarantined(case) == ()
