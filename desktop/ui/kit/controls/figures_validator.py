"""What keeps everything but figures out of a field, whichever keyboard they come from."""

from typing import cast

from PySide6.QtCore import QObject, QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator, QValidator

from desktop.i18n.figures import has_ethiopic_numerals, with_plain_figures


class FiguresValidator(QRegularExpressionValidator):
    """Takes what `pattern` takes; digits of Arabic, Persian and other keyboards become 0–9 while they are typed.

    `numerals` says that Ethiopic numerals were typed, which have no decimal value and are not taken.
    """

    numerals = Signal()

    def __init__(self, pattern: str, parent: QObject) -> None:
        super().__init__(QRegularExpression(pattern), parent)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Return what the pattern says of the text in plain figures, and that text."""
        if has_ethiopic_numerals(text):
            self.numerals.emit()
        found = super().validate(with_plain_figures(text), position)
        return cast("tuple[QValidator.State, str, int]", found)
