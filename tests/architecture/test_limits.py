"""Size limits of the house (docs/architecture.md): no allow-list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import places

ROOT = places.ROOT
PACKAGES = ("desktop", "server", "demo", "benchmarks", "packaging")
FILE_LINES, CLASS_LINES, FUNCTION_LINES = 400, 250, 40


def _sources() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def _definitions(path: Path) -> Iterator[tuple[str, int, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            limit = CLASS_LINES if isinstance(node, ast.ClassDef) else FUNCTION_LINES
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1, limit


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_files_classes_and_functions_stay_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    too_long = [f"{name}: {length} > {limit}" for name, length, limit in _definitions(path) if length > limit]
    assert lines <= FILE_LINES
    assert too_long == []
