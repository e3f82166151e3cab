"""The generation of the database: a random name that changes when it comes back from a backup.

Laptops keep it beside their cursor. A restored feed gives old numbers out again; on seeing another generation a laptop
reads from the first number and sends again what it has, so that neither side skips what the other lacks.
"""

from sqlalchemy import Connection, delete, insert, select

from protocol.identifiers import new_id
from server.store.engine import insert_once
from server.store.tables import STATE

_NAME = "generation"


def ensure_generation(connection: Connection) -> None:
    """Give a new database its first generation."""
    insert_once(connection, STATE, {"name": _NAME, "value": new_id()})


def generation_of(connection: Connection) -> str:
    """Return the present generation."""
    value: str = connection.execute(select(STATE.c.value).where(STATE.c.name == _NAME)).scalar_one()
    return value


def begin_generation(connection: Connection) -> str:
    """Begin another generation, because this database is a restored one, and return it."""
    connection.execute(delete(STATE).where(STATE.c.name == _NAME))
    value = new_id()
    connection.execute(insert(STATE).values(name=_NAME, value=value))
    return value
