"""A segmented switch: one of a few, the chosen one with a tick. Used for languages, steps and views."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QPushButton, QSizePolicy, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_PAD, _TICK, _GAP, _HEIGHT = 15, 18, 6, 42


@dataclass(frozen=True, slots=True)
class SegmentOption:
    """One choice: its key, its word and the language the word is in (None: the interface's).

    `opens_menu` draws a chevron: the segment stands for more choices.
    """

    key: str
    text: str
    language: Language | None = None
    opens_menu: bool = False


class _Part(PressButton):
    """One segment; checkable, exclusive with its siblings."""

    def __init__(self, theme: Theme, segment: SegmentOption) -> None:
        super().__init__()
        self.segment = segment
        self._theme = theme
        self.first = self.last = self.stacked = False
        self.setCheckable(True)
        self.setAutoExclusive(True)  # its group decides; assistive technology calls it a radio button
        self.setText(segment.text.replace("&", "&&"))
        self.setAccessibleName(segment.text)
        speak_in(self, segment.language or theme.language)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the word with room for the tick when it is chosen."""
        theme = self._theme
        width = max(self._line(Role.STRONG).width, self._line(Role.BODY).width) + 2 * theme.px(_PAD)
        if self.isChecked() or self.segment.opens_menu:
            width += theme.px(_TICK) + theme.px(_GAP)
        return QSize(round(width), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def checkStateSet(self) -> None:
        """Ask for room for the tick."""
        super().checkStateSet()
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the fill of the chosen segment, the tick and the word."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        if self.isChecked() or self.underMouse():
            token = "primary" if self.isChecked() else "sand"
            painter.fillPath(self._shape(whole), theme.colour(token))
        line = self._line(Role.STRONG if self.isChecked() else Role.BODY)
        tick = theme.px(_TICK) + theme.px(_GAP) if self.isChecked() else 0
        after = theme.px(_TICK) + theme.px(_GAP) if self.segment.opens_menu else 0
        start = (whole.width() - line.width - tick - after) / 2
        if self.isChecked():
            self._mark(painter, whole, start, "check", "on_primary")
        if after:
            self._mark(painter, whole, start + tick + line.width + theme.px(_GAP), "chevron-down", "ink")
        line.draw(painter, at_start(whole, start + tick, line.width, rtl=rtl), start_side(rtl=rtl))
        if not self.last:
            painter.fillRect(self._edge(whole), theme.colour("line"))
        painter.end()

    def _edge(self, whole: QRectF) -> QRectF:
        """Return the hairline before the next segment."""
        if self.stacked:
            return QRectF(1, whole.bottom() - 1, whole.width() - 2, 1)
        return QRectF(whole.left() if self.isRightToLeft() else whole.right() - 1, 1, 1, whole.height() - 2)

    def _mark(self, painter: QPainter, whole: QRectF, offset: float, icon: str, colour: str) -> None:
        side = self._theme.px(_TICK)
        square = at_start(whole, offset, side, rtl=self.isRightToLeft())
        square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
        paint_icon(painter, square, icon, self._theme.colour(colour).name())

    def _shape(self, whole: QRectF) -> QPainterPath:
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        radius = Radius.FIELD - 1
        path.addRoundedRect(whole, radius, radius)
        start, end = QRectF(whole), QRectF(whole)
        if self.stacked:
            start.setHeight(radius * 2)
            end.setTop(whole.bottom() - radius * 2)
        else:
            start.setWidth(radius * 2)
            end.setLeft(whole.right() - radius * 2)
            start, end = (end, start) if self.isRightToLeft() else (start, end)
        if not self.first:
            path.addRect(start)
        if not self.last:
            path.addRect(end)
        return path.simplified()

    def _line(self, role: Role) -> StyledLine:
        language = self.segment.language or self._theme.language
        colour = self._theme.colour("on_primary" if self.isChecked() else "ink")
        return StyledLine(self.segment.text, self._theme.font(role, language.script), colour, language)


class Segmented(QWidget):
    """An exclusive row of segments, or a column of them where a row does not fit.

    `on_choose` hears the key a person chose, never a key set by `choose`.
    """

    def __init__(self, theme: Theme, name: str, label: str, on_choose: Callable[[str], None]) -> None:
        super().__init__()
        self._theme = theme
        self._on_choose = on_choose
        self._parts: list[_Part] = []
        self._group = QButtonGroup(self)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group.buttonClicked.connect(self._clicked)
        theme.changed.connect(self.update)

    def set_segments(self, segments: Sequence[SegmentOption], chosen: str) -> None:
        """Offer `segments`; each gets the object name of the switch, a dot and its key."""
        for part in self._parts:
            self._group.removeButton(part)
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts = [_Part(self._theme, segment) for segment in segments]
        for part in self._parts:
            part.setObjectName(f"{self.objectName()}.{part.segment.key}")
            self._group.addButton(part)
            self._row.addWidget(part)
        if self._parts:
            self._parts[0].first = True
            self._parts[-1].last = True
        self.choose(chosen)
        if self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self._direct()

    def choose(self, key: str) -> None:
        """Show `key` as the chosen one."""
        if key == self.chosen():
            return
        for part in self._parts:
            if part.segment.key == key:
                part.setChecked(True)
        for part in self._parts:
            part.updateGeometry()

    def chosen(self) -> str:
        """Return the key of the chosen segment, empty when there is none."""
        return next((part.segment.key for part in self._parts if part.isChecked()), "")

    def sizeHint(self) -> QSize:
        """Return the width of the row, and the height of the row or, where it does not fit, of the column."""
        sizes = [part.sizeHint() for part in self._parts]
        width = sum(size.width() for size in sizes)
        heights = [size.height() for size in sizes] or [0]
        return QSize(width + 2, (sum(heights) if self._stacked() else max(heights)) + 2)

    def minimumSizeHint(self) -> QSize:
        """Return the width of the widest segment."""
        widest = max((part.sizeHint().width() for part in self._parts), default=0)
        return QSize(widest + 2, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand below each other where there is no room beside each other."""
        super().resizeEvent(event)
        self._direct()

    def _stacked(self) -> bool:
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def _direct(self) -> None:
        stacked = self.width() < self.sizeHint().width()
        if stacked != self._stacked():
            across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
            self._row.setDirection(down if stacked else across)
            self.updateGeometry()
        for part in self._parts:
            part.stacked = self._stacked()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the common frame."""
        painter = QPainter(self)
        box = BoxStyle(self._theme.colour("surface"), self._theme.colour("control"), 1.2, Radius.FIELD)
        paint_box(painter, QRectF(self.rect()), box)
        painter.end()

    def _clicked(self, part: QPushButton) -> None:
        for each in self._parts:
            each.updateGeometry()
        if isinstance(part, _Part):
            self._on_choose(part.segment.key)
