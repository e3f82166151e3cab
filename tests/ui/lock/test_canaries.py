"""Words typed through the real screens are nowhere on disk afterwards but sealed.

Looked for in the data folder, temporary files, logs, caches, settings of the desktop, the exported report, a core file.
"""

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

from desktop.vault.vault import open_vault
from tests import places
from tests.ui.own_vault import PASSPHRASE

ROOT = places.ROOT
WORDS = ("Zebediahname", "Kwamenaanswer", "9876501234", "Philomenanote", "Ottolinehalf", "Bartholomewsaid")


def found(folder: Path, words: tuple[str, ...] = WORDS) -> list[str]:
    """Return where a word stands in a name or in the bytes of a file below `folder`, as UTF-8 or UTF-16."""
    places = []
    for path in sorted(folder.rglob("*")):
        data = path.read_bytes().lower() if path.is_file() else b""
        for word in words:
            forms = [word.lower().encode(coding) for coding in ("utf-8", "utf-16-le", "utf-16-be")]
            if word.lower() in path.name.lower() or any(form in data for form in forms):
                places.append(f"{word}: {path.relative_to(folder)}")
    return places


def _every_core() -> None:
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))


def test_a_morning_at_work_leaves_only_sealed_words(tmp_path: Path) -> None:
    tree = tmp_path / "laptop"
    places = {
        name: tree / name.lower() for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    places["XDG_RUNTIME_DIR"] = tree / "run"
    for place in (tree, *places.values()):
        place.mkdir(mode=0o700)
    done = subprocess.run(  # noqa: S603  # our own interpreter and module
        [sys.executable, "-m", "tests.ui.canary_laptop", str(tree), *WORDS],
        cwd=ROOT,
        env={**os.environ, **{name: str(place) for name, place in places.items()}, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        preexec_fn=_every_core,  # before exec, in a child with one thread
    )
    assert (done.returncode, done.stdout) == (-signal.SIGSEGV, b"done\n"), done.stderr.decode()[-3000:]
    assert found(tree) == []
    for word in WORDS:
        assert word.encode() not in done.stderr
    assert [path.name for path in ROOT.iterdir() if path.name.startswith("core")] == []
    report = (tree / "storing.txt").read_text("utf-8")
    assert "ui.unexpected type=ValueError place=canary_laptop.py:" in report
    assert "Segmentation fault" in (tree / "data" / "faults.log").read_text("utf-8")
    loose = [path for path in (tree / "data").rglob("*") if path.stat().st_mode & 0o077]
    assert loose == []
    (vault,) = (tree / "data" / "vaults").iterdir()
    opened = open_vault(vault, PASSPHRASE)
    assert opened.person == "Marieke"
    opened.lock()


def test_the_search_can_find_something(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.db").write_bytes(b"\0\1" + "zebediahName".encode("utf-16-le"))
    (tmp_path / "a" / "9876501234.pdf").write_bytes(b"")
    (tmp_path / "b.log").write_text("een Kwamenaanswer erin", "utf-8")
    assert found(tmp_path) == ["9876501234: a/9876501234.pdf", "Zebediahname: a/x.db", "Kwamenaanswer: b.log"]
