"""The desktop package on a bare Debian: `apt install` is all it takes, and nothing of the builder is in it."""

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from bare_system import BareSystem, newest_package, system_with

from installers import debian, program
from installers.debian import RELEASES
from installers.desktop_deb import lay_out, package

TESTS = Path(__file__).parent
LEAST_PRUNED = 280_000_000
"""What the packages take on a disk when nothing is left out is 390 MB."""
OPTIONAL = ("libqgtk3.so", "libcupsprintersupport.so")
"""Plug-ins of Qt that are used where their library is there (Recommends)."""


@pytest.fixture(scope="module")
def made() -> Path:
    """Return the package that `make deb` made last."""
    return newest_package("opmaat_*.deb", "make deb")


@pytest.fixture(scope="module")
def installed(made: Path, tmp_path_factory: pytest.TempPathFactory) -> BareSystem:
    """Return a bare system with the package installed, and the scripts of these tests in its /tmp."""
    system = system_with(made, tmp_path_factory.mktemp("debian"))
    shutil.copy(TESTS / "walk.py", system.root / "tmp" / "walk.py")
    return system


def test_the_command_checks_a_form(installed: BareSystem) -> None:
    form = next(installed.root.glob("usr/lib/opmaat/lib/*/site-packages/desktop/forms/library/brede_intake.md"))
    said = installed.run("opmaat", "form", "check", f"/{form.relative_to(installed.root)}", user="worker")
    assert "1 form checked, no problems." in said


def test_the_first_window_is_painted(installed: BareSystem) -> None:
    assert float(installed.run("opmaat", "--first-window", user="worker", QT_QPA_PLATFORM="offscreen")) > 0


def test_a_day_is_worked_and_found_again(installed: BareSystem) -> None:
    work = "mkdir --parents /tmp/day && exec /usr/lib/opmaat/bin/python3 -I /tmp/walk.py /tmp/day"
    assert installed.run("sh", "-c", work, user="worker").splitlines()[-1] == "walked"


def test_a_module_of_the_system_is_never_taken_for_one_of_ours(installed: BareSystem) -> None:
    strange = installed.root / "usr/lib/python3/dist-packages/PIL"
    strange.mkdir()
    (strange / "__init__.py").write_text("raise SystemExit('the wrong library')\n", "utf-8")
    script = "from desktop.media import clean; import PIL; print(PIL.__file__)"
    said = installed.run("/usr/lib/opmaat/bin/python3", "-I", "-c", script, user="worker")
    assert said.startswith("/usr/lib/opmaat/")


def test_every_library_finds_the_ones_it_needs(installed: BareSystem) -> None:
    look = "find /usr/lib/opmaat -name '*.so*' -type f -exec sh -c 'ldd \"$1\" | sed \"s|^|$1 |\"' _ {} \\;"
    lacking = [line for line in installed.run("sh", "-c", look).splitlines() if "not found" in line]
    assert [line for line in lacking if not any(name in line for name in OPTIONAL)] == []


def test_desktop_and_catalogue_take_the_entries(installed: BareSystem) -> None:
    share = installed.root / "usr" / "share"
    metainfo = share / "metainfo" / "invalid.opmaat.opmaat.metainfo.xml"
    subprocess.run(["appstreamcli", "validate", "--no-net", metainfo], check=True)  # noqa: S603, S607  # fixed
    subprocess.run(["desktop-file-validate", share / "applications" / "opmaat.desktop"], check=True)  # noqa: S603, S607
    globs = (share / "mime" / "globs2").read_text("utf-8")
    for kind, ending in (("bundle", "opmaat"), ("backup", "opmaatbackup"), ("invitation", "opmaat-invitation")):
        assert f"application/x-opmaat-{kind}:*.{ending}" in globs
    assert (share / "icons/hicolor/48x48/apps/opmaat.png").read_bytes().startswith(b"\x89PNG")


def test_the_bill_names_every_package_with_a_licence(installed: BareSystem) -> None:
    bill = json.loads((installed.root / "usr/share/doc/opmaat/sbom.cdx.json").read_text("utf-8"))
    folders = installed.root.glob("usr/lib/opmaat/lib/*/site-packages/*.dist-info")
    assert len(bill["components"]) == len(list(folders)) > 40
    assert all(each["licenses"] for each in bill["components"])


def test_a_second_build_is_the_same(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPRESSION", "none")
    release = next(each for each in RELEASES.values() if each.suffix in made.name)
    tree = program.fresh(tmp_path / "tree")
    lay_out(release, tree)
    assert program.size(tree) < LEAST_PRUNED
    again = debian.build(package(release), tree, release, tmp_path)
    assert _content(again) == _content(made)


def test_removing_leaves_the_vaults_and_nothing_else(installed: BareSystem) -> None:
    installed.run("opmaat", "--first-window", user="worker", QT_QPA_PLATFORM="offscreen")
    installed.run("apt-get", "purge", "--yes", "--quiet=2", "opmaat")
    assert not (installed.root / "usr/lib/opmaat").exists()
    assert (installed.root / "home/worker/.local/share/opmaat/vaults").is_dir()


def _content(made: Path) -> list[str]:
    """Return the digests of the two archives of a package before they were compressed."""
    asked = ("--ctrl-tarfile", "--fsys-tarfile")
    return [
        hashlib.sha256(subprocess.run(["dpkg-deb", each, made], capture_output=True, check=True).stdout).hexdigest()  # noqa: S603, S607
        for each in asked
    ]
