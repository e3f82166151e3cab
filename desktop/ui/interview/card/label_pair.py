"""A label in two languages on one line: Dutch at the start, the second at the end; below each other when narrow."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.i18n import Language
from desktop.services.interview.page_parts import Texts
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.typography.text import Text

_UNBOUNDED = 16_777_215
"""Qt's own width without a limit."""


class LabelPair(QWidget):
    """Shows two texts; neither is ever cut."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.first = Text(theme, role=Role.STRONG)
        self.second = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._box.addWidget(self.first, 1)
        self._box.addWidget(self.second, 0)
        theme.changed.connect(self._fit)

    def show_texts(self, first: Texts, dutch: Language, second: Texts, other: Language) -> None:
        """Show the label in both languages; the second is left away where it has no translation."""
        self.first.set_text(first.label, dutch, first.styled)
        self.second.set_text("" if second.missing else second.label, other, second.styled)
        self.second.setVisible(bool(self.second.plain()))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the texts beside or below each other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = [
            text.fontMetrics().horizontalAdvance(text.plain()) + Space.SMALL for text in (self.first, self.second)
        ]
        beside = sum(wanted) <= self.width()
        self.second.setMinimumWidth(wanted[1] if beside else 0)
        self.second.setMaximumWidth(wanted[1] if beside else _UNBOUNDED)
        directions = QBoxLayout.Direction
        self._box.setDirection(directions.LeftToRight if beside else directions.TopToBottom)
