"""Key files are written once and whole, or not at all."""

import os
from pathlib import Path
from typing import NoReturn

import pytest

from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.organisation import create_organisation, read_key_file, renewed, write_key_file
from protocol.errors import EnvironmentProblem, UserError
from server.admin.keyfile import VARIABLE, change_key_file, write_new_file

AZC = create_organisation("AZC Haarlem", "reception")
PASSPHRASE = "the administrator's own"


def test_a_file_is_written_for_its_owner_only_and_never_over_another(tmp_path: Path) -> None:
    path = tmp_path / "azc.key"
    write_new_file(path, b"secret")

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"secret", 0o600)
    with pytest.raises(EnvironmentProblem, match=r"server\.file_exists"):
        write_new_file(path, b"another")
    assert path.read_bytes() == b"secret"


def test_a_disk_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "azc.key"

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match=r"server\.file_unwritable"):
        write_new_file(path, b"secret")
    assert not path.exists()
    monkeypatch.undo()
    write_new_file(path, b"secret")


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a key file."""
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    path = tmp_path / "azc.key"
    write_new_file(path, write_key_file(AZC, PASSPHRASE, Cost.cheap()))
    return path


def test_a_changed_key_file_opens_with_the_same_passphrase_and_leaves_nothing_beside_it(key: Path) -> None:
    made = change_key_file(key, lambda kept: renewed(kept, 1))

    assert read_key_file(key.read_bytes(), PASSPHRASE).wraps == made.wraps
    assert key.stat().st_mode & 0o777 == 0o600
    assert list(key.parent.iterdir()) == [key]


def test_a_key_file_that_needs_no_change_is_not_written(key: Path) -> None:
    before = key.read_bytes()
    assert change_key_file(key, lambda kept: kept).card == AZC.card
    assert key.read_bytes() == before


def test_a_link_to_a_key_file_stays_a_link(key: Path) -> None:
    link = key.with_name("link")
    link.symlink_to(key)
    made = change_key_file(link, lambda kept: renewed(kept, 1))

    assert link.is_symlink()
    assert read_key_file(key.read_bytes(), PASSPHRASE).card == made.card


@pytest.mark.parametrize("at", [1, 2, 3])
def test_whichever_write_fails_the_key_file_is_the_old_one_or_the_new_one_whole(
    key: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    real, left = (os.fsync, Path.replace), [at]

    def failing() -> None:
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")

    def fsync(descriptor: int) -> None:
        failing()
        real[0](descriptor)

    def replace(path: Path, target: Path) -> Path:
        failing()
        return real[1](path, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(EnvironmentProblem, match=r"server\.file_unwritable"):
        change_key_file(key, lambda kept: renewed(kept, 1))
    monkeypatch.undo()
    monkeypatch.setenv(VARIABLE, PASSPHRASE)

    assert read_key_file(key.read_bytes(), PASSPHRASE).card.version == (2 if at == 3 else 1)
    assert list(key.parent.iterdir()) == [key]
    assert change_key_file(key, lambda kept: renewed(kept, 1)).former[-1] == AZC.wrap


def test_what_refuses_the_change_leaves_the_file_alone(key: Path) -> None:
    before = key.read_bytes()

    def refuse(_kept: object) -> NoReturn:
        raise UserError("server.key_file_older")

    with pytest.raises(UserError, match=r"server\.key_file_older"):
        change_key_file(key, refuse)
    assert key.read_bytes() == before
