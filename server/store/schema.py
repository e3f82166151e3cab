"""Bringing a database to the form this program knows, at every start."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from protocol.errors import EnvironmentProblem
from server.store.engine import ServerStore, take_time
from server.store.generation import ensure_generation

_MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
_LOCK = 7160418  # any number, the same in every worker


def migrate(store: ServerStore) -> None:
    """Apply the migrations that are missing, all in one transaction; several workers may start at once.

    Raises EnvironmentProblem `server.database_newer` when a newer program has already changed the database, and
    `server.database_away` when it cannot be opened.
    """
    try:
        store.run(_upgrade)
    except OperationalError as error:
        raise EnvironmentProblem("server.database_away") from error


def _upgrade(connection: Connection) -> None:
    take_time(connection)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = AlembicConfig()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if not set(MigrationContext.configure(connection).get_current_heads()) <= known:
        raise EnvironmentProblem("server.database_newer")
    command.upgrade(config, "head")
    ensure_generation(connection)
