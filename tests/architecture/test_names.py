"""Names that a newcomer can guess: one class per name, the field's own words."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PRODUCT, definitions, modules, named, parsed

PRIVATE_WORDS = (
    "arrivals",
    "belonging",
    "census",
    "checkup",
    "circumstances",
    "custody",
    "desk",
    "desks",
    "errand",
    "errands",
    "hands",
    "hear",
    "keeper",
    "lane",
    "naming",
    "papers",
    "say",
    "seat",
    "seats",
    "shelf",
    "shelves",
    "sitting",
    "sittings",
    "strike",
    "struck",
    "timekeeper",
    "told",
    "trouble",
    "troubled",
    "voices",
)
"""Words that once stood for standard terms; docs/glossary.md has the terms."""


def _words(name: str) -> set[str]:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(apart.lower().split("_"))


def _identifiers(path: Path) -> Iterator[str]:
    """Give the names a module defines: modules, classes, functions, arguments, variables and fields."""
    yield path.stem
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def test_no_public_class_has_the_name_of_another() -> None:
    homes = defaultdict(list)
    for path in modules(*PRODUCT):
        for node in definitions(path):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(named(path))
    assert {name: where for name, where in homes.items() if len(where) > 1} == {}


def test_names_are_the_words_of_the_field() -> None:
    found = {
        f"{named(path)}: {name}"
        for path in modules(*PRODUCT, "packaging")
        for name in _identifiers(path)
        if _words(name) & set(PRIVATE_WORDS)
    }
    assert sorted(found) == []
