"""Several servers over one PostgreSQL: what one of them has seen holds for all."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from desktop.sync import outgoing
from protocol.canonical import canonical_bytes
from protocol.messages.rows import batch_bytes
from server.store import devices
from server.store.engine import ServerStore
from tests.sync.machines import Laptop, ServerProcess, found_office
from tests.sync.postgres import Cluster
from tests.sync.raw import plain, refused, send, signed

pytestmark = [pytest.mark.postgresql, pytest.mark.long]
_ORIGIN = "https://opmaat.example.nl"
_WORKERS = 4


@pytest.fixture
def workers(cluster: Cluster, tmp_path: Path) -> Iterator[Sequence[ServerProcess]]:
    """Return servers that all began at once over one empty database."""
    database = cluster.new_database()
    more = ("--origin", _ORIGIN)
    made = [ServerProcess(database, tmp_path / f"{number}.log", more=more) for number in range(_WORKERS)]
    with ThreadPoolExecutor(_WORKERS) as together:
        list(together.map(ServerProcess.start, made))
    yield made
    for server in made:
        server.stop()


@pytest.fixture
def anna(workers: Sequence[ServerProcess], tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop that one of the servers enrolled."""
    laptop = found_office(workers[0], tmp_path / "azc", "AZC Dronten", "reception").laptop("anna")
    body = canonical_bytes(laptop.vault.membership.chain.to_json())
    assert send(_at(workers[1], signed(laptop.vault.device, "POST", f"{_ORIGIN}/v1/devices", body))).status_code == 201
    yield laptop
    laptop.close()


def _at(server: ServerProcess, request: httpx.Request) -> httpx.Request:
    """Return `request` as a proxy hands it to `server`."""
    return httpx.Request(
        request.method, f"{server.address}{request.url.path}", headers=request.headers, content=request.content
    )


def test_workers_that_start_at_once_bring_an_empty_database_to_its_form(workers: Sequence[ServerProcess]) -> None:
    assert [plain("GET", f"{server.address}/v1/ready").status_code for server in workers] == [200] * _WORKERS


@pytest.mark.parametrize(("method", "path"), [("GET", "/v1/feed"), ("POST", "/v1/rows")])
def test_a_request_is_answered_by_one_worker_and_by_no_other(
    workers: Sequence[ServerProcess], anna: Laptop, method: str, path: str
) -> None:
    body = b"" if method == "GET" else _rows_of(anna)
    request = signed(anna.vault.device, method, f"{_ORIGIN}{path}", body)

    answers = [send(_at(server, request)) for server in workers]

    assert answers[0].status_code == 200
    assert {refused(answer).code for answer in answers[1:]} == {"sync.request_replayed"}


def test_a_revoked_device_is_refused_by_workers_that_let_it_in_before(
    workers: Sequence[ServerProcess], anna: Laptop
) -> None:
    def codes() -> set[int]:
        device = anna.vault.device
        return {send(_at(each, signed(device, "GET", f"{_ORIGIN}/v1/feed"))).status_code for each in workers}

    assert codes() == {200}
    _revoke(workers[0], anna)
    assert codes() == {403}


def _rows_of(laptop: Laptop) -> bytes:
    laptop.open_case()
    waiting = outgoing.collect(laptop.journal, laptop.vault.device)
    assert waiting is not None
    assert waiting.batch is not None
    return batch_bytes(waiting.batch)


def _revoke(server: ServerProcess, laptop: Laptop) -> None:
    store = ServerStore(server.database)
    store.run(partial(devices.revoke, device=laptop.vault.device.id, now=1))
    store.close()
