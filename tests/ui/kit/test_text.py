import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from desktop.i18n.languages import language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.typography.text import Text
from tests.ui.conftest import MakeTheme
from tests.ui.inspection import clipped, rest

LONG = (
    "Tel alle scholen mee, ook die in een ander land en ook de school die u niet hebt afgemaakt. Een schatting is goed."
)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("tag", ["nl", "ar", "ti"])
def test_wrapped_texts_in_a_grid_in_a_scroll_area_are_not_cut(make_theme: MakeTheme, tag: str, scale: float) -> None:
    theme = make_theme(tag, "light", scale)
    page, holder = ScrollPage(), QWidget()
    grid = QGridLayout(holder)
    for column, width in enumerate((1, 2)):
        grid.setColumnStretch(column, width)
        grid.addWidget(Text(theme, LONG, Role.QUESTION), 0, column)
        grid.addWidget(Text(theme, LONG, Role.HINT), 1, column)
    page.body.addWidget(holder)
    page.resize(700, 400)
    page.show()
    for width in (700, 420, 900):
        page.resize(width, 400)
        rest()
        assert clipped(page) == []


def test_a_text_gives_its_height_back_when_it_has_room_again(theme: Theme, qapp: QApplication) -> None:
    text = Text(theme, LONG, Role.BODY)
    text.resize(200, 400)
    text.show()
    rest()
    narrow = text.minimumHeight()
    text.resize(1000, 400)
    qapp.processEvents()
    assert text.minimumHeight() < narrow


def test_what_a_person_typed_is_never_markup(theme: Theme) -> None:
    text = Text(theme, "<b>x</b> & <img src='y'>")
    assert "&lt;b&gt;" in text.text()
    assert text.accessibleName() == "<b>x</b> & <img src='y'>"
    assert text.plain() == "<b>x</b> & <img src='y'>"


def test_direction_comes_from_the_language_and_not_from_the_text(theme: Theme) -> None:
    arabic, dutch = language("ar"), language("nl")
    assert Text(theme, "12:30", language=arabic).layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert Text(theme, "كيف", language=dutch).layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert 'dir="rtl"' in Text(theme, "12:30", language=arabic).text()


def test_a_text_follows_the_text_size_while_running(theme: Theme) -> None:
    text = Text(theme, "Welkom", Role.BODY)
    assert text.font().pixelSize() == 16
    theme.set_scale(1.5)
    assert text.font().pixelSize() == 24


def test_each_script_has_its_own_size(theme: Theme) -> None:
    sizes = {tag: Text(theme, "x", Role.BODY, language=language(tag)).font().pixelSize() for tag in ("nl", "ar", "ti")}
    assert sizes == {"nl": 16, "ar": 19, "ti": 16}
