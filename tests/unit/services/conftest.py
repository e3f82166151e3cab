"""What the tests of use cases start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.plan_world import World, make_world
from tests.unit.services.table import Table, table_at


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return two organisations with one worker each, and a filled case at the reception."""
    made = make_world(tmp_path)
    yield made
    made.close()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Return a worker with an open journal and one new dossier."""
    return table_at(tmp_path)
