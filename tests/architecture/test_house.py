"""Rules of the house that no linter knows."""

import re
import subprocess
import sys
from pathlib import Path

from desktop.i18n.messages import all_messages
from server.error_texts import WORDS
from tests.architecture.sources import imports, modules, named, tracked
from tests.places import ROOT

FLOORS = ROOT / "desktop"
LEAST_WORDS = 3
"""Of a reason."""
ONLY_THERE = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "cryptography": {"vault"},
    "sqlite_utils": {"records"},
    "sqlite3": {"records"},
    "typst": {"documents"},
    "reportlab": {"documents"},
    "docx": {"documents"},
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


def test_imports_follow_the_contract() -> None:
    done = subprocess.run(  # noqa: S603  # our own tool, fixed arguments
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_each_library_stays_on_its_floor() -> None:
    strangers = [
        f"{named(path)}: {library}"
        for path in modules("desktop")
        for library in sorted({name.partition(".")[0] for name in imports(path)} & set(ONLY_THERE))
        if path.relative_to(FLOORS).parts[0] not in ONLY_THERE[library]
    ]
    assert strangers == []


def test_pyxform_is_only_in_its_reader() -> None:
    users = {
        f"{path.parent.name}/{path.stem}"
        for path in modules("desktop/forms")
        if "pyxform" in {name.partition(".")[0] for name in imports(path)}
    }
    assert users == {"workbook/conversion"}


def test_the_form_engine_stands_on_the_standard_library_kernel_and_protocol() -> None:
    allowed = {*sys.stdlib_module_names, "desktop.forms", "desktop.kernel", "protocol"}
    in_readers = {"pyxform", "openpyxl", "xlrd"}
    strangers = {
        (path.name, name)
        for path in modules("desktop/forms")
        for name in imports(path)
        if name.partition(".")[0] not in allowed
        and ".".join(name.split(".")[:2]) not in allowed
        and not (path.parent.name == "workbook" and name.partition(".")[0] in in_readers)
    }
    assert strangers == set()


_CHECKS_WORKBOOKS = {
    "content.py": (
        "desktop.services.content.content_check",
        "desktop.services.dossier.form_locale",
        "desktop.cli.error_texts",
    )
}
"""A workbook is checked by the code that laptops read it with (adr/0041)."""


def test_the_server_knows_nothing_of_the_desktop() -> None:
    for path in modules("server"):
        allowed = ("desktop.vault", *_CHECKS_WORKBOOKS.get(path.name, ())) if "admin" in path.parts else ()
        strangers = [name for name in imports(path) if name.startswith("desktop") and not name.startswith(allowed)]
        assert strangers == [], path


def test_the_protocol_checks_signatures_in_one_place_and_reads_messages_with_one_library() -> None:
    allowed = {*sys.stdlib_module_names, "protocol", "msgspec"}
    strangers = {
        (path.name, name.partition(".")[0])
        for path in modules("protocol")
        for name in imports(path)
        if name.partition(".")[0] not in allowed
    }
    assert strangers == {("signatures.py", "cryptography")}
    assert [path for path in modules("server") if any(name.startswith("cryptography") for name in imports(path))] == []


def test_every_error_code_has_a_message_that_names_a_next_step() -> None:
    raised: set[str] = set()
    for path in modules("protocol", "desktop", "server"):
        source = path.read_text("utf-8")
        raised |= set(re.findall(r'(?:UserError|EnvironmentProblem|FormError)\(\s*"([a-z_]+\.[a-z_]+)"', source))
    messages = {**all_messages(), **WORDS}
    assert sorted(raised - set(messages)) == []
    assert all(message.count(". ") >= 1 for message in messages.values())


def test_nothing_in_the_tree_is_left_unfinished_or_skipped() -> None:
    words = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "pytest.mark." + "skip", "pytest.mark." + "xfail")))
    for path in tracked():
        if path.suffix == ".py":
            assert not words.search(path.read_text("utf-8")), path


def test_no_path_of_a_machine_and_no_registry_host_is_named() -> None:
    words = re.compile(
        "|".join((re.escape(str(ROOT)) + "/", "files.python" + "hosted", "pypi" + r"\.org", "registry.npm" + "js"))
    )
    for path in tracked():
        if path.suffix in {".py", ".md", ".toml", ".sh", ".lock", ".yml", ".json", ".js", ".mjs"}:
            assert not words.search(path.read_text("utf-8", "replace")), path


def test_a_line_that_is_not_measured_says_why() -> None:
    mark = "pragma: no " + "cover"
    lines = [
        (named(path), line.partition(mark)[2].lstrip(" —-"))
        for path in modules("protocol", "desktop")
        for line in path.read_text("utf-8").splitlines()
        if mark in line
    ]
    assert [where for where, reason in lines if len(reason.split()) < LEAST_WORDS] == []


def test_decisions_are_numbered_without_a_gap_as_their_headings_say() -> None:
    files = sorted((ROOT / "docs" / "adr").glob("*.md"))
    assert [file.name[:5] for file in files] == [f"{number:04}-" for number in range(1, len(files) + 1)]
    for number, file in enumerate(files, start=1):
        assert file.read_text(encoding="utf-8").startswith(f"# {number}. "), file.name
