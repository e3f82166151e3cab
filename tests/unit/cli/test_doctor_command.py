"""`opmaat doctor` names what is wrong with a machine, and nothing of who works on it."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.cli import run
from desktop.cli.doctor import examinations
from desktop.cli.doctor.examinations import examine
from protocol.errors import UserError
from protocol.times import SettableClock

SECRET = "p4ss"


@pytest.fixture(autouse=True)
def _plain_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


def _wrong(data: Path) -> dict[str, str]:
    return {finding.subject: finding.words for finding in examine(data) if not finding.good}


def test_a_sound_machine_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    status = run(["--data", str(data), "doctor"])
    said = capsys.readouterr().out
    assert "WRONG" not in said.replace("WRONG certificates", "")
    assert status == int("WRONG" in said)
    assert list(data.iterdir()) == []
    assert str(tmp_path) not in said


def test_before_the_first_start_nothing_is_made(tmp_path: Path) -> None:
    assert "folder" not in _wrong(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_folder_that_others_may_read_is_named_without_its_place(tmp_path: Path) -> None:
    data = tmp_path / "open"
    data.mkdir(mode=0o755)
    data.chmod(0o755)
    words = _wrong(data)["folder"]
    assert "files.not_private" in words
    assert str(tmp_path) not in words


def test_a_folder_that_is_copied_elsewhere_is_named(tmp_path: Path) -> None:
    assert "copies" in _wrong(tmp_path / "OneDrive - AZC" / "opmaat")


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 9, 1))
    assert "0 MiB" in _wrong(tmp_path)["disk"]


def test_a_clock_before_the_program_was_made_is_named(tmp_path: Path) -> None:
    assert "clock" in {
        each.subject for each in examine(tmp_path, SettableClock(datetime(2001, 1, 1, tzinfo=UTC))) if not each.good
    }


def test_missing_fonts_and_texts_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise UserError("language.unknown")

    monkeypatch.setattr(examinations, "asset_directory", lambda _name: tmp_path)
    monkeypatch.setattr(examinations, "load_catalogue", fail)
    assert {"fonts", "texts"} <= _wrong(tmp_path).keys()


def test_a_proxy_that_cannot_be_read_is_named_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:8080")
    assert "proxy" not in _wrong(tmp_path)
    monkeypatch.setenv("https_proxy", f"http://me:{SECRET}@[bad")
    words = _wrong(tmp_path)["proxy"]
    assert "sync.proxy_unreadable" in words
    assert SECRET not in words


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))
    assert "SSL_CERT_FILE" in _wrong(tmp_path)["certificates"]


def test_a_machine_without_authorities_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "none.pem"
    empty.write_bytes(b"")
    (tmp_path / "authorities").mkdir()
    monkeypatch.setenv("SSL_CERT_FILE", str(empty))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "authorities"))
    assert "authority" in _wrong(tmp_path)["certificates"]


def test_a_second_process_that_does_not_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert "helpers" in _wrong(tmp_path)


def test_what_the_system_refuses_is_a_finding_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "disk_usage", refuse)
    assert _wrong(tmp_path)["disk"] == "The system did not let it be looked at."


def test_the_command_is_one_of_the_program(tmp_path: Path) -> None:
    done = subprocess.run(  # noqa: S603  # fixed arguments
        [sys.executable, "-m", "desktop", "--data", str(tmp_path), "doctor"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "80"},
    )
    assert len(done.stdout.splitlines()) == 9, done.stderr
