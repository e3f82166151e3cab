"""Labels with the styling of their form: shown, never obeyed as markup, read aloud plain."""

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.forms.document.styling import TextLine, TextSpan, plain, read_styled
from desktop.i18n.languages import language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import PALETTES, Role, TypeSize
from desktop.ui.kit.typography.rich_text import TextStyle, contrast, is_readable, rich_text
from desktop.ui.kit.typography.text import Text
from tests.ui.conftest import MakeTheme
from tests.ui.inspection import clipped, rest

LABEL = '## Wonen\nWoont u **nu** in een *opvang*? Zie [DUO](https://duo.nl) <span style="color:#b00020">let op</span>'
LOOK = TextStyle(TypeSize(16, 24), "ltr", "left", bold=False, latin=True, palette=PALETTES["light"])


class Tags(HTMLParser):
    """Collects the elements and the text of a markup."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element with the names of its attributes."""
        self.tags |= {tag, *(f"{tag}@{name}" for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def test_the_styling_of_a_form_is_shown_and_the_name_stays_plain(theme: Theme) -> None:
    text = Text(theme, role=Role.HINT)
    text.set_text(plain(read_styled(LABEL)), language("nl"), read_styled(LABEL))
    read = Tags(text.text())
    assert text.accessibleName() == "Wonen\nWoont u nu in een opvang? Zie DUO (https://duo.nl) let op"
    assert read.tags == {"div", "div@dir", "div@align", "div@style", "span", "span@style", "i", "u"}
    assert "#b00020" in text.text()


def test_a_text_of_another_question_has_no_styling_left(theme: Theme) -> None:
    text = Text(theme)
    text.set_text("vet", styled=read_styled("**vet**"))
    text.set_text("gewoon")
    assert "font-weight" not in text.text()


def test_where_all_is_bold_the_rest_steps_back() -> None:
    bold = TextStyle(TypeSize(28, 38), "ltr", "left", bold=True, latin=True, palette=PALETTES["light"])
    assert 'font-weight:400">Woont u ' in rich_text("", read_styled("Woont u **nu**?"), bold)
    assert "font-weight:400" not in rich_text("", read_styled("Woont u *nu*?"), bold)


def test_scripts_without_italics_are_underlined(theme: Theme) -> None:
    text = Text(theme)
    text.set_text("الآن", language("ar"), read_styled("*الآن*"))
    assert "<u>الآن</u>" in text.text()
    assert 'dir="rtl"' in text.text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_colour_that_cannot_be_read_is_not_used(scheme: str) -> None:
    palette = PALETTES[scheme]  # type: ignore[index]  # one of the two
    used = {name: is_readable(name, palette) for name in ("#b00020", "yellow", "geenkleur")}
    assert used == {"#b00020": scheme == "light", "yellow": scheme == "dark", "geenkleur": False}


def test_black_on_white_is_the_greatest_contrast(theme: Theme) -> None:
    del theme
    from PySide6.QtGui import QColor

    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("tag", ["nl", "ar", "ti"])
def test_headings_and_lines_are_not_cut(make_theme: MakeTheme, tag: str, scale: float) -> None:
    theme = make_theme(tag, "light", scale)
    styled = read_styled("# " + "Een kop over meer dan een regel " * 3 + "\n**tekst** " * 5)
    text = Text(theme, role=Role.QUESTION)
    text.set_text(plain(styled), language(tag), styled)
    text.resize(420, 200)
    text.show()
    rest()
    assert text.heightForWidth(420) <= text.minimumHeight()
    assert clipped(text) == []


HOSTILE = st.text(st.sampled_from("ab*_#[]()<>&;\"'\\\n/:=-") | st.characters(), max_size=40)


@given(text=HOSTILE, colour=HOSTILE, link=HOSTILE)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_can_add_an_element(text: str, colour: str, link: str) -> None:
    styled = (
        TextLine((TextSpan(text, bold=True, colour=colour, link=link), TextSpan(text, italic=True))),
        *read_styled(text),
    )
    allowed = {"div", "div@dir", "div@align", "div@style", "span", "span@style", "i", "u", "br"}
    assert Tags(rich_text(text, styled, LOOK)).tags <= allowed
    assert Tags(rich_text(text, (), LOOK)).tags <= allowed
