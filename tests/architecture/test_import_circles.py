"""No module imports, through others, itself: imports for types and inside functions count as well."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("protocol", "desktop", "server")


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _targets(tree: ast.AST, known: frozenset[str]) -> Iterator[str]:
    """Yield the modules of ours that an `import` anywhere in `tree` names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            below = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name for name in below if name in known)
            if not all(name in known for name in below):
                yield node.module


def _graph(package: str) -> Mapping[str, frozenset[str]]:
    """Return which modules of `package` each of its modules imports."""
    paths = {_module(path): path for path in sorted((ROOT / package).rglob("*.py"))}
    known = frozenset(paths)
    return {
        name: frozenset(_targets(ast.parse(path.read_text("utf-8")), known)) - {name} for name, path in paths.items()
    }


def _reach(graph: Mapping[str, frozenset[str]], start: str) -> frozenset[str]:
    """Return the modules that `start` imports, through any number of others."""
    found: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(graph[name])
    return frozenset(found)


def _circles(graph: Mapping[str, frozenset[str]]) -> set[frozenset[str]]:
    """Return the sets of modules that all import one another, directly or not."""
    reach = {name: _reach(graph, name) for name in graph}
    return {frozenset(other for other in reach[name] if name in reach[other]) for name in graph if name in reach[name]}


def test_a_circle_is_found_through_other_modules_and_a_tree_has_none() -> None:
    tree = {"a": frozenset({"b", "c"}), "b": frozenset({"c"}), "c": frozenset[str]()}
    assert _circles(tree) == set()
    assert _circles({**tree, "c": frozenset({"a"})}) == {frozenset({"a", "b", "c"})}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_imports_itself_through_others(package: str) -> None:
    assert sorted(map(sorted, _circles(_graph(package)))) == []
