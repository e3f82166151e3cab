"""The ground of the painted answer rows: two languages, one box, and the states a hand or a key can bring it in."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import BORDER_CONTROL, Radius
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.questions.parts.lines import LabelLine


class Pressable(QPushButton):
    """A checkable button whose accessible name is its text in both languages, and whose words are never cut."""

    def __init__(self, theme: Theme, lines: tuple[LabelLine, ...], name: str) -> None:
        super().__init__()
        self.theme = theme
        self.lines = tuple(line for line in lines if line.text)
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        words = " / ".join(dict.fromkeys(line.text for line in self.lines))
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        theme.changed.connect(self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """Return the least size in which no word is cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, then what the button holds."""
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint_box(painter, QRectF(self.rect()), self._box())
        self.paint_content(painter, QRectF(self.rect()))
        painter.end()

    def paint_content(self, painter: QPainter, where: QRectF) -> None:
        """Draw what stands inside the box; every sort of button has its own."""
        raise NotImplementedError

    def shown_lines(self) -> tuple[LabelLine, ...]:
        """Return the lines, softer when the button is out of use."""
        if self.isEnabled():
            return self.lines
        return tuple(LabelLine(line.text, line.role, line.language, "ink_2") for line in self.lines)

    def _box(self) -> BoxStyle:
        theme = self.theme
        if self.isChecked():
            return BoxStyle(theme.colour("primary_tint"), theme.colour("primary"), 2.0, Radius.FIELD)
        border = theme.colour("ink" if self.isEnabled() and self.underMouse() else "control")
        fill = theme.colour("primary_tint" if self.isDown() else "surface")
        return BoxStyle(fill, border, BORDER_CONTROL, Radius.FIELD, dashed=not self.isEnabled())
