"""A database as an older server left it."""

from functools import partial

from sqlalchemy import Connection, text

from server.store.engine import ServerStore

_BACK = (
    ("0013", "DROP TABLE contents"),
    ("0012", "ALTER TABLE members DROP COLUMN given"),
    ("0011", "DROP TABLE erasures"),
    ("0011", "DROP TABLE reading_ends"),
    ("0011", "DROP TABLE forgettings"),
    ("0011", "ALTER TABLE members DROP COLUMN changed"),
    ("0011", "ALTER TABLE dossiers DROP COLUMN forgotten"),
    ("0010", "ALTER TABLE members DROP COLUMN attached"),
    ("0010", "ALTER TABLE streams DROP COLUMN octets"),
    ("0008", "DROP TABLE renewals"),
    ("0008", "ALTER TABLE devices DROP COLUMN wrapping"),
    ("0007", "DROP TABLE administrators"),
    ("0006", "DROP INDEX segments_by_dossier"),
    ("0005", "DROP TABLE revocations"),
    ("0004", "ALTER TABLE devices DROP COLUMN seen"),
    ("0003", "DROP TABLE damaged"),
    ("0002", "ALTER TABLE feed DROP COLUMN mark"),
    ("0001", "DROP TABLE pieces"),
)
"""What takes back what came after a revision, the newest first."""


def take_back(store: ServerStore, revision: str) -> None:
    """Bring the database to the form of `revision`."""
    for left, statement in _BACK:
        if left >= revision:
            store.run(partial(Connection.execute, statement=text(statement)))
    back = text("UPDATE alembic_version SET version_num = :revision").bindparams(revision=revision)
    store.run(partial(Connection.execute, statement=back))
