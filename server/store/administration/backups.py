"""When a copy of the database was made last by `opmaat-server backup`."""

from sqlalchemy import Connection, delete, insert, select

from server.store.tables import STATE

_NAME = "backup"


def remember_backup(connection: Connection, now: int) -> None:
    """Remember that a copy was made at `now` (seconds since 1970)."""
    connection.execute(delete(STATE).where(STATE.c.name == _NAME))
    connection.execute(insert(STATE).values(name=_NAME, value=str(now)))


def last_backup(connection: Connection) -> int | None:
    """Return when the last copy was made, or None when none is known."""
    value = connection.execute(select(STATE.c.value).where(STATE.c.name == _NAME)).scalar_one_or_none()
    return int(value) if value is not None and value.isdecimal() else None
