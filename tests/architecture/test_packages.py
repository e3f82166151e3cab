"""Packages introduce themselves."""

import ast

from tests.architecture.sources import PRODUCT, modules, named, parsed

LEAST_LINES = 2


def test_every_package_says_what_lives_there_and_what_may_import_it() -> None:
    silent = []
    for path in modules(*PRODUCT):
        if path.name == "__init__.py":
            lines = [line for line in (ast.get_docstring(parsed(path)) or "").splitlines() if line.strip()]
            if len(lines) < LEAST_LINES:
                silent.append(named(path.parent))
    assert silent == []
