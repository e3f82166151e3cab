"""How SQLite says that it carries out what a piece of our code asks of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, event

from server.store.engine import ServerStore

_EXPLAINED = ("SELECT", "UPDATE", "DELETE")


@contextmanager
def query_plans(store: ServerStore) -> Iterator[list[str]]:
    """Give the plan of every statement inside, line by line; those of a limited one end with `LIMIT`."""
    plans: list[str] = []

    def explain(
        connection: Connection, _cursor: object, statement: str, parameters: tuple[object, ...], *_about: object
    ) -> None:
        if statement.startswith(_EXPLAINED):
            found = connection.connection.cursor().execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall()
            plans.extend(f"{line[3]} LIMIT" if "LIMIT" in statement else line[3] for line in found)

    event.listen(store.engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(store.engine, "before_cursor_execute", explain)
