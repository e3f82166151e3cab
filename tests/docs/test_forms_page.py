"""docs/forms.md says what the program does: its commands are run, its lists compared with the program."""

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from desktop.forms.model.references import FormScope
from desktop.forms.script.steps import VERBS
from desktop.forms.workbook.tables import read_tables
from desktop.i18n.messages import all_messages
from tests import places

ROOT = places.ROOT
PAGE = ROOT / "docs" / "forms.md"
EXAMPLES = ROOT / "docs" / "examples"
REFERENCE = runpy.run_path(str(ROOT / "packaging" / "forms_reference.py"))
PARTS = cast("Mapping[str, Callable[[], Iterator[str]]]", REFERENCE["PARTS"])
page_with = cast("Callable[[str], str]", REFERENCE["page_with"])

_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def consoles() -> list[str]:
    """Return what stands in each console of the page."""
    return _BLOCK.findall(PAGE.read_text("utf-8"))


def typed(console: str) -> list[tuple[str, str]]:
    """Return each command of a console with what is shown below it."""
    parts = re.split(r"^\$ (.*)\n", console, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def shown(console: str) -> str:
    """Run the commands of a console in one shell in the folder of the examples, and return what comes of each."""
    program = "\n".join(f"echo {_MARK}\n{_again(command)}" for command, _ in typed(console))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(  # noqa: S603  # our own page
        ["/bin/bash", "-c", program],
        cwd=EXAMPLES,
        check=False,
        encoding="utf-8",
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    return done.stdout


_MARK = "--- next command"


def _again(command: str) -> str:
    """Let `echo $?` tell the status of the command before it."""
    return 'echo "$status"' if command == "echo $?" else f"{command}\nstatus=$?"


def pattern_of(written: str) -> str:
    """Return the pattern of what is shown; a line with only `…` stands for any lines."""
    lines = (r"(?:.*\n)*" if line == "…" else re.escape(line) + r"\n" for line in written.splitlines())
    return "".join(lines)


@pytest.mark.parametrize("number", range(len(consoles())))
def test_every_command_of_the_page_shows_what_the_page_says(number: int) -> None:
    console = consoles()[number]
    came = shown(console).split(f"{_MARK}\n")[1:]
    assert len(came) == len(typed(console))
    for (command, written), output in zip(typed(console), came, strict=True):
        assert re.fullmatch(pattern_of(written), output), f"{command}\n{output}"


def test_the_page_shows_every_command_for_form_writers_at_work() -> None:
    commands = " ".join(command for console in consoles() for command, _ in typed(console))
    assert all(f"opmaat form {name} " in commands for name in ("show", "check", "run", "eval"))


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_list_of_the_page_is_that_of_the_program(part: str) -> None:
    text = PAGE.read_text("utf-8")
    found = re.search(rf"<!-- {part}: packaging/forms_reference.py -->\n(.*?)\n<!-- end -->", text, re.DOTALL)
    assert found is not None
    assert found[1].splitlines() == list(PARTS[part]()), "make forms-reference"


def test_writing_the_lists_anew_changes_nothing_else() -> None:
    text = PAGE.read_text("utf-8")
    assert page_with(text.replace("`geofence()`", "")) == page_with(text)
    assert page_with(text).count("\n## ") == text.count("\n## ")


def _names(part: str) -> set[str]:
    return {name for line in PARTS[part]() for name in re.findall(r"`([^`]+)`", line)}


def test_the_lists_leave_nothing_out() -> None:
    assert _names("functions") == {f"{name}()" for name in FormScope.functions}
    assert {line.split("`")[1] for line in PARTS["steps"]() if "`" in line} == VERBS
    areas = cast("tuple[str, ...]", REFERENCE["AREAS"])
    assert _names("codes") >= {code for code in all_messages() if code.startswith(areas)}


def test_every_appearance_of_the_page_is_one_the_program_looks_at() -> None:
    floors = (ROOT / "desktop" / "ui", ROOT / "desktop" / "services", ROOT / "desktop" / "forms")
    sources = "\n".join(path.read_text("utf-8") for floor in floors for path in sorted(floor.rglob("*.py")))
    assert [name for name in _names("appearances") - {"pictogram"} if f'"{name}"' not in sources] == []


@pytest.mark.parametrize("kind", sorted(cast("Mapping[str, Any]", REFERENCE["TYPES"])))
def test_every_type_of_the_page_can_be_asked(kind: str) -> None:
    node = REFERENCE["node_of"](kind)
    assert node.kind in {"question", "note", "calculate"}


def test_the_example_for_a_spreadsheet_program_is_the_one_in_text() -> None:
    written = read_tables((EXAMPLES / "meedoen.md").read_bytes(), "md")
    sheets = read_tables((EXAMPLES / "meedoen.xlsx").read_bytes(), "xlsx")
    assert sheets == written


def test_every_file_the_page_names_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+?)(?:#[\w-]+)?\)", PAGE.read_text("utf-8"))
    ours = [link for link in links if link and "://" not in link]
    assert [link for link in ours if not (PAGE.parent / link).exists()] == []
    assert len(ours) >= 3
