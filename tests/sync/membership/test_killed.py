"""A server or a laptop that is killed in the middle of a step: said again, everything is there once."""

import signal
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest

from desktop.records.journal import open_journal
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from tests.sync.accidents.web_proxy import Asked, Said, web_proxy
from tests.sync.machines import CLOCK, Laptop, Office, ServerProcess, found_office
from tests.sync.membership.hostile import log_of
from tests.unit.vault.people import PASSPHRASE

Join = Callable[..., Laptop]
_MOST_REQUESTS = 40


def _offered(azc: Office, town: Office, join: Join) -> tuple[Laptop, Laptop, DossierId]:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    for laptop in (anna, carla):
        laptop.once()
    anna.answer(case, "Keren")
    anna.offer(case, town.root.card, ("core", "health"))
    return anna, carla, case


def _accept(carla: Laptop, case: DossierId) -> None:
    carla.answer_offer(case, MembershipStep.RECEIVED)
    carla.answer_offer(case, MembershipStep.ACCEPTED)
    carla.answer(case, "Haarlem", "/intake/later")


def _has_arrived(town: Office, join: Join, case: DossierId) -> bool:
    """Tell whether a colleague who was never there finds all of it."""
    dawit = join(town, "dawit")
    dawit.once()
    return (
        dawit.journal.membership.of(case) == log_of(town, case)
        and dawit.answers(case) == {"Keren"}
        and dawit.journal.compartments(case) == {"core", "health"}
        and dawit.journal.view(case).hidden == {}
    )


@pytest.mark.parametrize("path", ["/v1/wraps", "/v1/rows"])
def test_a_server_killed_between_a_statement_and_its_keys_and_rows(
    own_server: ServerProcess, tmp_path: Path, join: Join, path: str
) -> None:
    azc = found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception")
    town = found_office(own_server, tmp_path / "town", "Gemeente Haarlem", "municipality")
    anna, carla, case = _offered(azc, town, join)
    anna.once()
    carla.once()
    _accept(carla, case)

    def kill(asked: Asked) -> Said | None:
        if asked.path == path:
            own_server.stop(signal.SIGKILL)
        return None

    with web_proxy(carla.address) as proxy:
        proxy.instead = kill
        with pytest.raises(EnvironmentProblem):
            carla.online(proxy.address).rounds()
    assert own_server.process is None
    own_server.start()
    assert log_of(town, case).holder == town.root.card.id
    carla.once()

    assert _has_arrived(town, join, case)
    anna.once()
    assert anna.step(case) is MembershipStep.ACCEPTED


def _killed_and_opened_again(laptop: Laptop) -> Laptop:
    """Return the laptop as it is after a crash: what no transaction made durable is gone."""
    laptop.close()
    vault = open_vault(laptop.vault.directory, PASSPHRASE, CLOCK)
    return Laptop(vault, open_journal(vault.directory, vault, CLOCK), laptop.address)


def _cut_after(requests: int) -> Callable[[Asked], Said | None]:
    done = count()

    def cut(_asked: Asked) -> Said | None:
        if next(done) >= requests:
            raise ConnectionAbortedError
        return None

    return cut


def _until_a_round_is_whole(laptop: Laptop) -> tuple[Laptop, int]:
    """Kill the laptop after the first request of a round, then after the second, and so on; return how often."""
    for requests in range(_MOST_REQUESTS):
        with web_proxy(laptop.address) as proxy:
            proxy.instead = _cut_after(requests)
            online = laptop.online(proxy.address)
            asked = online.synchronise.prepare()
            assert asked is not None
            try:
                online.synchronise.exchange(asked)
            except EnvironmentProblem:
                laptop = _killed_and_opened_again(laptop)
                continue
        laptop = _killed_and_opened_again(laptop)  # and once more with all answers in hand
        return laptop, requests
    raise AssertionError


def test_a_laptop_killed_between_any_two_requests_of_an_offer(azc: Office, town: Office, join: Join) -> None:
    anna, carla, case = _offered(azc, town, join)

    again, kills = _until_a_round_is_whole(anna)
    assert kills > 3
    again.once()

    carla.once()
    assert carla.answers(case) == {"Keren"}
    assert log_of(azc, case) == again.journal.membership.of(case) == carla.journal.membership.of(case)
    assert not again.journal.membership.is_waiting(case)
    assert _has_arrived(town, join, case)
    again.close()


def test_a_laptop_killed_between_any_two_requests_of_an_acceptance(azc: Office, town: Office, join: Join) -> None:
    anna, carla, case = _offered(azc, town, join)
    anna.once()
    carla.once()
    _accept(carla, case)

    again, kills = _until_a_round_is_whole(carla)
    assert kills > 3
    again.once()

    assert log_of(azc, case).holder == town.root.card.id
    assert not again.journal.membership.is_waiting(case)
    assert _has_arrived(town, join, case)
    anna.once()
    assert anna.step(case) is MembershipStep.ACCEPTED
    assert anna.answers(case) == {"Keren"}
    again.close()
