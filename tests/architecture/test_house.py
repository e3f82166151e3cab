"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.i18n.messages import all_messages
from server.wording import WORDS
from tests import places

ROOT = places.ROOT
FLOORS = ROOT / "desktop"
ONLY_THERE = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "cryptography": {"vault"},
    "sqlite_utils": {"records"},
    "sqlite3": {"records"},
    "typst": {"documents"},
    "reportlab": {"documents"},
    "httpx": {"sync"},
    "http_message_signatures": {"sync"},
    "pyxform": {"forms"},
    "openpyxl": {"forms"},
    "xlrd": {"forms"},
    "babel": {"i18n"},
    "PIL": {"media"},
    "pikepdf": {"media"},
    "pypdfium2": {"media"},
}


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_imports_follow_the_contract() -> None:
    done = subprocess.run(  # noqa: S603  # our own tool, fixed arguments
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("library", sorted(ONLY_THERE))
def test_each_library_stays_on_its_floor(library: str) -> None:
    homes = ONLY_THERE[library]
    strangers = [
        str(path.relative_to(ROOT))
        for path in sorted(FLOORS.rglob("*.py"))
        if path.relative_to(FLOORS).parts[0] not in homes
        and any(name.partition(".")[0] == library for name in _imports(path))
    ]
    assert strangers == []


def test_pyxform_is_only_in_its_reader() -> None:
    users = {
        f"{path.parent.name}/{path.stem}"
        for path in sorted((FLOORS / "forms").rglob("*.py"))
        if "pyxform" in {name.partition(".")[0] for name in _imports(path)}
    }
    assert users == {"workbook/conversion"}


def test_the_form_engine_stands_on_the_standard_library_kernel_and_protocol() -> None:
    allowed = {*sys.stdlib_module_names, "desktop.forms", "desktop.kernel", "protocol"}
    in_readers = {"pyxform", "openpyxl", "xlrd"}
    strangers = {
        (path.name, name)
        for path in sorted((FLOORS / "forms").rglob("*.py"))
        for name in _imports(path)
        if name.partition(".")[0] not in allowed
        and ".".join(name.split(".")[:2]) not in allowed
        and not (path.parent.name == "workbook" and name.partition(".")[0] in in_readers)
    }
    assert strangers == set()


def test_the_server_knows_nothing_of_the_desktop_but_the_wire() -> None:
    for path in sorted((ROOT / "server").rglob("*.py")):
        allowed = ("desktop.sync.wire", "desktop.vault") if "admin" in path.parts else ("desktop.sync.wire",)
        strangers = [name for name in _imports(path) if name.startswith("desktop") and not name.startswith(allowed)]
        assert strangers == [], path


def test_every_error_code_has_a_message_that_names_a_next_step() -> None:
    raised: set[str] = set()
    for path in sorted(each for half in ("protocol", "desktop", "server") for each in (ROOT / half).rglob("*.py")):
        source = path.read_text("utf-8")
        raised |= set(re.findall(r'(?:UserError|EnvironmentProblem|FormError)\(\s*"([a-z_]+\.[a-z_]+)"', source))
    messages = {**all_messages(), **WORDS}
    assert sorted(raised - set(messages)) == []
    assert all(message.count(". ") >= 1 for message in messages.values())


def test_nothing_in_the_tree_is_left_unfinished_or_skipped() -> None:
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "pytest.mark." + "skip", "pytest.mark." + "xfail")))
    for path in _tracked():
        if path.suffix == ".py" and path.exists():
            assert not words.search(path.read_text("utf-8")), path


def test_no_path_of_a_machine_and_no_registry_host_is_named() -> None:
    words = re.compile(
        "|".join((re.escape(str(ROOT)) + "/", "files.python" + "hosted", "pypi" + r"\.org", "registry.npm" + "js"))
    )
    for path in _tracked():
        if path.suffix in {".py", ".md", ".toml", ".sh", ".lock", ".yml", ".json", ".js", ".mjs"} and path.exists():
            assert not words.search(path.read_text("utf-8", "replace")), path
