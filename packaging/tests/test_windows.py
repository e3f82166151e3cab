"""The Windows program under Wine 10: installed without a question, worked with for a day, and removed.

Wine is not Windows: what only Windows can show is in docs/windows-check.md.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from bare_system import BareSystem, bare_system, newest_package

from installers import program, windows, windows_installer, windows_runtime

TESTS = Path(__file__).parent
HOME = r"C:\users\root\AppData\Local\Programs\Opmaat"
LARGEST, LARGEST_INSTALLED = 55_000_000, 200_000_000
_WINE = {"HOME": "/root", "WINEDEBUG": "-all", "WINEPREFIX": "/root/prefix", "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture(scope="module")
def made() -> Path:
    """Return the installer that `make windows` made last."""
    return newest_package("opmaat-*-setup.exe", "make windows")


@pytest.fixture(scope="module")
def wine(made: Path, tmp_path_factory: pytest.TempPathFactory) -> BareSystem:
    """Return a bare system with Wine, in which the installer was run silently."""
    system = bare_system("trixie", tmp_path_factory.mktemp("wine"))
    system.run("apt-get", "update", "--quiet=2")
    system.run("apt-get", "install", "--yes", "--quiet=2", "--no-install-recommends", "wine", "wine64")
    _wine(system, "wineboot", "--init")
    library = system.root / "root/prefix/drive_c/windows/system32/icuuc.dll"
    compiler = ["x86_64-w64-mingw32-gcc", "-shared", "-nostdlib", "-Wl,-e,0", "-o", library, TESTS / "icu_stand_in.c"]
    subprocess.run(compiler, check=True)  # noqa: S603  # fixed arguments
    shutil.copy(made, system.root / "tmp" / "setup.exe")
    shutil.copy(TESTS / "walk.py", system.root / "tmp" / "walk.py")
    _wine(system, "/tmp/setup.exe", "/S")  # noqa: S108  # in there
    return system


def _wine(system: BareSystem, *command: str) -> str:
    return system.run("wine", *command, **_WINE)


def _opmaat(system: BareSystem, *arguments: str) -> list[str]:
    return _wine(system, rf"{HOME}\runtime\python.exe", *arguments).splitlines()


def _prefix(system: BareSystem) -> Path:
    return system.root / "root/prefix"


def _programs(system: BareSystem) -> Path:
    return _prefix(system) / "drive_c/users/root/AppData/Local/Programs"


def test_it_is_no_larger_than_it_needs_to_be(made: Path, wine: BareSystem) -> None:
    assert made.stat().st_size <= LARGEST
    kept = [path for path in (_programs(wine) / "Opmaat").rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in kept) <= LARGEST_INSTALLED


def test_it_stands_in_the_menu_and_opens_its_files(wine: BareSystem) -> None:
    assert list(_prefix(wine).rglob("Opmaat.lnk"))
    known = (_prefix(wine) / "user.reg").read_text("utf-8", errors="replace")
    for ending in (".opmaat", ".opmaatbackup", ".opmaat-invitation"):
        assert f"\\\\{ending}]" in known


def test_nothing_is_wrong_with_the_machine(wine: BareSystem) -> None:
    said = [line.split()[0] for line in _opmaat(wine, "-m", "desktop", "doctor") if line.startswith(("good", "WRONG"))]
    assert len(said) > 5
    assert set(said) == {"good"}


def test_the_first_window_is_painted(wine: BareSystem) -> None:
    assert float(_opmaat(wine, "-m", "desktop", "--first-window")[-1]) > 0


def test_a_day_is_worked_and_found_again(wine: BareSystem) -> None:
    (wine.root / "tmp" / "day").mkdir()
    assert _opmaat(wine, r"Z:\tmp\walk.py", r"Z:\tmp\day")[-1] == "walked"


def test_a_second_build_is_the_same(made: Path, tmp_path: Path) -> None:
    runtime = windows_runtime.read_runtime(windows.BUILD / "wheels-windows-runtime")
    tree = program.fresh(tmp_path / "tree")
    windows.lay_out(runtime, tree)
    assert _digests(tree) == _digests(windows.BUILD / "opmaat-windows")
    first = windows_installer.build(tree, windows.build_version(runtime), tmp_path, quick=True).read_bytes()
    again = windows_installer.build(tree, windows.build_version(runtime), tmp_path, quick=True).read_bytes()
    assert first == again
    assert made.name == f"opmaat-{windows.build_version(runtime).replace('+test.build', '-test-build')}-setup.exe"


def test_removing_keeps_the_vaults_and_takes_all_else(wine: BareSystem) -> None:
    vaults = _prefix(wine) / "drive_c/users/root/AppData/Local/opmaat"
    assert vaults.is_dir()
    _wine(wine, rf"{HOME}\uninstall.exe", "/S", f"_?={HOME}")
    left = [path.name for path in _programs(wine).rglob("*") if path.is_file()]
    assert left in ([], ["uninstall.exe"])
    assert vaults.is_dir()
    assert not list(_prefix(wine).rglob("Opmaat.lnk"))


def _digests(tree: Path) -> dict[str, str]:
    files = (path for path in tree.rglob("*") if path.is_file())
    return {os.fspath(path.relative_to(tree)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
