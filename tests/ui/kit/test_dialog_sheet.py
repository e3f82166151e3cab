"""A sheet stays on the screen at every size of letters."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from tests.ui.conftest import MakeTheme
from tests.ui.inspection import rest


@pytest.fixture
def window() -> Iterator[QWidget]:
    behind = QWidget()
    behind.show()
    yield behind
    behind.close()
    behind.deleteLater()
    rest()


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_a_sheet_is_never_larger_than_the_screen_and_its_fields_scroll(
    window: QWidget, make_theme: MakeTheme, scale: float
) -> None:
    theme = make_theme("nl", "light", scale)
    sheet = DialogSheet(theme, window, "Een blad", "sheet", "Sluiten")
    for number in range(40):
        sheet.fields.addWidget(Text(theme, f"Regel {number}"))
    sheet.open()
    rest()
    screen = sheet.screen().availableSize()
    assert sheet.height() < screen.height()
    assert sheet.width() <= screen.width()
    assert sheet.close_button.isVisible()
    assert sheet.rect().contains(sheet.close_button.geometry())
    assert sheet.findChildren(QScrollArea)[0].verticalScrollBar().maximum() > 0
    sheet.close()
