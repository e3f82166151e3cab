"""docs/forms-api.md says how the form engine is used alone: its example runs, and its names are all there."""

import re
import subprocess
import sys

import desktop.forms
from tests import places

PAGE = (places.ROOT / "docs" / "forms-api.md").read_text("utf-8")
FOREIGN = (
    *("PySide6", "shiboken6", "cryptography", "sqlite3", "sqlite_utils", "httpx", "typst", "reportlab"),
    *("desktop.i18n", "desktop.vault", "desktop.records", "desktop.services", "desktop.ui", "desktop.sync"),
)
_LONGEST = 15


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[1]


def _run(program: str) -> str:
    done = subprocess.run(  # noqa: S603  # the example of the page, which is ours
        [sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=places.ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_prints_what_the_page_says_and_is_short() -> None:
    program = _block("python")
    assert sum(1 for line in program.splitlines() if line and not line.startswith("|")) <= _LONGEST
    assert _run(program) == _block("text")


def test_the_engine_and_its_example_load_nothing_of_the_rest() -> None:
    loaded = f"import sys\nprint(sorted(set(sys.modules) & set({FOREIGN!r})))"
    assert _run(f"{_block('python')}\n{loaded}").splitlines()[-1] == "[]"


def test_importing_the_engine_loads_the_standard_library_and_two_small_packages() -> None:
    program = (
        "import sys\nbefore = set(sys.modules)\nimport desktop.forms\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names\n"
        "print(sorted(tops))"
    )
    assert _run(program) == "['desktop', 'protocol']\n"


def test_every_public_name_is_documented_in_the_page_and_in_the_code() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE))
    assert set(desktop.forms.__all__) - named == set()
    for name in desktop.forms.__all__:
        thing = getattr(desktop.forms, name)
        assert not callable(thing) or thing.__doc__, name
