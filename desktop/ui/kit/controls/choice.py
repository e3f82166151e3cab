"""A choice card: pictogram, the Dutch word, the word in the other language; chosen with a thick edge and a tick."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QPushButton, QSizePolicy

from desktop.i18n.languages import Language
from desktop.ui.design.icons import has_pictogram, paint_pictogram
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role
from desktop.ui.kit.controls.button import SecondLabel
from desktop.ui.kit.drawing.line import StyledLine
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box, paint_tick_disc

_HEIGHT, _PICTURE, _PAD, _WIDTH, _LEAST = 180, 72, 12, 145, 120


class ChoiceCard(QPushButton):
    """A checkable card. Exclusive or not is for the group that holds it. `language` is the language of `text`.

    Words wrap to two lines and are never cut. In the newcomer's window pass `role=Role.ROOM_CARD` and no second line.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        name: str,
        *,
        pictogram: str = "",
        second: SecondLabel | None = None,
        language: Language | None = None,
        role: Role = Role.STRONG,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._label, self._second, self._role = text, second, role
        self._language = language
        speak_in(self, language or theme.language)
        self._pictogram = pictogram if pictogram and has_pictogram(pictogram) else ""
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text if second is None else f"{text} / {second.text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setProperty("ringRadius", Radius.CARD)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a card of 145 × 180, wider or higher where the words need it."""
        theme = self._theme
        words = max(self._longest_word(line) for line in self._lines())
        width = max(theme.px(_WIDTH), round(words) + 2 * theme.px(_PAD) + 4)
        return QSize(width, self._height_for(width))

    def minimumSizeHint(self) -> QSize:
        """Return a narrower card, as wide as its longest word: a card never shortens its words."""
        theme = self._theme
        words = max(self._longest_word(line) for line in self._lines())
        width = max(theme.px(_LEAST), round(words) + 2 * theme.px(_PAD) + 4)
        return QSize(width, self._height_for(max(width, self.width())))

    def hasHeightForWidth(self) -> bool:
        """Tell that a wider card may be lower."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in which picture and words fit at `width`."""
        return self._height_for(width)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card in its present state."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        paint_box(painter, whole, self._box())
        picture = self._picture_side()
        heights = [self._text_height(line, whole.width() - 2 * theme.px(_PAD)) for line in self._lines()]
        gap = theme.px(_PAD) if picture else 0
        top = whole.center().y() - (picture + gap + sum(heights)) / 2
        if picture:
            square = QRectF(whole.center().x() - picture / 2, top, picture, picture)
            line_colour = theme.colour("primary" if self.isChecked() else "ink").name()
            tint = theme.colour("surface" if self.isChecked() else "primary_tint").name()
            paint_pictogram(painter, square, self._pictogram, line_colour, tint)
            top += picture + gap
        for line, height in zip(self._lines(), heights, strict=True):
            self._draw_words(painter, QRectF(theme.px(_PAD), top, whole.width() - 2 * theme.px(_PAD), height), line)
            top += height
        if self.isChecked():
            self._paint_disc(painter, whole)
        painter.end()

    def _paint_disc(self, painter: QPainter, whole: QRectF) -> None:
        radius = self._theme.px(13)
        inset = radius + self._theme.px(10)
        rtl = (self._language or self._theme.language).is_rtl
        x = whole.left() + inset if rtl else whole.right() - inset
        fill, tick = self._theme.colour("primary"), self._theme.colour("on_primary")
        paint_tick_disc(painter, QPointF(x, whole.top() + inset), radius, fill, tick)

    def _draw_words(self, painter: QPainter, where: QRectF, line: StyledLine) -> None:
        painter.setFont(line.font)
        painter.setPen(line.colour)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        rtl = line.language.is_rtl
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        painter.drawText(where, line.text, option)

    def _lines(self) -> list[StyledLine]:
        theme = self._theme
        language = self._language or theme.language
        colour = theme.colour("ink" if self.isEnabled() else "ink_2")
        lines = [StyledLine(self._label, theme.font(self._role, language.script), colour, language)]
        if self._second is not None:
            font = theme.font(Role.BODY, self._second.language.script)
            lines.append(StyledLine(self._second.text, font, theme.colour("ink"), self._second.language))
        return lines

    def _height_for(self, width: int) -> int:
        theme = self._theme
        picture = self._picture_side()
        words = sum(self._text_height(line, width - 2 * theme.px(_PAD)) for line in self._lines())
        least = theme.px(_HEIGHT) if picture else theme.px(72)
        return max(least, round(picture + words + 3 * theme.px(_PAD)))

    def _picture_side(self) -> int:
        if not self._pictogram:
            return 0
        return self._theme.px(_PICTURE if self._role is not Role.ROOM_CARD else _PICTURE * 1.33)

    def _text_height(self, line: StyledLine, width: float) -> float:
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value
        return QFontMetricsF(line.font).boundingRect(QRectF(0, 0, max(width, 20), 10000), flags, line.text).height()

    def _longest_word(self, line: StyledLine) -> float:
        metrics = QFontMetricsF(line.font)
        return max((metrics.horizontalAdvance(word) for word in line.text.split()), default=0)

    def _box(self) -> BoxStyle:
        theme = self._theme
        if not self.isEnabled():
            return BoxStyle(theme.colour("surface"), theme.colour("control"), 1.5, Radius.CARD, dashed=True)
        if self.isChecked():
            return BoxStyle(theme.colour("primary_tint"), theme.colour("primary"), 3, Radius.CARD)
        border = "ink" if self.underMouse() else "control"
        return BoxStyle(theme.colour("surface"), theme.colour(border), 1.5, Radius.CARD)
