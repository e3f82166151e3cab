"""Transactions on real SQLite: all or nothing, inside one another too, and what fails is told in its own words."""

import sqlite3
from pathlib import Path

import pytest

from desktop.records.store.transaction import Transaction
from protocol.errors import EnvironmentProblem


@pytest.fixture
def connection(tmp_path: Path) -> sqlite3.Connection:
    made = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    made.execute("create table notes (text)")
    return made


def _texts(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("select text from notes")]


def test_an_inner_one_that_fails_takes_only_its_own_part_back(connection: sqlite3.Connection) -> None:
    atomic = Transaction(connection)
    with atomic:
        connection.execute("insert into notes values ('outer')")
        with pytest.raises(KeyError), atomic:  # noqa: PT012  # the write goes before the failure
            connection.execute("insert into notes values ('inner')")
            raise KeyError
        with atomic:
            connection.execute("insert into notes values ('second')")
    assert _texts(connection) == ["outer", "second"]


def test_an_outer_one_that_fails_takes_everything_back(connection: sqlite3.Connection) -> None:
    atomic = Transaction(connection)
    with pytest.raises(KeyError), atomic:  # noqa: PT012  # the write goes before the failure
        with atomic:
            connection.execute("insert into notes values ('inner')")
        raise KeyError
    assert _texts(connection) == []
    assert not connection.in_transaction


def test_a_file_another_program_holds_is_locked(connection: sqlite3.Connection, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    other.execute("begin immediate")
    connection.execute("pragma busy_timeout = 0").fetchall()
    atomic = Transaction(connection)
    with pytest.raises(EnvironmentProblem, match=r"records\.locked"), atomic:
        raise AssertionError
    other.execute("rollback")
    with atomic:
        connection.execute("insert into notes values ('now')")
    assert _texts(connection) == ["now"]
    other.close()


def test_a_commit_that_fails_leaves_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("pragma foreign_keys = on")
    connection.execute("create table parents (id integer primary key)")
    connection.execute("create table children (parent references parents deferrable initially deferred)")
    atomic = Transaction(connection)
    with pytest.raises(sqlite3.IntegrityError), atomic:
        connection.execute("insert into children values (7)")
    assert connection.execute("select count(*) from children").fetchone() == (0,)
    assert not connection.in_transaction


def test_a_commit_that_a_reader_stands_in_the_way_of_is_locked_and_leaves_nothing(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    """With a rollback journal, a commit waits for readers: it is the commit that fails, not the beginning."""
    connection.execute("pragma busy_timeout = 0").fetchall()
    reader = sqlite3.connect(tmp_path / "some.db", isolation_level=None)
    reader.execute("begin")
    reader.execute("select * from notes").fetchall()
    atomic = Transaction(connection)
    with pytest.raises(EnvironmentProblem, match=r"records\.locked"), atomic:
        connection.execute("insert into notes values ('lost')")
    reader.execute("rollback")
    reader.close()
    assert _texts(connection) == []
    with atomic:
        connection.execute("insert into notes values ('kept')")
    assert _texts(connection) == ["kept"]


def test_a_full_disk_inside_is_told_and_the_rest_of_the_transaction_is_gone(connection: sqlite3.Connection) -> None:
    connection.execute("pragma max_page_count = 4").fetchall()
    atomic = Transaction(connection)
    with pytest.raises(EnvironmentProblem, match=r"records\.disk_full"), atomic:  # noqa: PT012  # one fits, one does not
        connection.execute("insert into notes values ('fits')")
        connection.execute("insert into notes values (zeroblob(100000))")
    assert _texts(connection) == []
    assert not connection.in_transaction


def test_a_transaction_that_sqlite_ended_by_itself_is_not_ended_twice(connection: sqlite3.Connection) -> None:
    atomic = Transaction(connection)
    with pytest.raises(sqlite3.IntegrityError), atomic:  # noqa: PT012  # the write goes before the failure
        connection.execute("create unique index once on notes (text)")
        connection.execute("insert into notes values ('twice')")
        connection.execute("insert or rollback into notes values ('twice')")
    assert not connection.in_transaction
    with atomic:
        connection.execute("insert into notes values ('twice')")
    assert _texts(connection) == ["twice"]


def test_a_connection_that_is_closed_is_a_mistake_of_ours(connection: sqlite3.Connection) -> None:
    connection.close()
    with pytest.raises(sqlite3.ProgrammingError), Transaction(connection):
        raise AssertionError
