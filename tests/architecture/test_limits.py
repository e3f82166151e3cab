"""Size limits of the tree (docs/architecture.md): no allow-list."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

from tests.architecture.sources import PRODUCT, definitions, modules, named

FILE_LINES, CLASS_LINES, FUNCTION_LINES = 400, 250, 40
FOLDER_MODULES, FOLDERS_WITH_ONE_NAME = 15, 4
UNCOUNTED = {"__init__.py", "__main__.py", "conftest.py"}


def _too_long(path: Path) -> list[str]:
    found = []
    if (lines := len(path.read_text("utf-8").splitlines())) > FILE_LINES:
        found.append(f"{named(path)}: {lines} lines")
    for node in definitions(path):
        limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > limit:
            found.append(f"{named(path)}: {node.name} has {length} lines")
    return found


def test_files_classes_and_functions_stay_short() -> None:
    assert [line for path in modules(*PRODUCT, "packaging") for line in _too_long(path)] == []


def test_no_folder_holds_more_modules_than_one_can_oversee() -> None:
    held = Counter(path.parent for path in modules(*PRODUCT, "packaging", "tests") if path.name != "__init__.py")
    assert {named(folder): count for folder, count in held.items() if count > FOLDER_MODULES} == {}


def test_no_file_name_says_nothing_because_too_many_have_it() -> None:
    homes = defaultdict(list)
    for path in modules(*PRODUCT, "packaging", "tests"):
        if path.name not in UNCOUNTED:
            homes[path.name].append(named(path.parent))
    assert {name: where for name, where in homes.items() if len(where) > FOLDERS_WITH_ONE_NAME} == {}
