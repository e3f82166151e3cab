"""Folders in which a vault is made: gone when the block ends, left alone while another process works in one."""

from pathlib import Path

import pytest

from desktop.vault.file.container import FILE_NAME
from desktop.vault.file.process_lock import ProcessLock
from desktop.vault.file.unfinished import remove_unfinished, unfinished_directory
from protocol.errors import UserError
from protocol.identifiers import VaultId
from tests.unit.vault.people import new_vault

VAULT = VaultId("7" * 32)


def test_the_folder_is_private_and_empty_and_gone_when_the_block_ends(tmp_path: Path) -> None:
    left = tmp_path / f".restore-{VAULT}" / "vault"
    left.mkdir(parents=True, mode=0o700)
    left.parent.chmod(0o700)
    (left / "journal.db").write_bytes(b"left by a crash")
    with unfinished_directory(tmp_path, VAULT) as making:
        assert (list(making.iterdir()), making.stat().st_mode & 0o777) == ([], 0o700)
        (making / "journal.db").write_bytes(b"being made")
        with pytest.raises(UserError, match=r"vault\.in_use"), unfinished_directory(tmp_path, VAULT):
            pytest.fail("two processes made one vault")
        assert (making / "journal.db").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_was_moved_away_inside_the_block_stays(tmp_path: Path) -> None:
    with unfinished_directory(tmp_path, VAULT) as making:
        (making / "journal.db").write_bytes(b"made")
        making.rename(tmp_path / VAULT)
    assert [path.name for path in tmp_path.rglob("*")] == [VAULT, "journal.db"]


def test_what_a_crash_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    vault, _words = new_vault(tmp_path)
    vault.lock()
    never_written = tmp_path / ("8" * 32)
    with_a_journal = tmp_path / ("9" * 32)
    for folder in (never_written, with_a_journal, tmp_path / f".restore-{VAULT}", tmp_path / "a folder of the user"):
        folder.mkdir(mode=0o700)
    for name in ("lock", "attempts.json", ".opmaat-half"):
        (never_written / name).write_bytes(b"")
    (with_a_journal / "journal.db").write_bytes(b"a record")
    (tmp_path / ("a" * 32)).write_bytes(b"a file, not a folder")
    remove_unfinished(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        vault.directory.name,
        "9" * 32,
        "a" * 32,
        "a folder of the user",
    }


def test_a_folder_that_another_process_works_in_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / f".restore-{VAULT}"
    folder.mkdir(mode=0o700)
    lock = ProcessLock.acquire(folder)
    remove_unfinished(tmp_path)
    assert folder.is_dir()
    lock.release()
    remove_unfinished(tmp_path)
    assert not folder.exists()


def test_a_vault_that_was_finished_while_one_looked_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / ("8" * 32)
    folder.mkdir(mode=0o700)
    acquire = ProcessLock.acquire

    def acquire_late(directory: Path) -> ProcessLock:
        (directory / FILE_NAME).write_bytes(b"finished by another process")
        return acquire(directory)

    monkeypatch.setattr(ProcessLock, "acquire", acquire_late)
    remove_unfinished(tmp_path)
    assert (folder / FILE_NAME).exists()
    acquire(folder).release()


def test_the_folder_is_gone_before_its_lock_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / f".restore-{VAULT}"
    folder.mkdir(mode=0o700)
    there: list[bool] = []
    release = ProcessLock.release

    def watch(lock: ProcessLock) -> None:
        there.append(folder.exists())
        release(lock)

    monkeypatch.setattr(ProcessLock, "release", watch)
    remove_unfinished(tmp_path)
    assert there == [False]


def test_where_no_vault_ever_was_nothing_is_removed(tmp_path: Path) -> None:
    remove_unfinished(tmp_path / "never made")
    assert list(tmp_path.iterdir()) == []
