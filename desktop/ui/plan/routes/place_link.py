"""A small link from the plan back to the answer it rests on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, start_side


class PlaceLink(PressButton):
    """An underlined name of a place, such as `Opleiding 3`; `spoken` says what pressing it does."""

    def __init__(self, theme: Theme, text: str, name: str, spoken: str) -> None:
        super().__init__()
        self._theme = theme
        self._label = text
        self.setObjectName(name)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the words in a target of at least 24 pixels."""
        return QSize(round(self._line().width) + 1, max(Target.LEAST, self._theme.type_size(Role.SMALL).leading))

    def minimumSizeHint(self) -> QSize:
        """Return the same: a place is never shortened."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words with a line under them."""
        painter = QPainter(self)
        line = self._line()
        whole = QRectF(self.rect())
        line.draw(painter, whole, start_side(rtl=self.isRightToLeft()))
        painter.setPen(QPen(line.colour, 1.0))
        below = whole.center().y() + self.fontMetrics().ascent() * 0.42 + 2
        painter.drawLine(QPointF(whole.left(), below), QPointF(whole.right(), below))
        painter.end()

    def _line(self) -> StyledLine:
        token = "primary_hover" if self.underMouse() else "primary"
        font = self._theme.font(Role.SMALL)
        self.setFont(font)
        return StyledLine(self._label, font, self._theme.colour(token), self._theme.language)
