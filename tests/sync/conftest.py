"""Real servers for the sync tests, over SQLite and, where it is installed, over PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.services.suite import Services
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.sync.membership.laptops import open_laptop
from tests.sync.postgres import Cluster, binaries, running_cluster


@pytest.fixture(
    scope="session", params=["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgresql, pytest.mark.long])]
)
def new_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], str]:
    """Return a function that gives a fresh database: a path, or the URL of a PostgreSQL database."""
    if request.param == "postgresql":
        cluster: Cluster = request.getfixturevalue("cluster")
        return cluster.new_database
    return lambda: str(tmp_path_factory.mktemp("database") / "server.db")


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Return a running PostgreSQL server."""
    tools = binaries()
    assert tools is not None
    with running_cluster(tools) as running:
        yield running


@pytest.fixture(scope="session")
def shared_server(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    """Return a running server that many tests share; each brings organisations of its own."""
    yield from _running(new_database(), tmp_path_factory.mktemp("server"))


@pytest.fixture
def own_server(new_database: Callable[[], str], tmp_path: Path) -> Iterator[ServerProcess]:
    """Return a running server for one test alone, which may stop, kill and restart it."""
    yield from _running(new_database(), tmp_path)


@pytest.fixture
def azc(shared_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a reception location."""
    return found_office(shared_server, tmp_path / "azc", "AZC Dronten", "reception")


@pytest.fixture
def town(shared_server: ServerProcess, tmp_path: Path) -> Office:
    """Return a municipality."""
    return found_office(shared_server, tmp_path / "town", "Gemeente Haarlem", "municipality")


@pytest.fixture
def join() -> Iterator[Callable[..., Laptop]]:
    """Return a function that makes laptops, all shut down at the end: `join(office, name, invitation=None)`."""
    made: list[Laptop] = []

    def make(office: Office, name: str, invitation: tuple[bytes, str] | None = None) -> Laptop:
        laptop = office.laptop(name, invitation)
        made.append(laptop)
        return laptop

    yield make
    for laptop in made:
        laptop.close()


@pytest.fixture
def anna(azc: Office, join: Callable[..., Laptop]) -> Laptop:
    """Return an enrolled laptop with a case."""
    laptop = join(azc, "anna")
    laptop.online().client.enrol(laptop.vault.membership.chain)
    laptop.open_case()
    return laptop


@pytest.fixture
def sit_down() -> Iterator[Callable[[Office, str], Services]]:
    """Return a function that gives a worker of an office the use cases over a vault of their own."""
    opened: list[Services] = []

    def sit(office: Office, name: str) -> Services:
        opened.append(open_laptop(office, name))
        return opened[-1]

    yield sit
    for services in opened:
        services.close()


def _running(database: str, folder: Path) -> Iterator[ServerProcess]:
    server = ServerProcess(database, folder / "server.log")
    server.start()
    yield server
    server.stop()
