from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.reading_order import focus_next, tab_stops
from tests.ui.inspection import rest


class _Window(QWidget):
    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802  # Qt's own signature
        return focus_next(self, forward=forward)


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QWidget]:
    """A window with a bar below and, made later, two columns above it: a list of two and a field."""
    assert qapp is not None
    made = _Window()
    whole = QVBoxLayout(made)
    bar, page = QPushButton("bar"), QWidget()
    whole.addWidget(page)
    whole.addWidget(bar)
    row, column = QHBoxLayout(page), QVBoxLayout()
    nest(row, column)
    field = QLineEdit("field")
    for button in (QPushButton("first"), QPushButton("second")):
        column.addWidget(button)
    row.addWidget(field)
    made.show()
    made.activateWindow()
    rest()
    yield made
    made.close()
    made.deleteLater()


def names(window: QWidget) -> list[str]:
    return [str(each.property("text")) for each in tab_stops(window)]


def test_tab_goes_as_one_reads_whatever_was_made_first(window: QWidget) -> None:
    assert names(window) == ["first", "second", "field", "bar"]


def test_a_mirrored_window_is_read_from_its_other_side(window: QWidget) -> None:
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rest()
    assert names(window) == ["first", "second", "field", "bar"]


def test_what_is_hidden_or_out_of_use_is_no_stop(window: QWidget) -> None:
    first, second, field, bar = tab_stops(window)
    first.hide()
    second.setEnabled(False)
    field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert tab_stops(window) == [bar]


def test_tab_goes_round_in_both_directions(window: QWidget) -> None:
    first, second, field, bar = tab_stops(window)
    first.setFocus()
    for forward, stops in ((Qt.Key.Key_Tab, (second, field, bar, first)), (Qt.Key.Key_Backtab, (bar, field))):
        for stop in stops:
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, forward)
            assert QApplication.focusWidget() is stop


def test_from_a_place_that_is_no_stop_tab_goes_on_from_there(window: QWidget) -> None:
    first, second, _field, _bar = tab_stops(window)
    first.setFocus()
    first.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert focus_next(window, forward=True)
    assert QApplication.focusWidget() is second


def test_a_window_without_stops_leaves_the_keyboard_alone(window: QWidget) -> None:
    for stop in tab_stops(window):
        stop.hide()
    assert not focus_next(window, forward=True)
