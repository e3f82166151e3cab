"""A choice of one out of a few, as rows or boxes: vaults, outcomes, ways to go on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from desktop.i18n.languages import Language
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space
from desktop.ui.kit.drawing.line import StyledLine, at_start, end_side, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box, paint_radio

_MARK = 20


class RadioBox(QRadioButton):
    """A radio button in a box: title, a second line, and two short lines at the end.

    `title_language` and `second_language` are those of the two lines (None: the interface's). Its accessible name is
    title and second line.
    """

    def __init__(  # noqa: PLR0913  # each is one line of the box, named at every call
        self,
        theme: Theme,
        title: str,
        name: str,
        *,
        second: str = "",
        second_language: Language | None = None,
        title_language: Language | None = None,
        aside: tuple[str, ...] = (),
        height: int = 56,
        strong: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._title, self._second, self._aside = title, second, aside
        self._second_language, self._title_language = second_language, title_language
        self._height = height
        self._strong = strong
        self.setObjectName(name)
        speak_in(self, title_language or theme.language)
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(" / ".join(part for part in (title, second) if part))
        self.setAccessibleDescription(" ".join(aside))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the width of the longest line with the mark, and the height of the target."""
        theme = self._theme
        words = max(line.width for line, _leading in self._lines())
        width = words + self._around()
        laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        room = self.width() - self._around() if laid_out else words
        height = max(theme.px(self._height), round(sum(self._heights(room))) + theme.px(8))
        return QSize(round(width), height)

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word beside the short lines: the others go on below it."""
        longest = max(line.longest_word for line, _leading in self._lines())
        return QSize(round(longest + self._around()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the new width needs."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _around(self) -> float:
        """Return what mark, short lines and air take beside the words."""
        theme = self._theme
        aside = max((line.width for line in self._aside_lines()), default=0)
        return aside + (theme.px(Space.WIDE) if aside else 0) + theme.px(_MARK) + theme.px(Space.LARGE) * 3

    def _heights(self, width: float) -> list[float]:
        return [max(leading, line.height_at(width)) for line, leading in self._lines()]

    def hitButton(self, position: object) -> bool:  # noqa: ARG002  # the whole box is the target
        """Let a press anywhere in the box choose it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, mark and lines."""
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        painter = QPainter(self)
        paint_box(painter, whole, self._box())
        mark = at_start(whole, theme.px(Space.WIDE), theme.px(_MARK), rtl=rtl)
        colour = theme.colour("primary" if self.isChecked() else "control")
        paint_radio(painter, QPointF(mark.center().x(), whole.center().y()), colour, on=self.isChecked())
        offset = theme.px(Space.WIDE) + theme.px(_MARK) + theme.px(Space.LARGE)
        aside = max((line.width for line in self._aside_lines()), default=0.0)
        room = whole.width() - offset - theme.px(Space.WIDE) - aside
        heights = self._heights(room)
        top = whole.center().y() - sum(heights) / 2
        for (line, _leading), height in zip(self._lines(), heights, strict=True):
            area = at_start(whole, offset, room, rtl=rtl)
            line.draw_wrapped(painter, QRectF(area.left(), top, area.width(), height), start_side(rtl=rtl))
            top += height
        self._paint_aside(painter, whole, aside)
        painter.end()

    def _paint_aside(self, painter: QPainter, whole: QRectF, width: float) -> None:
        rtl = self.isRightToLeft()
        leading = self._theme.type_size(Role.META).leading
        top = whole.center().y() - leading * len(self._aside) / 2
        area = at_start(whole, whole.width() - self._theme.px(Space.WIDE) - width, width, rtl=rtl)
        for line in self._aside_lines():
            line.draw(painter, QRectF(area.left(), top, area.width(), leading), end_side(rtl=rtl))
            top += leading

    def _lines(self) -> list[tuple[StyledLine, int]]:
        theme = self._theme
        role = Role.STRONG if self._strong else Role.BODY
        own = self._title_language or theme.language
        size = theme.type_size(role, own.script)
        lines = [(StyledLine(self._title, theme.font(role, own.script), theme.colour("ink"), own), size.leading)]
        if self._second:
            language = self._second_language or theme.language
            font = theme.font(Role.SMALL, language.script)
            leading = theme.type_size(Role.SMALL, language.script).leading
            lines.append((StyledLine(self._second, font, theme.colour("ink_2"), language), leading))
        return lines

    def _aside_lines(self) -> list[StyledLine]:
        theme = self._theme
        font, colour = theme.font(Role.META), theme.colour("ink_2")
        return [StyledLine(text, font, colour, theme.language) for text in self._aside]

    def _box(self) -> BoxStyle:
        theme = self._theme
        if not self.isEnabled():
            clear = theme.colour("surface")
            clear.setAlpha(0)
            return BoxStyle(clear, theme.colour("control"), 1.2, Radius.FIELD, dashed=True)
        if self.isChecked():
            return BoxStyle(theme.colour("primary_tint"), theme.colour("primary"), 3, Radius.FIELD)
        border = "ink" if self.underMouse() else "control"
        return BoxStyle(theme.colour("surface"), theme.colour(border), 1.2, Radius.FIELD)
