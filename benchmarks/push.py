"""Pushing sealed events to the server, against PostgreSQL's own batch insert of the same bytes."""

import tempfile
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import psycopg

from benchmarks.measure import Comparison, LeftOut, in_turn
from desktop.records.events.bodies import AnswerGiven
from protocol.limits import MOST_ROWS
from tests.sync.machines import AT_THE_TABLE, Laptop, Online, ServerProcess, found_office
from tests.sync.postgres import binaries, running_cluster

TITLE = "Push of 10,000 sealed events"
ROUNDS = 3
EVENTS = 10_000
DOSSIERS = 20
ANSWER = "Ik heb vijf jaar op school gezeten en daarna gewerkt op de markt van mijn grootmoeder."
TABLE = """
create table {name} (
    organisation text, dossier text, device text, sequence bigint, compartment text, epoch integer,
    previous bytea, sealed bytea, primary key (organisation, dossier, device, sequence)
)
"""
Stored = tuple[str | None, str, str, int, str, int, bytes, bytes]


def compare() -> Comparison | LeftOut:
    """Push `EVENTS` events of a new laptop `ROUNDS` times, and insert their bytes into a plain table each time."""
    tools = binaries()
    if tools is None:
        return LeftOut(TITLE, "PostgreSQL is not installed (no initdb, pg_ctl and postgres)")
    with tempfile.TemporaryDirectory() as name, running_cluster(tools, durable=True) as cluster:
        server = ServerProcess(cluster.new_database(), Path(name) / "server.log")
        server.start()
        laptops = [_full_laptop(server, Path(name) / str(number)) for number in range(ROUNDS + 1)]
        try:
            taken, other = _measure(laptops, cluster.new_database())
        finally:
            for laptop in laptops:
                laptop.close()
            server.stop()
    fairness = (
        f"same bytes, same PostgreSQL with fsync, a commit every {MOST_ROWS:,} rows on both; ours also reads its "
        "vault, signs, sends over HTTP, verifies, looks for gaps and writes segments and the feed, in two processes"
    )
    return Comparison(TITLE, taken, other, "batch insert", fairness)


def _measure(laptops: Sequence[Laptop], plain: str) -> tuple[list[float], list[float]]:
    ways = [_connected(laptop) for laptop in laptops]
    waiting = iter(ways)
    rows = _rows(laptops[0])
    numbers = count()
    with psycopg.connect(plain) as connection:

        def insert() -> None:
            _insert(connection, f"rows_{next(numbers)}", rows)

        def push() -> None:
            next(waiting).rounds()

        in_turn(push, insert, 1)
        return in_turn(push, insert, ROUNDS)


def _full_laptop(server: ServerProcess, folder: Path) -> Laptop:
    """Return a laptop of an organisation of its own, with `EVENTS` events in its journal that nobody has yet."""
    laptop = found_office(server, folder, "Meting", "reception").laptop("laptop")
    for _ in range(DOSSIERS):
        dossier = laptop.open_case()
        answers = [AnswerGiven("/intake/woonplaats", "given", ANSWER)] * (EVENTS // DOSSIERS - 1)
        laptop.journal.append_all(dossier, answers, AT_THE_TABLE)
    return laptop


def _connected(laptop: Laptop) -> Online:
    """Return the way to the server of a laptop that the server knows, with nothing sent yet."""
    online = laptop.online()
    online.client.enrol(laptop.vault.membership.chain)
    return online


def _rows(laptop: Laptop) -> list[Stored]:
    return [
        (
            laptop.vault.organisation_id,
            row.dossier,
            row.device,
            row.sequence,
            row.compartment,
            row.epoch,
            row.previous,
            row.sealed,
        )
        for row in laptop.journal.outbox.rows_after(0, EVENTS)
    ]


def _insert(connection: "psycopg.Connection[object]", name: str, rows: Sequence[Stored]) -> None:
    connection.execute(TABLE.format(name=name).encode("ascii"))
    statement = f"insert into {name} values (%s, %s, %s, %s, %s, %s, %s, %s)".encode("ascii")  # noqa: S608  # our name
    connection.commit()
    for start in range(0, len(rows), MOST_ROWS):
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows[start : start + MOST_ROWS])
        connection.commit()
