"""Key files are written once and whole, or not at all."""

import os
from pathlib import Path

import pytest

from protocol.errors import EnvironmentProblem
from server.admin.keyfile import write_new_file


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
