"""A laptop of the town beside those of the reception location."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.records.cases import Laptop
from tests.unit.records.membership.parties import town_laptop


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop of the town."""
    made = town_laptop(tmp_path)
    yield made
    made.journal.close()
    made.vault.lock()
