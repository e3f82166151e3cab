import os
import re
from pathlib import Path

import pytest

from desktop.kernel.files import private_directory, read_bytes, write_atomic
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId, case_number, new_id


def test_a_written_file_is_whole_and_private(tmp_path: Path) -> None:
    path = tmp_path / "one"
    write_atomic(path, b"old")
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["one"]


def test_a_failed_write_leaves_the_old_content_and_no_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "one"
    write_atomic(path, b"old")

    def refuse(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(EnvironmentProblem, match=r"files\.disk_full"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["one"]


def test_a_folder_others_can_read_is_refused(tmp_path: Path) -> None:
    assert private_directory(tmp_path / "mine").stat().st_mode & 0o777 == 0o700
    (tmp_path / "open").mkdir(mode=0o755)
    with pytest.raises(EnvironmentProblem, match=r"files\.not_private"):
        private_directory(tmp_path / "open")


def test_reading_is_limited_and_coded(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"12345")
    assert read_bytes(path, 5) == b"12345"
    with pytest.raises(EnvironmentProblem, match=r"files\.too_large"):
        read_bytes(path, 4)
    with pytest.raises(EnvironmentProblem, match=r"files\.not_found"):
        read_bytes(tmp_path / "other", 4)


def test_case_numbers_are_sayable_and_stable() -> None:
    dossier = DossierId(new_id())
    assert re.fullmatch(r"OP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", case_number(dossier))
    assert case_number(DossierId("00" * 16)) == "OP-0000-0000"
    assert case_number(DossierId("ff" * 16)) == "OP-ZZZZ-ZZZZ"
