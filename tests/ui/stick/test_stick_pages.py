"""The pages about sticks, over real vaults: a case goes on one, is read in elsewhere, and its receipt comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.ui.stick.import_page import StickImportPage
from desktop.ui.stick.stick_page import StickPage
from tests.ui.inspection import clipped, control, nameless, press, rest, unreachable, without_object_name
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.bundles.sticks import offered
from tests.unit.services.plan_world import World


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Return the folder of a stick."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[StickPage]:
    """Return the page of the case at the reception, where it was sent."""
    offered(world)
    made = StickPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    rest()
    yield made
    let_go(window)


@pytest.fixture
def reading(town_stage: Stage) -> Iterator[StickImportPage]:
    """Return the page that reads sticks at the municipality."""
    made = StickImportPage(town_stage.context)
    window = hold(made)
    rest()
    yield made
    let_go(window)


def the_bundle(stick: Path) -> Path:
    (found,) = stick.glob("*.opmaat")
    return found


def test_a_case_goes_over_and_its_receipt_comes_back(
    page: StickPage, reading: StickImportPage, world: World, stick: Path
) -> None:
    assert not page.receipt_card.isVisible()
    page.write_to(stick)
    assert page.banner.message().startswith("Written, read back and whole")
    words = page.book.words.accessibleName()

    reading.open(the_bundle(stick))
    assert reading.book.words.accessibleName() == words
    assert "Luwam" not in reading.book.accessibleName()
    press(reading, "stick_import.accept")
    assert world.town.services.received.cases()[0].step == "received"
    assert control(reading, "stick_import.cases", QAbstractButton).isVisible()
    assert reading.timeline.accessibleName().count("done") == 3

    (receipt,) = (
        set(stick.glob("*.opmaat"))
        - {path for path in stick.glob("*.opmaat") if path.name in words}
        - {
            next(
                path
                for path in stick.glob("*.opmaat")
                if path.stat().st_size == max(each.stat().st_size for each in stick.glob("*.opmaat"))
            )
        }
    )
    page.read_receipt(receipt)
    assert page.banner.message() == "The receipt was read in."
    assert page.timeline.accessibleName().count("done") == 3
    page.read_receipt(receipt)
    assert page.banner.message() == "All of this was known already. Nothing changed."


def test_saying_no_changes_nothing(page: StickPage, reading: StickImportPage, world: World, stick: Path) -> None:
    page.write_to(stick)
    reading.open(the_bundle(stick))
    press(reading, "stick_import.refuse")
    assert reading.banner.message().startswith("Nothing was read in. Call azc Duinrand")
    assert world.town.journal.dossiers() == ()
    reading.open(the_bundle(stick))
    reading.leave()
    assert world.town.journal.dossiers() == ()


def test_what_is_wrong_with_a_stick_is_said_in_place(
    page: StickPage, reading: StickImportPage, world: World, stick: Path
) -> None:
    page.write_to(stick)
    bundle = the_bundle(stick)
    other = stick / "other.opmaat"
    other.write_bytes(b"something else")
    reading.open(other)
    assert reading.banner.message().startswith("This file is not a bundle")
    page.read_receipt(bundle)
    assert "does not open here" in page.banner.message()
    bundle.write_bytes(bundle.read_bytes()[:-5])
    reading.open(bundle)
    assert reading.banner.message().startswith("0 of 1 parts are whole")
    assert world.town.journal.dossiers() == ()


def test_a_stick_that_cannot_take_the_receipt_leaves_the_case_read_in(
    page: StickPage, reading: StickImportPage, world: World, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.write_to(stick)
    reading.open(the_bundle(stick))

    def full(_folder: Path) -> int:
        from protocol.errors import UserError

        raise UserError("bundle.no_room", {"megabytes": "3"})

    monkeypatch.setattr("desktop.ui.stick.writing_flow.room_on", full)
    press(reading, "stick_import.accept")
    assert "no room on this stick" in reading.banner.message()
    assert world.town.services.received.cases()[0].step == "received"
    monkeypatch.undo()
    reading.banner.link.click()
    assert len(list(stick.glob("*.opmaat"))) == 2


def test_a_case_that_was_sent_to_nobody_is_not_written(stage: Stage, world: World, stick: Path) -> None:
    page = StickPage(stage.context)
    window = hold(page)
    page.show_dossier(world.dossier)
    page.write_to(stick)
    assert page.banner.message().startswith("There is no case between")
    assert list(stick.iterdir()) == []
    let_go(window)


def test_everything_has_a_name_and_is_reached(page: StickPage, reading: StickImportPage, stick: Path) -> None:
    page.write_to(stick)
    reading.open(the_bundle(stick))
    rest()
    for each in (page, reading):
        assert nameless(each) == []
        assert without_object_name(each) == []
        assert unreachable(each) == []
        assert clipped(each) == []


def test_a_file_that_is_dragged_onto_a_page_is_read(page: StickPage, reading: StickImportPage, stick: Path) -> None:
    page.write_to(stick)
    drop(reading, the_bundle(stick))
    assert reading.book.words.accessibleName() == page.book.words.accessibleName()
    drop(page, the_bundle(stick))
    assert "does not open here" in page.banner.message()
    page.banner.hide()
    drop(page)
    assert page.banner.message() == ""


def drop(page: QWidget, *paths: Path) -> None:
    """Drag files onto a page and let them go."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, buttons, keys = QPointF(20, 20), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(where.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys),
        QDropEvent(where, Qt.DropAction.CopyAction, data, buttons, keys),
    ):
        QCoreApplication.sendEvent(page, event)
