import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database

from desktop.records.store.database import open_store
from desktop.records.store.schema import KNOWN, migrations
from desktop.records.store.table_rows import SealedRow, row_values
from desktop.records.store.transaction import store_problems
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DeviceId, DossierId


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_FULL, "records.disk_full"),
        (sqlite3.SQLITE_BUSY, "records.locked"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "records.locked"),
        (sqlite3.SQLITE_CORRUPT, "records.damaged"),
        (sqlite3.SQLITE_NOTADB, "records.damaged"),
        (sqlite3.SQLITE_READONLY, "records.read_only"),
        (sqlite3.SQLITE_CANTOPEN, "records.no_access"),
        (sqlite3.SQLITE_IOERR_FSYNC, "records.input_output"),
    ],
)
def test_what_sqlite_says_of_the_world_has_a_code(number: int, code: str) -> None:
    error = sqlite3.OperationalError("…")
    error.sqlite_errorcode = number
    with pytest.raises(EnvironmentProblem) as caught, store_problems():
        raise error
    assert caught.value.code == code


@pytest.mark.parametrize("error", [sqlite3.ProgrammingError("ours"), sqlite3.OperationalError("no such table")])
def test_a_mistake_of_ours_stays_what_it_is(error: sqlite3.Error) -> None:
    with pytest.raises(type(error)), store_problems():
        raise error


def test_every_migration_is_known_by_name() -> None:
    memory = Database(memory=True)
    assert {migration.name for migration in migrations.pending(memory)} == KNOWN
    memory.close()


def test_a_folder_that_cannot_be_written_has_a_code(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"files\.not_found"):
        open_store(tmp_path / "nowhere")


def test_half_a_transaction_leaves_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    row = SealedRow(DossierId("1" * 32), "core", 1, DeviceId("2" * 32), 1, bytes(32), b"sealed")

    def half() -> None:
        with store.atomic():
            store.add_rows([row_values(row, bytes(32))])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert store.dossiers() == ()
    with store.atomic():
        store.add_rows([row_values(row, bytes(32))])
    store.close()
    again = open_store(tmp_path)
    assert again.rows(row.dossier) == (row,)
    assert again.last_written_by(row.device) == row
    again.close()


def test_a_row_that_is_there_is_never_written_again(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    row = SealedRow(DossierId("1" * 32), "core", 1, DeviceId("2" * 32), 1, bytes(32), b"sealed")
    store.add_row_alone(row_values(row, bytes(32)))
    with pytest.raises(sqlite3.IntegrityError):
        store.add_row_alone(row_values(row, bytes(32)))
    assert store.rows(row.dossier) == (row,)
    store.close()


def test_nothing_deleted_lingers_in_file_or_log(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    marker = b"deleted-key-material-0123456789"
    with store.atomic():
        store._connection.execute(
            "insert into dossier_keys values (?, 'health', 1, ?, ?)", [bytes(16), bytes(8), marker]
        )
    assert any(marker in path.read_bytes() for path in tmp_path.iterdir())
    with store.atomic():
        store.remove_keys(DossierId("0" * 32), "health")
    store.wipe_log()
    assert not any(marker in path.read_bytes() for path in tmp_path.iterdir())
    store.close()
