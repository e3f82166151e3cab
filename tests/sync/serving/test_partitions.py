"""A PostgreSQL whose large tables are cut by organisation: the same server, the same exchange."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from protocol.messages.membership import MembershipStep
from tests import places
from tests.sync.machines import Laptop, ServerProcess, found_office
from tests.sync.postgres import Cluster

Join = Callable[..., Laptop]
pytestmark = [pytest.mark.postgresql, pytest.mark.long]
_SCRIPT = places.ROOT / "packaging" / "server" / "partition.sql"
_LARGE = {"rows", "segments", "feed", "streams", "members", "wrap_sets", "pieces", "statements"}


@pytest.fixture
def server(cluster: Cluster, tmp_path: Path) -> Iterator[ServerProcess]:
    """Return a server over a database of its own."""
    made = ServerProcess(cluster.new_database(), tmp_path / "server.log")
    made.start()
    yield made
    made.stop()


def test_a_handover_goes_on_over_tables_that_were_cut(server: ServerProcess, tmp_path: Path, join: Join) -> None:
    azc = found_office(server, tmp_path / "azc", "AZC Dronten", "reception")
    town = found_office(server, tmp_path / "town", "Gemeente Haarlem", "municipality")
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    anna.answer(case, "before")
    for laptop in (anna, carla):
        laptop.once()

    server.stop()
    with psycopg.connect(server.database) as connection:
        connection.execute(_SCRIPT.read_bytes())
        cut = connection.execute("SELECT relname FROM pg_class WHERE relkind = 'p'").fetchall()
    server.start()
    anna.answer(case, "after", "/intake/q2")
    anna.offer(case, town.root.card)
    anna.once()
    carla.once()
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
        carla.once()
    dawit = join(town, "dawit")
    dawit.once()

    assert {name for (name,) in cut} == _LARGE
    assert dawit.answers(case) == {"before"}
    assert dawit.answers(case, "/intake/q2") == {"after"}
    assert dawit.step(case) is MembershipStep.ACCEPTED
