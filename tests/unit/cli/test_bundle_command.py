"""`opmaat bundle …` as people run it: two laptops and a stick between them, no network."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests import warm
from tests.unit.cli import killed_bundles
from tests.unit.services.bundles.sticks import offered
from tests.unit.services.plan_world import AZC, TOWN, make_world
from tests.unit.vault.people import PASSPHRASE


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the data folders of two closed laptops; at the first one a case was sent."""
    return _laptops(tmp_path_factory.mktemp("laptops"))


def _laptops(root: Path) -> tuple[Path, Path]:
    world = make_world(root)
    offered(world)
    world.close()
    for name in ("azc", "town"):
        (root / f"{name}-data").mkdir(mode=0o700)
        (root / name).chmod(0o700)
        (root / name).rename(root / f"{name}-data" / "vaults")
    return root / "azc-data", root / "town-data"


def _run(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run("desktop", "--data", str(data), "bundle", *arguments, typed=f"{PASSPHRASE}\n")


def test_a_case_goes_over_and_its_receipt_comes_back(laptops: tuple[Path, Path], tmp_path: Path) -> None:
    azc, town = laptops
    (tmp_path / "back").mkdir()
    asked = _run(azc, "export", "--to", "?", str(tmp_path))
    assert (asked.returncode, asked.stderr.count(TOWN)) == (1, 1)
    before = _run(azc, "list").stdout.splitlines()

    made = _run(azc, "export", "--to", TOWN, str(tmp_path))
    assert (made.returncode, made.stderr) == (0, "")
    (bundle,) = tmp_path.glob("*.opmaat")
    words = made.stdout.splitlines()[-1].removeprefix("Read back and whole. Words to compare: ")
    assert str(bundle) in made.stdout

    looked = _run(town, "look", str(bundle))
    assert (looked.returncode, looked.stdout.splitlines()[-1]) == (0, f"Words to compare: {words}")
    other = _run(azc, "look", str(bundle))
    assert (other.returncode, other.stderr.split(":")[0]) == (1, "bundle.other_recipient")
    wrong = _run(town, "import", "--words", "een twee drie vier", str(bundle))
    assert (wrong.returncode, wrong.stderr.split(":")[0]) == (1, "bundle.words_differ")

    read = _run(town, "import", "--words", words, "--receipt", str(tmp_path / "back"), str(bundle))
    assert (read.returncode, read.stderr) == (0, "")
    assert "1 cases: " in read.stdout
    (receipt,) = (tmp_path / "back").glob("*.opmaat")
    back = _run(azc, "import", str(receipt))
    assert (back.returncode, back.stderr) == (0, "")
    assert " arrived there." in back.stdout
    again = _run(town, "import", str(bundle))
    assert "All of this was known already; nothing changed." in again.stdout
    listed = _run(azc, "list")
    news = [line for line in listed.stdout.splitlines() if line not in before]
    assert [line.split()[1] for line in news] == ["made", "read"]
    assert "Luwam" not in made.stdout + looked.stdout + read.stdout + back.stdout + listed.stdout


def test_a_bundle_for_the_own_organisation_is_named_and_read(laptops: tuple[Path, Path], tmp_path: Path) -> None:
    azc, _town = laptops
    made = _run(azc, "export", "--to", "own", str(tmp_path))
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith(f"For {AZC}: 1 cases")
    (bundle,) = tmp_path.glob("*.opmaat")
    again = _run(azc, "import", str(bundle))
    assert (again.returncode, again.stderr) == (0, "")
    assert "All of this was known already; nothing changed." in again.stdout
    assert AZC in _run(azc, "list").stdout


def test_one_case_in_parts_and_the_rest_to_another_stick(laptops: tuple[Path, Path], tmp_path: Path) -> None:
    azc, _town = laptops
    unknown = _run(azc, "export", "--to", TOWN, "--case", "nobody", str(tmp_path))
    assert (unknown.returncode, unknown.stderr.split(":")[0]) == (1, "records.dossier_unknown")
    none = _run(azc, "more", "abc", str(tmp_path))
    assert (none.returncode, none.stderr.split(":")[0]) == (1, "bundle.unknown")
    missing = _run(azc, "look", str(tmp_path / "away.opmaat"))
    assert (missing.returncode, missing.stderr.split(":")[0]) == (1, "files.not_found")


def _until_whole(how: str, data: Path, stick: Path) -> list[int]:
    """Run a command, killed three durable writes later each time, until it ends by itself; return every exit status."""
    ends: list[int] = []
    while not ends or ends[-1] < 0:
        arguments = (how, str(data), str(stick), str(3 * len(ends)))
        ends.append(warm.run(killed_bundles.__name__, *arguments, typed=f"{PASSPHRASE}\n").returncode)
    return ends


@pytest.mark.long
def test_killed_at_any_durable_write_it_is_whole_the_next_time(tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    azc, town = _laptops(tmp_path)
    organisation = _run(azc, "export", "--to", "?", str(tmp_path)).stderr.split()[0]
    made = _until_whole(f"export --to {organisation}", azc, tmp_path / "stick")
    assert (set(made[:-1]), made[-1]) == ({-signal.SIGKILL}, 0)
    files = sorted((tmp_path / "stick").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert {path.suffix for path in files} == {".opmaat"}

    read = _until_whole("import", town, files[-1])
    assert (set(read[:-1]), read[-1]) == ({-signal.SIGKILL}, 0)
    assert "All of this was known already; nothing changed." in _run(town, "import", str(files[-1])).stdout
    (vault,) = (town / "vaults").iterdir()
    assert list((vault / "bundles").iterdir()) == []
