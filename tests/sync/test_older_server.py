"""A server that comes back from a backup of before the last change of the directory."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.organisation import write_key_file
from server.admin.keyfile import VARIABLE
from tests import warm
from tests.sync.machines import Laptop, Office, ServerProcess, found_office
from tests.unit.vault.people import PASSPHRASE

Join = Callable[..., Laptop]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerProcess]:
    """Return a server over SQLite, whose file can be put back."""
    running = ServerProcess(str(tmp_path / "server.db"), tmp_path / "server.log")
    running.start()
    yield running
    running.stop()


def _say_restored(office: Office, monkeypatch: pytest.MonkeyPatch, *more: str) -> str:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    done = warm.run("server", "restored", "--database", office.server.database, *more)
    done.check_returncode()
    return done.stdout


def _version(laptop: Laptop) -> int:
    directory = laptop.online().known_directory.directory()
    assert directory is not None
    return directory.version


def test_laptops_go_on_with_the_newer_directory_until_the_administrator_signs_one(
    server: ServerProcess, tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    azc = found_office(server, tmp_path / "azc", "AZC Dronten", "reception")
    town, other = (found_office(server, tmp_path / name, f"Gemeente {name}", "municipality") for name in "ab")
    azc.know(town)
    anna, bram = join(azc, "anna"), join(azc, "bram")
    case = anna.open_case()
    bram.once()
    anna.once()
    with closing(sqlite3.connect(server.database)) as now, closing(sqlite3.connect(tmp_path / "backup")) as backup:
        now.backup(backup)
    azc.know(other)
    anna.once()
    before = _version(anna)
    anna.answer(case, "after the backup")
    server.stop()
    for newer in tmp_path.glob("server.db*"):
        newer.unlink()
    shutil.copy(tmp_path / "backup", tmp_path / "server.db")
    told = _say_restored(azc, monkeypatch)
    server.start()

    rounds = anna.once()
    bram.once()

    assert f"directory version {before - 1}" in told
    assert "--key-file" in told
    assert not any(each.refused for each in rounds)
    assert _version(anna) == before
    assert bram.answers(case) == {"after the backup"}

    azc.know(other)
    anna.once()
    key = tmp_path / "azc.key"
    key.write_bytes(write_key_file(azc.root, PASSPHRASE, Cost.cheap()))
    _say_restored(azc, monkeypatch, "--key-file", str(key))
    anna.once()

    assert _version(anna) > before
    directory = anna.online().known_directory.directory()
    assert directory is not None
    assert directory.card(other.root.card.id) == other.root.card


def test_the_administrator_signs_a_directory_again_before_it_grows_old(
    azc: Office, tmp_path: Path, join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = join(azc, "anna")
    anna.once()
    before = _version(anna)
    key = tmp_path / "azc.key"
    key.write_bytes(write_key_file(azc.root, PASSPHRASE, Cost.cheap()))
    monkeypatch.setenv(VARIABLE, PASSPHRASE)

    done = warm.run("server", "directory", "sign", "--database", azc.server.database, "--key-file", str(key))
    done.check_returncode()
    anna.once()

    assert f"directory    version {before + 1}" in done.stdout
    assert _version(anna) == before + 1
