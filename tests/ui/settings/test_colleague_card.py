"""The card for a stick between colleagues: it writes every case, tells the words, and names what is in the way."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.settings.colleague_card import ColleagueCard
from tests.ui.inspection import clipped, nameless, press, rest, unreachable, without_object_name
from tests.ui.still import hold, let_go, make_stage
from tests.unit.services.bundles.sticks import take
from tests.unit.services.plan_world import World


def _faults(card: QWidget) -> list[object]:
    return [each(card) for each in (clipped, nameless, unreachable, without_object_name)]


def test_every_case_goes_on_the_stick_and_the_words_are_told(qapp: QApplication, world: World, tmp_path: Path) -> None:
    assert qapp is not None
    stage = make_stage(world.azc)
    card = ColleagueCard(stage.context)
    window = hold(card)
    card.write_to(tmp_path / "not there")
    rest()
    assert card.banner.message()
    assert card.write.isEnabled()

    card.write_to(tmp_path)
    rest()
    (path,) = tmp_path.glob("*.opmaat")
    read = take(world.azc, path)
    assert (read.dossiers, read.all_known) == ((world.dossier,), True)
    assert "Words to compare" in card.banner.message()
    assert _faults(card) == [[], [], [], []]

    press(card, "colleague.read")
    assert stage.visits == [("stick_import", None, "")]
    let_go(window)
    stage.close()
