"""Who may sign in to the administrator's page: names of accounts, and what is kept of their passphrases."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, delete, select

from protocol.errors import UserError
from server.passphrases import PassphraseHash
from server.store.engine import insert_once
from server.store.tables import ADMINISTRATORS

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


def add_administrator(connection: Connection, name: str, kept: PassphraseHash, now: int) -> None:
    """Add an account.

    Raises UserError `server.administrator_name` unless the name is 1 to 64 lower-case letters, digits, dots and dashes,
    and `server.administrator_exists` rather than replace one.
    """
    if not _NAME.fullmatch(name):
        raise UserError("server.administrator_name")
    values: dict[str, object] = {
        "name": name,
        "salt": kept.salt,
        "cost": kept.cost,
        "digest": kept.digest,
        "created": now,
    }
    if not insert_once(connection, ADMINISTRATORS, values):
        raise UserError("server.administrator_exists")


def administrator_of(connection: Connection, name: str) -> PassphraseHash | None:
    """Return what is kept of the passphrase of the account `name`, or None."""
    columns = (ADMINISTRATORS.c.salt, ADMINISTRATORS.c.cost, ADMINISTRATORS.c.digest)
    row = connection.execute(select(*columns).where(ADMINISTRATORS.c.name == name)).one_or_none()
    return None if row is None else PassphraseHash(bytes(row[0]), row[1], bytes(row[2]))


def administrators(connection: Connection) -> Sequence[tuple[str, int]]:
    """Return every account by name, with when it was made."""
    query = select(ADMINISTRATORS.c.name, ADMINISTRATORS.c.created).order_by(ADMINISTRATORS.c.name)
    return [(name, created) for name, created in connection.execute(query)]


def remove_administrator(connection: Connection, name: str) -> None:
    """Remove an account; raises UserError `server.administrator_unknown`."""
    if connection.execute(delete(ADMINISTRATORS).where(ADMINISTRATORS.c.name == name)).rowcount == 0:
        raise UserError("server.administrator_unknown")
