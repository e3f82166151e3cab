"""A laptop that says to have seen what it did not takes nobody's answer away, and is named on every other."""

from collections.abc import Callable

import pytest

from desktop.records import CLAIM_VOID, CLAIM_WAITS, AnswerGiven
from desktop.records.events.envelope import Claim
from tests.made_up_claims import MADE_UP, write_claiming
from tests.sync.machines import AT_THE_TABLE, Laptop, Office

REF = "/intake/woonplaats"


def _doubts(laptop: Laptop) -> set[str]:
    (case,) = laptop.journal.dossiers()
    return {each.code for each in laptop.journal.doubtful_claims(case)}


def _notices(laptop: Laptop) -> set[str]:
    return {each.code for each in laptop.online().synchronise.state().notices}


@pytest.mark.parametrize(
    ("ahead", "codes"), [(2**53 - 3, {CLAIM_WAITS}), (1, {CLAIM_VOID})], ids=["yet to come", "there and not seen"]
)
def test_an_answer_at_the_same_time_stands_and_after_a_correction_stands_alone(
    azc: Office, anna: Laptop, join: Callable[..., Laptop], ahead: int, codes: set[str]
) -> None:
    bert, carla = join(azc, "bert"), join(azc, "carla")
    (case,) = anna.journal.dossiers()
    anna.answer(case, "Dronten")
    for laptop in (anna, bert, carla):
        laptop.once()
    anna.answer(case, "Almere")
    lie = Claim(2 + ahead, MADE_UP)
    write_claiming(bert.journal, case, AnswerGiven(REF, "given", "VALS"), AT_THE_TABLE, {anna.journal.device: lie})
    for laptop in (bert, anna, bert, carla):
        laptop.once()

    for laptop in (anna, bert, carla):
        assert laptop.answers(case) == {"Almere", "VALS"}
        assert laptop.journal.view(case).conflicts() == (REF,)
        assert _doubts(laptop) == codes
    assert _notices(anna) == _notices(carla) == codes & {CLAIM_VOID}

    anna.answer(case, "Zeewolde")
    for laptop in (anna, bert, carla, join(azc, "dawit")):
        laptop.once()
        assert laptop.answers(case) == {"Zeewolde"}
        assert laptop.journal.view(case).conflicts() == ()
        assert _doubts(laptop) == codes
