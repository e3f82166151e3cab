"""The server's database: its migrations, its durability, and the numbers of a feed."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text

from protocol.errors import EnvironmentProblem
from server.refusals import Refusal
from server.store import feed, tables
from server.store.engine import ServerStore, insert_once
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.schema import migrate
from tests.unit.server.older_database import take_back


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store over a fresh SQLite file."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    return fresh


def test_a_database_of_before_attachments_is_brought_along(store: ServerStore) -> None:
    case = {"dossier": "ab" * 16, "last_number": 7, "created": 1}
    store.run(lambda connection: connection.execute(insert(tables.DOSSIERS).values(**case)))
    take_back(store, "0001")

    migrate(store)

    kept = store.run(lambda connection: connection.execute(select(tables.DOSSIERS.c.last_number)).scalar_one())
    assert kept == 7
    assert store.run(lambda connection: connection.execute(select(tables.PIECES)).all()) == []


def test_the_migrations_make_exactly_the_tables(store: ServerStore) -> None:
    migrate(store)  # a second time changes nothing

    difference = store.run(lambda connection: compare_metadata(MigrationContext.configure(connection), tables.METADATA))

    assert difference == []
    store.close()


def test_a_database_of_a_newer_server_is_left_alone(store: ServerStore) -> None:
    store.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))

    with pytest.raises(EnvironmentProblem, match=r"server\.database_newer"):
        migrate(store)
    store.close()


@pytest.mark.parametrize("database", ["mysql://host/x", "sqlite+odd://", "://nothing", "a://b c"])
def test_an_unknown_kind_of_database_is_refused(database: str) -> None:
    with pytest.raises(EnvironmentProblem, match=r"server\.database_unknown"):
        ServerStore(database)


def test_sqlite_is_opened_so_that_a_power_cut_loses_nothing(store: ServerStore) -> None:
    modes = store.run(
        lambda connection: (
            connection.exec_driver_sql("PRAGMA journal_mode").scalar_one(),
            connection.exec_driver_sql("PRAGMA synchronous").scalar_one(),
        )
    )

    assert modes == ("wal", 2)
    store.close()


def test_an_operation_that_fails_leaves_nothing_behind(store: ServerStore) -> None:
    def operation(connection: Connection) -> None:
        insert_once(connection, tables.DOSSIERS, {"dossier": "a" * 32, "last_number": 0, "created": 0})
        raise Refusal("sync.gap")

    with pytest.raises(Refusal):
        store.run(operation)

    assert store.run(lambda connection: connection.execute(select(tables.DOSSIERS)).all()) == []
    store.close()


def test_a_feed_is_numbered_without_gaps_and_read_in_order(store: ServerStore) -> None:
    values = {"name": "AZC", "kind": "reception", "root": b"", "card": b"", "feed_position": 0, "created": 0}
    ids = ["a" * 32, "b" * 32]
    entries = [FeedEntry(FeedKind.ROWS, "a" * 32, "c" * 32, "d" * 32, str(number), 1) for number in range(3)]

    def make(connection: Connection) -> None:
        rows = [{"organisation": name, **values} for name in ids]
        connection.execute(insert(tables.ORGANISATIONS), rows)

    store.run(make)

    store.run(lambda connection: feed.append(connection, [(name, entry) for entry in entries for name in ids]))
    store.run(lambda connection: feed.append(connection, [(ids[0], entries[0])]))

    numbered = store.run(lambda connection: feed.read(connection, FeedPart(ids[0], 2, 4)))
    assert [position for position, _ in numbered] == [2, 3, 4]
    assert [entry.place for _, entry in numbered] == ["1", "2", "0"]
    assert store.run(lambda connection: feed.require_known(connection, ids[1], 0, None)).position == 3
    store.close()
