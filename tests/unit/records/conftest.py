"""Desks of one organisation, closed and locked at the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.records.cases import AZC, Desk, desk_of


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk, with its vault below `tmp_path/vaults`."""
    yield from _desk(tmp_path / "vaults", "J. de Vries")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk beside `two`."""
    yield from _desk(tmp_path, "Eén")


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Desk]:
    """Return a desk beside `one`."""
    yield from _desk(tmp_path, "Twee")


def _desk(root: Path, person: str) -> Iterator[Desk]:
    made = desk_of(root, AZC, person)
    yield made
    made.journal.close()
    made.vault.lock()
