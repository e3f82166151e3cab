"""Which failures of a database mean "later", and what is said of an address with several machines."""

import sqlite3
from collections.abc import Mapping
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from protocol.errors import EnvironmentProblem
from server.store.connecting.failures import is_away, is_full
from server.store.connecting.postgresql import parameters_of, without_password
from server.store.engine import ServerStore


def _of_postgresql(kind: type[psycopg.Error]) -> DBAPIError:
    return DBAPIError("INSERT", None, kind("words"))


@pytest.mark.parametrize(
    "error",
    [
        _of_postgresql(psycopg.OperationalError),  # not reached, or cut off
        _of_postgresql(psycopg.errors.AdminShutdown),
        _of_postgresql(psycopg.errors.CannotConnectNow),
        _of_postgresql(psycopg.errors.DeadlockDetected),
        _of_postgresql(psycopg.errors.DiskFull),
        _of_postgresql(psycopg.errors.QueryCanceled),
        _of_postgresql(psycopg.errors.ReadOnlySqlTransaction),
        _of_postgresql(psycopg.errors.TooManyConnections),
        NoConnectionFree(),
        EnvironmentProblem("server.database_away"),
        EnvironmentProblem("server.commit_unconfirmed"),
    ],
)
def test_a_database_that_cannot_now_is_away(error: Exception) -> None:
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        _of_postgresql(psycopg.errors.UndefinedColumn),
        _of_postgresql(psycopg.errors.DataCorrupted),
        OperationalError("SELECT", None, sqlite3.OperationalError("no such column: x")),
        EnvironmentProblem("server.database_newer"),
        KeyError("mistake"),
    ],
)
def test_a_mistake_is_none_that_goes_away(error: Exception) -> None:
    assert not is_away(error)


def test_a_file_that_cannot_be_written_is_away(tmp_path: Path) -> None:
    path = tmp_path / "server.db"
    store = ServerStore(str(path))
    store.run(lambda connection: connection.exec_driver_sql("CREATE TABLE numbers (number INTEGER)"))
    store.run(lambda connection: connection.exec_driver_sql("PRAGMA query_only = ON"))

    with pytest.raises(OperationalError) as caught:
        store.run(lambda connection: connection.exec_driver_sql("INSERT INTO numbers VALUES (1)"))

    assert is_away(caught.value)
    store.close()


def test_a_full_disk_is_told_apart() -> None:
    assert is_full(_of_postgresql(psycopg.errors.DiskFull))
    assert not is_full(_of_postgresql(psycopg.errors.AdminShutdown))


def test_an_address_may_hold_several_machines() -> None:
    said = parameters_of("postgresql://opmaat@db-1,db-2:5433/opmaat?target_session_attrs=read-write")

    assert said == {
        "user": "opmaat",
        "host": "db-1,db-2",
        "port": ",5433",
        "dbname": "opmaat",
        "target_session_attrs": "read-write",
    }
    ServerStore("postgresql://opmaat@db-1,db-2/opmaat").close()


@pytest.mark.parametrize(
    ("database", "told", "secret"),
    [
        ("postgresql://a:b%40c@db-1,db-2/x", "user=a dbname=x host=db-1,db-2 port=,", {"PGPASSWORD": "b@c"}),
        ("postgres://a@/x?host=/run/pg", "user=a dbname=x host=/run/pg", {}),
    ],
)
def test_a_password_is_told_to_nobody_else(database: str, told: str, secret: Mapping[str, str]) -> None:
    assert without_password(database) == (told, secret)


def test_an_address_that_cannot_be_read_is_refused_without_its_words() -> None:
    with pytest.raises(EnvironmentProblem, match=r"^server\.database_unknown$") as caught:
        ServerStore("postgresql://a:geheim@db/x?no_such_word=1")

    assert caught.value.__suppress_context__
