"""What is read from the machine while and after it serves: sizes, memory, and where times lie."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

_TABLES = ("rows", "segments", "feed", "wrap_sets", "statements", "streams", "members", "dossiers")


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def table_octets(url: str) -> Mapping[str, tuple[int, int]]:
    """Return, per table, the bytes of its rows and of its indexes."""
    with psycopg.connect(url) as connection:
        return {table: _sizes(connection, table) for table in _TABLES}


def database_octets(url: str) -> int:
    """Return the bytes of the whole database."""
    with psycopg.connect(url) as connection:
        found = connection.execute("select pg_database_size(current_database())").fetchone()
    return 0 if found is None else int(found[0])


def memory_octets(process: int) -> int:
    """Return the memory of a process, what it shares divided among those that share it."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def work_seconds(process: int) -> float:
    """Return how long a process has worked."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def _sizes(connection: "psycopg.Connection[tuple[object, ...]]", table: str) -> tuple[int, int]:
    found = connection.execute("select pg_table_size(%s), pg_indexes_size(%s)", (table, table)).fetchone()
    if found is None:
        raise LookupError(table)
    return int(str(found[0])), int(str(found[1]))
