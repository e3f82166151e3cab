"""One line of the review: a question, why it is on the list, and the way to it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.i18n import N_, Catalogue, language
from desktop.i18n.languages import DUTCH
from desktop.services.interview.review import ReviewItem, ReviewReason
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.controls.chip import ChipKind, chip_size, paint_chip
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import at_start
from desktop.ui.questions.parts.lines import LabelLine, height_of, paint_lines

WORDS: dict[ReviewReason, str] = {
    "conflict": N_("two answers"),
    "missing": N_("needed for the plan"),
    "later": N_("ask later"),
    "flagged": N_("translation is wrong"),
    "declined": N_("would rather not say"),
    "unknown": N_("does not know"),
    "open": N_("not asked yet"),
    "not_in_form": N_("not in this version"),
}
_LOOK: dict[ReviewReason, tuple[ChipKind, str]] = {
    "conflict": ("asks", "merge"),
    "missing": ("neutral", "pencil"),
    "later": ("neutral", "later"),
    "flagged": ("neutral", "flag"),
    "declined": ("neutral", "hand"),
    "unknown": ("neutral", "question"),
    "open": ("neutral", "circle"),
    "not_in_form": ("neutral", "info"),
}
_PAD, _LEAST, _ARROW = 16, 56, 18


class ReviewRow(PressButton):
    """Opens its question when pressed."""

    def __init__(self, theme: Theme, words: Catalogue, item: ReviewItem, name: str) -> None:
        super().__init__()
        self._theme, self._item = theme, item
        self._why = words.text(WORDS[item.reason])
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        label = ", ".join(part for part in (item.question, item.answer, self._why, item.note) if part)
        self.setText(label.replace("&", "&&"))
        self.setAccessibleName(label)
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrow row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in which the words fit beside the chip."""
        words = height_of(self._theme, self._lines(), max(80, width - self._beside()))
        return max(self._theme.px(_LEAST), words + self._theme.px(Space.LARGE))

    def sizeHint(self) -> QSize:
        """Return the height at the present width."""
        return QSize(self._theme.px(320), self.heightForWidth(max(self.width(), self._theme.px(320))))

    def minimumSizeHint(self) -> QSize:
        """Return a narrow row of the height that needs."""
        return QSize(self._theme.px(240), self.heightForWidth(max(self.width(), self._theme.px(240))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, chip and arrow."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.underMouse() or self.isDown():
            painter.fillRect(whole, theme.colour("sand"))
        lines = self._lines()
        room = whole.width() - self._beside()
        words = height_of(theme, lines, int(room))
        text = at_start(whole, theme.px(_PAD), room, rtl=rtl)
        text = QRectF(text.left(), whole.center().y() - words / 2, text.width(), words)
        paint_lines(painter, text, theme, lines)
        kind, icon = _LOOK[self._item.reason]
        chip = chip_size(theme, self._why, icon=icon).width()
        offset = whole.width() - theme.px(_PAD + _ARROW + Space.MEDIUM) - chip
        place = at_start(whole, offset, chip, rtl=rtl)
        paint_chip(painter, theme, place, self._why, kind, icon, on_tint=False, rtl=rtl)
        side = theme.px(_ARROW)
        arrow = at_start(whole, whole.width() - theme.px(_PAD) - side, side, rtl=rtl)
        arrow = QRectF(arrow.left(), whole.center().y() - side / 2, side, side)
        paint_icon(painter, arrow, "chevron-right", theme.colour("ink_2").name(), mirrored=rtl)
        painter.end()

    def _beside(self) -> int:
        _kind, icon = _LOOK[self._item.reason]
        chip = chip_size(self._theme, self._why, icon=icon).width()
        return self._theme.px(2 * _PAD + _ARROW + 2 * Space.MEDIUM) + chip

    def _lines(self) -> tuple[LabelLine, ...]:
        dutch = language(DUTCH)
        extra = " · ".join(part for part in (self._item.answer, self._item.note) if part)
        lines = [LabelLine(self._item.question, Role.BODY, dutch)]
        if extra:
            lines.append(LabelLine(extra, Role.SMALL, dutch, "ink_2"))
        return tuple(lines)
