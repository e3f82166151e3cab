"""Desks of one organisation, closed and locked at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.records.cases import AZC, Laptop, new_laptop


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop, with its vault below `tmp_path/vaults`."""
    yield from _laptop(tmp_path / "vaults", "J. de Vries")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop beside `two`."""
    yield from _laptop(tmp_path, "Eén")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop beside `one`."""
    yield from _laptop(tmp_path, "Twee")


def _laptop(root: Path, person: str) -> Iterator[Laptop]:
    made = new_laptop(root, AZC, person)
    yield made
    made.journal.close()
    made.vault.lock()
