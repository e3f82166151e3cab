from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui.handover.handover_page import HandoverPage
from desktop.ui.received.received_page import ReceivedPage
from tests.ui.inspection import rest
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.unit.services.plan_world import World


@pytest.fixture
def town_stage(qapp: QApplication, world: World) -> Iterator[Stage]:
    """Return the stage of the municipality."""
    assert qapp is not None
    made = make_stage(world.town)
    yield made
    made.close()


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
def received(town_stage: Stage) -> Iterator[ReceivedPage]:
    """Return the page of received cases of the municipality."""
    made = ReceivedPage(town_stage.context)
    window = hold(made)
    made.show_all()
    rest()
    yield made
    let_go(window)
