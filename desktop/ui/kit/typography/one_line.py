"""A text on one line that gives way: without room it ends in an ellipsis, and the whole of it is a tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.typography.text import Text

_LEAST_CHARACTERS = 6


class OneLine(Text):
    """As `Text`; `plain` and what assistive technology reads are always the whole."""

    def __init__(self, theme: Theme, text: str = "", role: Role = Role.BODY, *, tone: Tone = Tone.INK) -> None:
        super().__init__(theme, text, role, tone=tone, wrap=False)

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * _LEAST_CHARACTERS), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten, or show all again."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.setText(self._markup())

    def _shown(self) -> str:
        fitting = self._plain
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized) and self._plain:
            fitting = self.fontMetrics().elidedText(self._plain, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if fitting == self._plain else self._plain)
        return fitting
