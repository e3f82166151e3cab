import os
import re
from pathlib import Path

import pytest

from desktop.kernel.files import (
    open_file,
    overwrite_replaced,
    part_of,
    private_directory,
    read_bytes,
    remove_file,
    write_atomic,
    write_whole,
)
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


def test_a_large_file_appears_whole_after_its_proof(tmp_path: Path) -> None:
    path = tmp_path / "one"
    part_of(path).write_bytes(b"left by a crash")
    proved: list[bytes] = []
    with write_whole(path, lambda part: proved.append(part.read_bytes())) as stream:
        stream.write(b"new")
        assert not path.exists()
        assert part_of(path).stat().st_mode & 0o777 == 0o600
    assert (path.read_bytes(), proved) == (b"new", [b"new"])
    with write_whole(path) as stream:
        stream.write(b"newer")
    assert path.read_bytes() == b"newer"
    assert [item.name for item in tmp_path.iterdir()] == ["one"]


def test_a_large_file_that_is_not_finished_or_not_proved_leaves_the_old_one(tmp_path: Path) -> None:
    def refuse(_part: Path) -> None:
        raise EnvironmentProblem("files.input_output")

    path = tmp_path / "one"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), write_whole(path) as stream:
        stream.write(b"%d" % (1 // 0))
    with pytest.raises(EnvironmentProblem, match=r"files\.input_output"), write_whole(path, refuse) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["one"]


def test_removing_is_done_once_and_once_more(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"old")
    remove_file(path)
    remove_file(path)
    assert not path.exists()
    with pytest.raises(EnvironmentProblem, match=r"files\.not_found"):
        remove_file(tmp_path / "nowhere" / "one")


def test_what_an_open_file_is_given_is_on_the_disk_when_it_closes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"old")
    flushed: list[bytes] = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        flushed.append(path.read_bytes())
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    with open_file(path) as stream:
        assert stream.read() == b"old"
    assert flushed == []
    with open_file(path, "r+b") as stream:
        stream.write(b"new")
    assert flushed == [b"new"]


def test_a_replaced_file_is_overwritten_also_for_who_still_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"secret")
    with path.open("rb") as old:
        with overwrite_replaced(path):
            write_atomic(path, b"new")
        assert old.read() == bytes(6)
    assert path.read_bytes() == b"new"


def test_what_was_not_replaced_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "one"
    with overwrite_replaced(path):
        write_atomic(path, b"first")
    with overwrite_replaced(path):
        pass
    with pytest.raises(ZeroDivisionError), overwrite_replaced(path):
        write_atomic(path, b"%d" % (1 // 0))
    assert path.read_bytes() == b"first"


def test_a_problem_nobody_knows_has_a_code_too(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"files\.input_output") as caught:
        read_bytes(tmp_path, 4)
    assert str(tmp_path) not in str(caught.value)


def test_case_numbers_are_sayable_and_stable() -> None:
    dossier = DossierId(new_id())
    assert re.fullmatch(r"OP-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", case_number(dossier))
    assert case_number(DossierId("00" * 16)) == "OP-0000-0000"
    assert case_number(DossierId("ff" * 16)) == "OP-ZZZZ-ZZZZ"
