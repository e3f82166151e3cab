"""Answer to durable row, against a plain SQLite commit and against SQLCipher, turn by turn."""

import importlib.util
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import Any

from benchmarks.measure import percentile, taken_by
from benchmarks.results import Result, ratio_of
from benchmarks.vault_world import (
    ANSWER,
    CONTEXT,
    QUESTIONS,
    bodies,
    folder,
    plain_database,
    plain_json,
    prepared,
    world,
)

ROUNDS = 1500
OURS = "ours"
PLAIN = "a plain SQLite commit"
PLAIN_SAME = "plain SQLite, the same columns and index"
SAME = "SQLCipher, the same columns and index"
BARE = "SQLCipher, one column of text"

_LIMIT = "the flush of the disk; after it, caches that are cold for the code of five libraries"
_FLOOR = "below what plain SQLite needs for the same row (the row above), which flushes the same two pages"
_WORK = "SQLite alone is 0.3; sealing, hashing, JSON there and back and the fold are calls into five libraries"
_WARM_UP = 50
_TABLE = "create table answers (id integer primary key, text)"
_PARTS = (("p50", 0.5), ("p99", 0.99))


def compare() -> list[Result]:
    """Commit `ROUNDS` answers in each of the three ways, taking turns so that a busy disk is busy for all."""
    with (
        folder() as place,
        world(place) as ours,
        plain_database(place / "plain.db") as plain,
        plain_database(place / "same.db") as same,
        _cipher(place) as cipher,
    ):
        dossier = ours.fill(1, 150)[0]
        answers = cycle(bodies(QUESTIONS))
        ways: dict[str, Callable[[], object]] = {
            OURS: lambda: ours.journal.append(dossier, next(answers), CONTEXT),
            PLAIN: committing(plain),
            PLAIN_SAME: committing_rows(same),
        }
        if cipher is not None:
            ways[SAME] = committing_rows(cipher)
            ways[BARE] = committing(cipher)
        clock, work = _in_turn(ways)
    rows = [_row(part, clock, PLAIN, most) for part, most in zip(_PARTS, (1.35, 1.6), strict=True)]
    if SAME not in clock:
        print("SQLCipher is not installed: left out", flush=True)
        return rows
    floor = _ratio(f"{PLAIN_SAME}, p50", clock, PLAIN_SAME, SAME, 0.5)
    worked = _ratio("answer to durable row, work, p50", work, OURS, SAME, 0.5, limit=_WORK)
    least = _ratio("answer to durable row, p50", clock, OURS, SAME, 0.5, 0.75, _FLOOR)
    others = [_row(_PARTS[1], clock, SAME, None), *(_row(part, clock, BARE, None) for part in _PARTS)]
    return [*rows, floor, least, *others, worked]


_Taken = dict[str, list[float]]


def _in_turn(ways: dict[str, Callable[[], object]]) -> tuple[_Taken, _Taken]:
    """Return the seconds by the clock, and those of the processor, of each way."""
    clock: _Taken = {name: [] for name in ways}
    work: _Taken = {name: [] for name in ways}
    names = list(ways)
    for number in range(_WARM_UP + ROUNDS):
        for place in range(len(names)):
            name = names[(number + place) % len(names)]
            by_clock, worked = taken_by(ways[name])
            clock[name].append(by_clock)
            work[name].append(worked)
    return _warm(clock), _warm(work)


def _warm(taken: _Taken) -> _Taken:
    return {name: values[_WARM_UP:] for name, values in taken.items()}


def _row(part: tuple[str, float], taken: _Taken, against: str, most: float | None) -> Result:
    name, share = part
    return _ratio(f"answer to durable row, {name}", taken, OURS, against, share, most)


def _ratio(
    row: str, taken: _Taken, ours: str, against: str, share: float, most: float | None = None, limit: str = _LIMIT
) -> Result:
    return ratio_of(row, percentile(taken[ours], share), against, percentile(taken[against], share), most, limit)


def committing(connection: Any) -> Callable[[], object]:  # noqa: ANN401  # SQLite and SQLCipher have no type in common
    """Return what commits one answer to a fresh table."""
    connection.execute(_TABLE)

    def commit() -> None:
        connection.execute("begin immediate")
        connection.execute("insert into answers (text) values (?)", (ANSWER,))
        connection.execute("commit")

    return commit


def committing_rows(connection: Any) -> Callable[[], object]:  # noqa: ANN401  # as above
    """Return what commits one answer with what a journal keeps beside it: case, device, number, author, time."""
    connection.execute(
        "create table events (id integer primary key, dossier blob, compartment text, epoch integer, device blob, "
        "sequence integer, previous blob, body text, checksum blob)"
    )
    connection.execute("create unique index one on events (dossier, device, sequence)")
    dossier, device, body = secrets.token_bytes(16), secrets.token_bytes(16), plain_json(1).decode("utf-8")
    numbers = count(1)

    def commit() -> None:
        values = (dossier, "core", 1, device, next(numbers), bytes(32), body, bytes(8))
        connection.execute("begin immediate")
        connection.execute(
            "insert into events (dossier, compartment, epoch, device, sequence, previous, body, checksum) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            values,
        )
        connection.execute("commit")

    return commit


@contextmanager
def _cipher(place: Path) -> Iterator[sqlite3.Connection | None]:
    """Yield a database of SQLCipher with a raw key, so that deriving one is not measured; None where there is none."""
    if importlib.util.find_spec("sqlcipher3") is None:
        yield None
        return
    from sqlcipher3 import dbapi2

    with closing(dbapi2.connect(str(place / "cipher.db"), isolation_level=None)) as connection:
        connection.execute(f"pragma key = \"x'{secrets.token_hex(32)}'\"")
        prepared(connection)
        yield connection
