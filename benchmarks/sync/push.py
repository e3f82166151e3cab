"""Pushing everything a new laptop has, against PostgreSQL's own batch insert of the same rows."""

import statistics
from collections.abc import Callable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.measure import seconds
from benchmarks.results import Result, ratio_of
from benchmarks.sync.world import Stored, connected, everything, full_laptop, office, served, stored_rows
from protocol.limits import MOST_ROWS
from tests.sync.postgres import Cluster

EVENTS = 75_000
ROUNDS = 3
FEW, MANY = 200, 2_500
LEAST_A_SECOND = 15_000
TABLE = """
create table {name} (
    organisation text, dossier text, device text, sequence bigint, compartment text, epoch integer,
    previous bytea, sealed bytea, primary key (organisation, dossier, device, sequence)
)
"""


def comparisons(cluster: Cluster | None) -> Sequence[Callable[[], Result]]:
    """Return what pushes `EVENTS` events: to PostgreSQL in few and in many dossiers, where it is, and to SQLite."""
    if cluster is None:
        return (_to_sqlite,)
    return partial(_to_postgresql, cluster, FEW, 3.0), partial(_to_postgresql, cluster, MANY, 8.0), _to_sqlite


def _to_postgresql(cluster: Cluster, dossiers: int, most: float) -> Result:
    """Push and insert turn by turn, each time a new laptop and a new table."""
    taken: list[float] = []
    inserted: list[float] = []
    numbers = count()
    with psycopg.connect(cluster.new_database()) as plain:
        for _ in range(ROUNDS):
            pushed, rows = _push(cluster.new_database(), dossiers)
            taken.append(pushed)
            inserted.append(_inserted(plain, f"rows_{next(numbers)}", rows))
    title = f"push {EVENTS:,} events in {dossiers:,} dossiers"
    limit = "Python on both sides of the wire, one after the other, a commit for each message"
    against = f"batch insert, {MOST_ROWS:,} rows a commit"
    return ratio_of(title, statistics.median(taken), against, statistics.median(inserted), most, limit)


def _to_sqlite() -> Result:
    """Push to a server over its embedded database."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as folder:
            taken.append(_push(str(Path(folder) / "server.db"), FEW)[0])
    rate = EVENTS / statistics.median(taken)
    title, target = f"push to SQLite, {FEW} dossiers", f">= {LEAST_A_SECOND:,}/s"
    return Result(title, rate, target=target, met=rate >= LEAST_A_SECOND, unit="/s", limit="the same")


def _push(database: str, dossiers: int) -> tuple[float, Sequence[Stored]]:
    """Return the seconds from the first request to the end of the round that finds nothing left, and the rows."""
    with served(database) as (server, folder):
        laptop = full_laptop(office(server, folder), dossiers, EVENTS)
        online = connected(laptop)
        taken = seconds(lambda: everything(online))
        rows = stored_rows(laptop, EVENTS)
        laptop.close()
    return taken, rows


def _inserted(connection: "psycopg.Connection[object]", name: str, rows: Sequence[Stored]) -> float:
    """Return the seconds that it takes to insert `rows` into a new table `name`."""
    connection.execute(TABLE.format(name=name).encode("ascii"))
    statement = f"insert into {name} values (%s, %s, %s, %s, %s, %s, %s, %s)".encode("ascii")  # noqa: S608  # our name
    connection.commit()

    def insert() -> None:
        for start in range(0, len(rows), MOST_ROWS):
            with connection.cursor() as cursor:
                cursor.executemany(statement, rows[start : start + MOST_ROWS])
            connection.commit()

    return seconds(insert)
