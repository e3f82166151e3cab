"""The card for a new key without a network: the own file out, the keys in, and the cases done one after the other."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.stick.keys_card import KeysCard
from tests.keys_on_a_stick import keys_for
from tests.ui.inspection import clipped, nameless, rest, unreachable, without_object_name
from tests.ui.still import hold, let_go, make_stage
from tests.unit.services.plan_world import World, organisations


def _faults(card: QWidget) -> list[object]:
    return [each(card) for each in (clipped, nameless, unreachable, without_object_name)]


def test_a_key_from_a_file_is_put_to_use_in_every_case(qapp: QApplication, world: World, tmp_path: Path) -> None:
    assert qapp is not None
    stage = make_stage(world.azc)
    card = KeysCard(stage.context)
    window = hold(card)
    rest()
    assert card.isVisible()
    assert "1" in card.standing.plain()

    card.save_own(tmp_path / "not there" / "x")
    rest()
    assert card.refused.isVisible()
    card.save_own(tmp_path / "laptop")
    rest()
    assert not card.refused.isVisible()
    card.read(tmp_path / "laptop")
    rest()
    assert card.refused.isVisible()
    (tmp_path / "keys").write_bytes(keys_for(tmp_path / "laptop", *organisations()))
    card.read(tmp_path / "keys")
    rest()

    assert not card.refused.isVisible()
    assert world.azc.vault.membership.card.version == 2
    here = world.azc.services.organisation_keys.here()
    assert here is not None
    assert here.left == 0
    state = world.azc.journal.membership.of(world.dossier)
    assert state is not None
    assert state.epoch == 2
    assert "2" in card.standing.plain()
    assert _faults(card) == [[], [], [], []]
    let_go(window)
    stage.close()
