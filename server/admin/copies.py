"""Copies of the server's database, and putting one back: SQLite by itself, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import inspect

from protocol.errors import EnvironmentProblem, UserError
from server.store.connecting.postgresql import without_password
from server.store.engine import ServerStore


def back_up(database: str, out: Path) -> None:
    """Write a copy of `database` as it is at one moment, while it is being used; only its owner may read it.

    A copy of SQLite is checked before it gets its name. Raises EnvironmentProblem `server.file_exists`,
    `server.backup_failed`, `server.tool_missing` or `server.database_away`.
    """
    if out.exists():
        raise EnvironmentProblem("server.file_exists")
    part = out.with_name(f"{out.name}.part")
    part.unlink(missing_ok=True)
    part.touch(0o600)
    try:
        if "://" in database:
            url, secret = without_password(database)
            _run("pg_dump", secret, "--format=custom", f"--file={part}", f"--dbname={url}")
        else:
            _copy(Path(database), part, "mode=ro")  # which never writes, not even the log back
        part.replace(out)
    except OSError as error:
        raise EnvironmentProblem("server.file_unwritable") from error
    finally:
        part.unlink(missing_ok=True)


def put_back(database: str, source: Path) -> None:
    """Make `database`, which is absent or empty, what the copy at `source` is.

    Raises UserError `server.database_not_empty`, EnvironmentProblem `server.file_unreadable`, `server.backup_failed`
    or `server.tool_missing`; then nothing was put back.
    """
    if not source.is_file():
        raise EnvironmentProblem("server.file_unreadable")
    if "://" not in database:
        _put_back_file(Path(database), source)
        return
    _require_empty(database)
    url, secret = without_password(database)
    how = ("--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={url}")
    _run("pg_restore", secret, *how, str(source))


def _put_back_file(database: Path, source: Path) -> None:
    if database.exists():
        raise UserError("server.database_not_empty")
    part = database.with_name(f"{database.name}.part")
    part.unlink(missing_ok=True)
    part.touch(0o600)
    try:
        _copy(source, part, "immutable=1")
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, target: Path, how: str) -> None:
    if not source.is_file():
        raise EnvironmentProblem("server.database_away")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?{how}", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            found = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise EnvironmentProblem("server.backup_failed") from error
    if found != ("ok",):
        raise EnvironmentProblem("server.backup_failed")


def _require_empty(database: str) -> None:
    store = ServerStore(database)
    try:
        tables = store.run(lambda connection: inspect(connection).get_table_names())
    finally:
        store.close()
    if tables:
        raise UserError("server.database_not_empty")


def _run(tool: str, secret: Mapping[str, str], *arguments: str) -> None:
    path = shutil.which(tool)
    if path is None:
        raise EnvironmentProblem("server.tool_missing")
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tool, with the administrator's own words
        [path, *arguments], env={**os.environ, **secret}, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise EnvironmentProblem("server.backup_failed")
