"""What the person across the table pointed at: it becomes an answer only when the caseworker says so."""

from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.i18n import Catalogue
from desktop.services.interview.page_parts import CardView, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.questions.answer_binding import WAYS_OUT

_WAYS = {
    "unknown": (WAYS_OUT["unknown"], "interview.unknown"),
    "declined": (WAYS_OUT["declined"], "interview.decline"),
}
"""Each way not to answer: its words and the caseworker's own button for it."""


class WishBanner(Banner):
    """Shown on the caseworker's screen. Taking a wish over presses the very button of the card in `page`."""

    def __init__(self, theme: Theme, words: Catalogue, page: QWidget) -> None:
        super().__init__(theme, words.text("Put this message away"), "interview.wish")
        self._words, self._page = words, page

    def show_wish(self, name: str, step: CardView | None, wish: str, value: str) -> None:
        """Tell that `name` pointed at `wish` (a way not to answer, `break`, or `choice` with its value)."""
        text = self._words.text
        if wish == "break":
            self.show_message("asks", text("{name} would like a break.", name=name))
            return
        said, button = self._meaning(step, wish, value)
        if said:
            sentence = text("{name} points at: {answer}", name=name, answer=said)
            self.show_message("asks", sentence, text("Take this over"), lambda: self._take(button))

    def _meaning(self, step: CardView | None, wish: str, value: str) -> tuple[str, str]:
        if wish in _WAYS:
            words, button = _WAYS[wish]
            return self._words.text(words), button
        choices = step.choices if isinstance(step, QuestionView) else ()
        said = next((choice.dutch for choice in choices if choice.value == value), "")
        return said, f"interview.choice.{value}"

    def _take(self, name: str) -> None:
        self.hide()
        for button in self._page.findChildren(QAbstractButton, name):
            if button.isVisible() and button.isEnabled():
                button.click()
