"""Packages introduce themselves, and what they say of themselves is so."""

import ast
import re
from pathlib import Path

from tests.architecture.sources import PRODUCT, imports, modules, named, parsed
from tests.places import ROOT

LEAST_PARAGRAPHS = 2
MAY_IMPORT = re.compile(r"May import ([^;.]*)")
NAME = re.compile(r"`([a-z0-9_.]+)`")
OTHERS = {"__all__", "cryptography", "journal.db"}
"""What else stands in backticks: attributes, libraries, codes, files."""


def _packages() -> dict[Path, str]:
    found = (path for path in modules(*PRODUCT) if path.name == "__init__.py")
    return {path.parent: ast.get_docstring(parsed(path)) or "" for path in found}


def _beside(folder: Path) -> set[str]:
    """Return the names of the modules and packages beside a package that its modules import."""
    parent, own = ".".join(folder.parent.relative_to(ROOT).parts), folder.name
    every = {name for path in folder.rglob("*.py") for name in imports(path)}
    found = {name.removeprefix(f"{parent}.").split(".")[0] for name in every if name.startswith(f"{parent}.")}
    return {name for name in found - {own} if (folder.parent / name).is_dir()}


def test_every_package_says_what_lives_there_and_what_may_import_it() -> None:
    silent = [named(folder) for folder, text in _packages().items() if len(text.split("\n\n")) < LEAST_PARAGRAPHS]
    assert silent == []


def test_a_package_names_every_package_beside_it_that_it_imports() -> None:
    wrong = {}
    for folder, text in _packages().items():
        said = MAY_IMPORT.search(text.replace("\n", " "))
        if said is None or re.search(r"every|what is below", said[1]):
            continue
        unsaid = _beside(folder) - {name.split(".")[-1] for name in NAME.findall(said[1])}
        if unsaid:
            wrong[named(folder)] = sorted(unsaid)
    assert wrong == {}


def test_a_package_names_only_what_is_there() -> None:
    known = {path.parent.name if path.name == "__init__.py" else path.stem for path in modules(*PRODUCT)}
    wrong = {
        named(folder): strangers
        for folder, text in _packages().items()
        if (strangers := {name for name in set(NAME.findall(text)) - OTHERS if not set(name.split(".")) <= known})
    }
    assert wrong == {}
