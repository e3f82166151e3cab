"""A stranger at a terminal: the installed command, as a process of its own."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.cli.test_form_commands import BROKEN, GOOD, STEPS

OPMAAT = Path(sys.executable).with_name("opmaat")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "werk.md").write_text(GOOD, "utf-8")
    (tmp_path / "fout.md").write_text(BROKEN, "utf-8")
    (tmp_path / "proef.md").write_text(STEPS, "utf-8")
    return tmp_path


def opmaat(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in `folder` and return what became of it."""
    return subprocess.run(  # noqa: S603  # our own command
        [OPMAAT, *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
        encoding="utf-8",
        env={**os.environ, **environment},
    )


def test_a_form_is_checked_shown_and_tried_out(folder: Path) -> None:
    checked = opmaat(folder, "form", "check", "werk.md")
    shown = opmaat(folder, "form", "show", "werk.md")
    tried = opmaat(folder, "form", "run", "werk.md", "proef.md")
    assert [each.returncode for each in (checked, shown, tried)] == [0, 0, 0]
    assert [each.stderr for each in (checked, shown, tried)] == ["", "", ""]
    assert "    ar  هل تعمل؟" in shown.stdout
    assert tried.stdout.endswith("4 steps: all as expected.\n")
    assert "\x1b" not in checked.stdout + shown.stdout + tried.stdout


def test_a_broken_form_ends_with_one_and_a_wrong_call_with_two(folder: Path) -> None:
    assert opmaat(folder, "form", "check", "fout.md").returncode == 1
    assert opmaat(folder, "form", "run", "fout.md", "proef.md").returncode == 1
    assert opmaat(folder, "form", "check", "niets.md").returncode == 2
    assert opmaat(folder, "form", "verify").returncode == 2


def test_every_script_can_be_printed_whatever_the_locale(folder: Path) -> None:
    shown = opmaat(folder, "form", "show", "werk.md", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "هل تعمل؟" in shown.stdout


def test_who_reads_only_the_beginning_gets_no_traceback(folder: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(  # noqa: S603  # our own command
            [OPMAAT, "form", "show", "werk.md"], cwd=folder, stdout=closed, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colours_are_for_a_terminal_that_wants_them(folder: Path, environment: dict[str, str], coloured: bool) -> None:  # noqa: FBT001  # a parameter
    ours, theirs = pty.openpty()
    settings = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM"}}
    done = subprocess.run(  # noqa: S603  # our own command
        [OPMAAT, "form", "check", "werk.md"],
        cwd=folder,
        stdout=theirs,
        check=False,
        env={**settings, "TERM": "xterm", **environment},
    )
    printed = os.read(ours, 10_000)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0
    assert (b"\x1b[" in printed) is coloured
