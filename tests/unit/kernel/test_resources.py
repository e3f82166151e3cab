"""Files that ship with the program are found from a checkout and from a frozen build."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.kernel import isolated_python, resources


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in for what PyInstaller unpacks."""
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    return tmp_path


def test_a_checkout_has_them_beside_the_packages() -> None:
    assert (resources.asset_directory("fonts")).is_dir()
    assert (resources.locale_directory() / "ti" / "LC_MESSAGES" / "plan.po").is_file()
    assert json.loads((resources.practice_directory() / "case_haarlem.json").read_text("utf-8"))


def test_a_frozen_build_has_them_inside_when_they_are_packed(bundle: Path) -> None:
    outside = (resources.locale_directory(), resources.practice_directory())
    assert bundle not in {path.parent for path in outside}
    for name in ("locale", "demo"):
        (bundle / name).mkdir()
    assert (resources.locale_directory(), resources.practice_directory()) == (bundle / "locale", bundle / "demo")


def test_a_frozen_build_starts_its_own_program(bundle: Path) -> None:
    assert bundle.is_dir()
    assert isolated_python.command("desktop.media.worker", "--worker") == [sys.executable, "--worker"]


def test_another_process_imports_ours_and_nothing_from_where_it_runs(tmp_path: Path) -> None:
    (tmp_path / "desktop").mkdir()
    (tmp_path / "desktop" / "__init__.py").write_text("raise SystemExit(7)", "utf-8")
    environment = {"PYTHONPATH": str(tmp_path), "PYTHONSTARTUP": str(tmp_path / "desktop" / "__init__.py")}
    command = isolated_python.command("tests.unit.kernel.printing", "--worker")
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        [*command, "a b"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (3, "")
    assert done.stdout.splitlines() == ["a b", isolated_python.__file__]


@pytest.mark.parametrize(
    ("program", "answer"),
    [
        ("import sys; sys.stdout.write(sys.stdin.read()[::-1])", b"cba"),
        ("print('half'); raise SystemExit(3)", None),
        ("import threading; threading.Event().wait()", None),
    ],
)
def test_a_process_answers_or_is_given_up(program: str, answer: bytes | None) -> None:
    patience = 60.0 if "Event" not in program else 0.2
    assert isolated_python.ask([sys.executable, "-c", program], b"abc", patience) == answer
