"""A server that came back from an older copy without a word: who said something says it again, in the same order."""

from collections.abc import Callable
from pathlib import Path

from protocol.messages.membership import MembershipStep
from server.admin import copies
from tests.sync.machines import Laptop, ServerProcess, found_office
from tests.sync.membership.hostile import log_of, statements_kept

Join = Callable[..., Laptop]


def test_statements_come_again_from_their_authors_and_none_is_lost(
    own_server: ServerProcess, tmp_path: Path, join: Join, new_database: Callable[[], str]
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    town = found_office(own_server, tmp_path / "town", "Gemeente Haarlem", "municipality")
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    for laptop in (anna, carla):
        laptop.once()
    copies.back_up(own_server.database, tmp_path / "copy")
    anna.answer(case, "Keren")
    anna.offer(case, town.root.card, ("core", "health"))
    anna.once()
    carla.once()
    carla.answer_offer(case, MembershipStep.RECEIVED)
    carla.once()
    carla.answer_offer(case, MembershipStep.ACCEPTED)
    carla.answer(case, "Haarlem", "/intake/later")
    for laptop in (carla, anna):
        laptop.once()
    said = log_of(azc, case)
    assert len(said.statements) == 4

    own_server.stop()
    own_server.database = new_database()
    copies.put_back(own_server.database, tmp_path / "copy")
    own_server.start()
    assert statements_kept(azc, case) == 1
    rounds = carla.once()
    assert "membership.gap" in {each.code for each in rounds[-1].state.notices}
    assert "membership.given_up" not in {each.code for each in rounds[-1].state.notices}
    assert carla.journal.membership.is_waiting(case)
    assert statements_kept(azc, case) == 1
    other = carla.open_case("Intussen")
    carla.once()

    anna.once()
    assert statements_kept(azc, case) == 2
    rounds = carla.once()
    anna.once()

    assert rounds[-1].state.notices == ()
    assert log_of(azc, case) == said
    dawit = join(town, "dawit")
    dawit.once()
    for laptop in (anna, carla, dawit):
        assert laptop.journal.membership.of(case) == said
        assert not laptop.journal.membership.is_waiting(case)
        assert laptop.journal.outbox.waiting() == 0
        assert laptop.answers(case) == {"Keren"}
    assert dawit.answers(case, "/intake/later") == {"Haarlem"}
    assert other in dawit.journal.dossiers()
    assert dawit.journal.compartments(case) == {"core", "health"}
