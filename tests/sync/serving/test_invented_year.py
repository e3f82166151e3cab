"""What the national year is measured with: cases that the server reads as its own, and requests that it takes."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from benchmarks.year import figures
from benchmarks.year.example import make_example
from benchmarks.year.filling import fill
from benchmarks.year.load import send_all
from benchmarks.year.messages import PUSH, plan, read_ends
from benchmarks.year.nation import found_nation
from server.store import pages
from server.store.calling_device import CallingDevice
from server.store.engine import ServerStore
from server.store.feed import FeedKind
from server.store.tables import DAMAGED, ROWS
from tests.sync.machines import ServerProcess
from tests.sync.postgres import Cluster

_CASES = 6


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[ServerProcess]:
    """Return a server over a database of its own."""
    made = ServerProcess(cluster.new_database(), tmp_path / "server.log")
    made.start()
    yield made
    made.stop()


@pytest.mark.long
@pytest.mark.postgresql
def test_invented_cases_are_whole_and_invented_laptops_are_answered(server: ServerProcess, tmp_path: Path) -> None:
    example = make_example(server, tmp_path, answers=6, later_answers=4)
    store = ServerStore(server.database)
    nation = found_nation(store, receptions=2, municipalities=3)

    fill(server.database, nation, example, _CASES)
    town = nation.municipalities[0]
    reader = CallingDevice(town.laptops[0].id, town.organisation, town.laptops[0].public)
    page = store.run(lambda connection: pages.read_page(connection, reader, 0, own_too=True))
    planned = plan(nation, read_ends(server.database, nation), [server.address], 2, 1, time.time())
    answered = send_all(planned, [server.address], time.time())

    assert page.head.more is False
    assert len(page.head.wraps) == 2 * 2  # to read what came before, and to go on
    assert sum(len(segment.rows) for segment in page.segments) == 2 * len(_rows_of(store, example.dossier))
    assert _left_out(store) <= {FeedKind.MEMBERSHIP.value}  # signed for the organisations of the example
    assert set(answered.statuses) == {200}
    assert len(answered.seconds[PUSH]) > 0
    assert figures.percentile([3, 1, 2], 0.5) == 2
    store.close()


def _rows_of(store: ServerStore, dossier: str) -> list[object]:
    query = select(ROWS.c.sequence).where(ROWS.c.dossier == dossier)
    return store.run(lambda connection: [*connection.execute(query)])


def _left_out(store: ServerStore) -> set[object]:
    return set(store.run(lambda connection: connection.execute(select(DAMAGED.c.kind)).scalars().all()))
