from collections.abc import Iterator

import pytest

from desktop.ui.handover.handover_page import HandoverPage
from desktop.ui.plan.plan_page import PlanPage
from desktop.ui.received.received_page import ReceivedPage
from tests.ui.inspection import rest
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.plan_world import World


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[HandoverPage]:
    """Return the handover page of the reception location, showing the case."""
    made = HandoverPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    rest()
    yield made
    let_go(window)


@pytest.fixture
def plan_page(stage: Stage, world: World) -> Iterator[PlanPage]:
    """Return the plan page of the reception location, showing the case."""
    made = PlanPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    rest()
    yield made
    let_go(window)


@pytest.fixture
def received(town_stage: Stage) -> Iterator[ReceivedPage]:
    """Return the page of received cases of the municipality."""
    made = ReceivedPage(town_stage.context)
    window = hold(made)
    made.show_all()
    rest()
    yield made
    let_go(window)
