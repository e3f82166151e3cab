"""Removing much in small steps, each in one transaction, so that laptops get their turn between them."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_

from server.store.engine import ServerStore

AT_ONCE = 2000
"""Rows of one step; a piece of an attachment counts as a hundred of them."""

PIECES_AT_ONCE = 20


def remove_some(connection: Connection, table: Table, most: int, *where: ColumnElement[bool]) -> int:
    """Remove at most `most` rows of `table` for which every condition holds, and return how many it were.

    SQLite overwrites what it removes; PostgreSQL does when it vacuums the table and uses the room again.
    """
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    key = tuple(table.primary_key)
    found = select(*key).where(*where).limit(most)
    here = key[0].in_(found) if len(key) == 1 else tuple_(*key).in_(found)
    return connection.execute(delete(table).where(here)).rowcount


def repeat(store: ServerStore, step: Callable[[Connection], int]) -> int:
    """Run `step` in a transaction of its own until it has nothing left to do, and return all that it did."""
    done = 0
    while amount := store.run(step):
        done += amount
    return done
