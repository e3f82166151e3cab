"""What the tests of use cases start from."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.services.interview_fixture import InterviewFixture, interview_at
from tests.unit.services.plan_world import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return two organisations with one worker each, and a filled case at the reception."""
    made = make_world(tmp_path)
    yield made
    made.close()


@pytest.fixture
def fixture(tmp_path: Path) -> InterviewFixture:
    """Return a worker with an open journal and one new dossier."""
    return interview_at(tmp_path)
