from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from desktop.i18n.languages import language
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.surfaces.book import BookCard, BookPage
from desktop.ui.kit.typography.text import Text
from tests.ui.inspection import clipped, nameless, rest

DUTCH = BookPage(
    language("nl"),
    "Nederlands",
    "Hoeveel jaar bent u in totaal naar school gegaan?",
    "Tel alle scholen mee.",
    "Waarom vragen we dit?",
    "Zo kiezen we een les die bij u past.",
)
ARABIC = BookPage(language("ar"), "العربية", "كيف؟", "اختر ما يناسبك.", "لماذا؟", "لأن هذا مفيد لك.")


def _card(theme: Theme, second: BookPage | None, width: int = 976) -> BookCard:
    card = BookCard(theme, "book")
    card.answer.addWidget(Button(theme, "Weet ik niet", "unknown"))
    card.set_pages(DUTCH, second)
    card.resize(width, 420)
    card.show()
    rest()
    return card


def _place(card: BookCard, name: str) -> QPoint:
    widget = card.findChild(QWidget, name)
    assert isinstance(widget, QWidget)
    return widget.mapTo(card, QPoint(0, 0))


def test_hint_faces_hint_whatever_the_length_of_the_question(theme: Theme) -> None:
    card = _card(theme, ARABIC)
    assert _place(card, "book.first.hint").y() == _place(card, "book.second.hint").y()
    assert _place(card, "book.first.hint").x() < _place(card, "book.second.hint").x()
    assert clipped(card) == []
    assert nameless(card) == []


def test_the_reason_opens_on_both_pages_at_once(theme: Theme) -> None:
    heard: list[bool] = []
    card = BookCard(theme, "book", on_why=heard.append)
    card.set_pages(DUTCH, ARABIC)
    card.show()
    button = card.findChild(QWidget, "book.first.why")
    assert isinstance(button, QWidget)
    other = next(text for text in card.findChildren(Text) if text.plain() == ARABIC.why)
    assert not other.isVisible()
    button.click()  # type: ignore[attr-defined]  # it is a push button of the kit
    rest()
    assert heard == [True]
    assert other.isVisible()


def test_pages_stack_when_there_is_no_width_for_two(theme: Theme) -> None:
    card = _card(theme, ARABIC, 500)
    rest()
    assert _place(card, "book.second.question").y() > _place(card, "book.first.hint").y()
    assert clipped(card) == []


def test_pages_swap_in_a_right_to_left_interface(theme: Theme) -> None:
    theme.set_language(language("ar"))
    card = _card(theme, ARABIC)
    assert _place(card, "book.first.question").x() > _place(card, "book.second.question").x()
    theme.set_language(language("nl"))


def test_one_page_takes_all_the_width_when_nobody_needs_a_second(theme: Theme) -> None:
    card = _card(theme, None)
    question = card.findChild(QWidget, "book.second.question")
    assert isinstance(question, QWidget)
    assert not question.isVisible()
