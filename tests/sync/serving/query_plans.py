"""Every statement that the server's code runs, caught on its way to the database, and how the database finds its rows.

The plans are read with the scans forbidden that an index could spare, so that they tell what the indexes allow and not
what is cheapest for a few rows.
"""

import ast
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event

from server.store.engine import ServerStore
from tests import places

SMALL = frozenset(
    {"administrators", "alembic_version", "devices", "directories", "organisations", "renewals", "revocations", "state"}
)
"""Tables that grow with offices and laptops, not with cases, rows or time."""

_SERVER = places.ROOT / "server"
_LIBRARY = "sqlalchemy"
_ON_INDEXES = ("set enable_seqscan = off", "set enable_mergejoin = off", "set enable_hashjoin = off")
_RUNS = frozenset({"execute", "exec_driver_sql"})

Site = tuple[str, str]
"""Where a statement is run: module and function, the module as a path below the server's folder."""


@dataclass(frozen=True, slots=True)
class Caught:
    """A statement with the values that it was run with first."""

    site: Site
    statement: str
    values: Any


@dataclass(slots=True)
class Catch:
    """The statements of the server's own code, each once."""

    known: dict[str, Caught] = field(default_factory=dict)
    sites: set[Site] = field(default_factory=set)

    def take(self, statement: str, values: Any, *, many: bool) -> None:  # noqa: ANN401  # as the driver takes them
        """Note a statement, unless it is the test's own."""
        site = _site()
        if site is None:
            return
        self.sites.add(site)
        if statement.split(maxsplit=1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            self.known.setdefault(
                statement, Caught(site, statement, values[0] if many and isinstance(values, list) else values)
            )


@contextmanager
def caught() -> Iterator[Catch]:
    """Catch what goes to any database from this process within the block."""
    found = Catch()

    def before(_connection: object, _cursor: object, statement: str, values: Any, _context: object, many: bool) -> None:  # noqa: ANN401, FBT001
        found.take(statement, values, many=many)

    event.listen(Engine, "before_cursor_execute", before)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", before)


def scanned(store: ServerStore, caught: Caught) -> list[str]:
    """Return the large tables of which `caught` would read every row, in words of the database."""
    return store.run(lambda connection: [each for each in _reading(connection, caught) if each])


def all_sites() -> set[Site]:
    """Return every function of the server that runs a statement."""
    return {
        (path.relative_to(_SERVER).as_posix(), function.name)
        for path in _SERVER.rglob("*.py")
        if "migrations" not in path.parts
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef) and any(map(_runs, ast.walk(function)))
    }


def _runs(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _RUNS


def _site() -> Site | None:
    """Return the innermost place outside of the library, None where it is not the server's."""
    frame = sys._getframe(2)
    while frame is not None and (f"/{_LIBRARY}/" in frame.f_code.co_filename or __file__ == frame.f_code.co_filename):
        frame = frame.f_back  # type: ignore[assignment]  # None ends the loop
    path = Path("/") if frame is None else Path(frame.f_code.co_filename)
    if frame is None or not path.is_relative_to(_SERVER):
        return None
    name = frame.f_code.co_qualname if hasattr(frame.f_code, "co_qualname") else frame.f_code.co_name
    return path.relative_to(_SERVER).as_posix(), name.split(".<locals>")[0].rsplit(".", 1)[-1]


def _reading(connection: Connection, caught: Caught) -> Iterator[str]:
    if connection.dialect.name == "sqlite":
        plan = connection.exec_driver_sql(f"explain query plan {caught.statement}", caught.values)
        yield from (_scanned_by_sqlite(str(row[-1])) for row in plan.all())
        return
    for setting in _ON_INDEXES:
        connection.exec_driver_sql(setting)
    plan = connection.exec_driver_sql(f"explain (format json) {caught.statement}", caught.values)
    found = plan.scalar_one()
    yield from _scanned_by_postgresql((json.loads(found) if isinstance(found, str) else found)[0]["Plan"])


def _scanned_by_sqlite(step: str) -> str:
    words = step.split()
    is_large = words[0] == "SCAN" and words[1].isidentifier() and words[1].lower() not in {*SMALL, "constant"}
    return step if is_large else ""


def _scanned_by_postgresql(node: Mapping[str, Any]) -> Iterator[str]:
    table, kind = node.get("Relation Name"), str(node["Node Type"])
    if table is not None and table not in SMALL and "Index Cond" not in node and kind not in _NOT_READING:
        inner = node.get("Plans", [])
        if not any("Index Cond" in each for each in inner):
            yield f"{kind} of {table}"
    for inner in node.get("Plans", []):
        yield from _scanned_by_postgresql(inner)


_NOT_READING = frozenset({"ModifyTable", "LockRows"})
