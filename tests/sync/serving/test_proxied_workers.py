"""A real nginx or Caddy, where it is installed, with its published site before several servers over one PostgreSQL."""

import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from protocol.messages.membership import MembershipStep
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.postgres import Cluster
from tests.sync.raw import refused, send, signed
from tests.sync.serving.sites import proxy_before, proxy_program

pytestmark = [pytest.mark.postgresql, pytest.mark.long]
Join = Callable[..., Laptop]
_WORKERS = 3


@pytest.fixture
def workers(cluster: Cluster, tmp_path: Path) -> Iterator[Sequence[ServerProcess]]:
    """Return servers over one database."""
    database = cluster.new_database()
    made = [ServerProcess(database, tmp_path / f"{number}.log") for number in range(_WORKERS)]
    for server in made:
        server.start()
    yield made
    for server in made:
        server.stop()


@pytest.fixture(params=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, workers: Sequence[ServerProcess], tmp_path: Path) -> Iterator[str]:
    """Return the address of a proxy in front of all of them."""
    if proxy_program(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    with proxy_before(request.param, [server.port for server in workers], tmp_path) as address:
        yield address


@pytest.fixture
def offices(workers: Sequence[ServerProcess], tmp_path: Path) -> tuple[Office, Office]:
    """Return a reception location and a municipality that know each other."""
    azc = found_office(workers[0], tmp_path / "azc", "AZC Dronten", "reception")
    town = found_office(workers[0], tmp_path / "town", "Gemeente Haarlem", "municipality")
    azc.know(town)
    town.know(azc)
    return azc, town


def _answered(server: ServerProcess) -> int:
    """Return how many requests a server answered with what was asked for."""
    return server.log.read_text("utf-8").count('"status":200')


def test_a_handover_goes_through_all_of_them_and_outlives_one(
    workers: Sequence[ServerProcess], proxied: str, offices: tuple[Office, Office], join: Join
) -> None:
    azc, town = offices
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    for number in range(12):
        anna.answer(case, "x" * 200_000, f"/intake/vraag_{number}")
    for laptop in (anna, carla):
        laptop.online(proxied).rounds()
    anna.offer(case, town.root.card, ("core", "health"))
    anna.online(proxied).rounds()
    carla.online(proxied).rounds()
    assert all(_answered(server) > 0 for server in workers)

    workers[1].stop(signal.SIGKILL)
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
        carla.online(proxied).rounds()
    anna.online(proxied).rounds()

    assert anna.step(case) is MembershipStep.ACCEPTED
    assert len(carla.journal.events(case)) == 13
    for laptop in (anna, carla):
        assert laptop.journal.outbox.waiting() == 0
        assert not laptop.journal.membership.is_waiting(case)


def test_a_request_shown_again_is_refused_whoever_gets_it(
    proxied: str, offices: tuple[Office, Office], join: Join
) -> None:
    anna = join(offices[0], "anna")
    anna.online(proxied).rounds()
    request = signed(anna.vault.device, "GET", f"{proxied}/v1/feed")

    answers = [send(httpx.Request("GET", request.url, headers=request.headers)) for _ in range(2 * _WORKERS)]

    assert answers[0].status_code == 200
    assert {refused(answer).code for answer in answers[1:]} == {"sync.request_replayed"}
