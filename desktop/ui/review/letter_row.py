"""One line of the letter: a question and its answer in two languages, and the way to it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.i18n import Catalogue, language
from desktop.i18n.languages import DUTCH
from desktop.services.interview.review import ReviewItem
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.chip import chip_size, paint_chip
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import at_start
from desktop.ui.questions.parts.lines import LabelLine, height_of, paint_lines
from desktop.ui.review.review_texts import LOOK, answers_of, spoken, state_words

_PAD, _ARROW, _BETWEEN, _LEAST = 20, 18, 28, 44
_SIDE_BY_SIDE = 620
"""From this width, at 100 %, the two languages stand beside each other."""

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class LetterRow(PressButton):
    """Opens its question when pressed; `walked` asks for the line so many further on."""

    walked = Signal(int)

    def __init__(self, theme: Theme, words: Catalogue, person: Catalogue, item: ReviewItem, name: str) -> None:
        super().__init__()
        self._theme, self._words, self._person = theme, words, person
        self._measured = (-1, 0)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setProperty("walked", True)
        theme.changed.connect(self._restyle)
        self.show_item(item)

    def show_item(self, item: ReviewItem) -> None:
        """Show the question as it now stands."""
        self.item = item
        self._state = state_words(item, self._words)
        answers = answers_of(item, self._words, self._person)
        self._left, self._right = self._lines(item, answers)
        said = spoken(item, self._words, answers)
        self.setText(said.replace("&", "&&"))
        self.setAccessibleName(said)
        self.setEnabled(item.reason != "not_in_form")
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return the height in which the words of both languages fit at the present width.

        Claimed and not asked for by width: layouts would measure every line at widths it never gets.
        """
        return QSize(self._theme.px(320), self._tall())

    def minimumSizeHint(self) -> QSize:
        """Return a narrow line of the height that needs."""
        return QSize(self._theme.px(240), self._tall())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Claim another height where the words break at other places."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk to the next line with an arrow; everything else takes its course."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.walked.emit(step)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both languages, the state and an arrow; what a person said in own words as a quote."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        painter.setLayoutDirection(self.layoutDirection())
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            painter.fillRect(whole, theme.colour("sand"))
        pad, beside, column = theme.px(_PAD), self._is_wide(self.width()), self._column(self.width())
        top = whole.top() + theme.px(Space.SMALL)
        first = at_start(QRectF(whole.left(), top, whole.width(), whole.height()), pad, column, rtl=rtl)
        paint_lines(painter, first, theme, self._left)
        below = top + height_of(theme, self._left, column)
        offset, start = (pad + column + theme.px(_BETWEEN), top) if beside else (pad, below)
        second = at_start(QRectF(whole.left(), start, whole.width(), whole.height()), offset, column, rtl=rtl)
        self._paint_other(painter, second)
        if not beside:
            below += height_of(theme, self._right, column)
        if self._state:
            kind, icon = LOOK[self.item.reason]
            height = chip_size(theme, self._state, icon=icon).height()
            place = QRectF(first.left(), below + theme.px(Space.HAIR), column, height)
            paint_chip(painter, theme, place, self._state, kind, icon, on_tint=False, rtl=rtl)
        if self.isEnabled():
            side = theme.px(_ARROW)
            arrow = at_start(whole, whole.width() - pad / 2 - side, side, rtl=rtl)
            arrow = QRectF(arrow.left(), whole.center().y() - side / 2, side, side)
            paint_icon(painter, arrow, "chevron-right", theme.colour("ink_2").name(), mirrored=rtl)
        painter.end()

    def _paint_other(self, painter: QPainter, where: QRectF) -> None:
        """Draw the person's language from its own side, with a hairline between the two."""
        before, spoken_in = painter.layoutDirection(), self._person.language
        if self._is_wide(self.width()):
            line = where.left() - self._theme.px(_BETWEEN) / 2
            if self.isRightToLeft():
                line = where.right() + self._theme.px(_BETWEEN) / 2
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(round(line), 0, round(line), self.height())
        painter.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if spoken_in.is_rtl else Qt.LayoutDirection.LeftToRight
        )
        paint_lines(painter, where, self._theme, self._right)
        painter.setLayoutDirection(before)

    def _lines(self, item: ReviewItem, answers: tuple[str, str]) -> tuple[tuple[LabelLine, ...], tuple[LabelLine, ...]]:
        dutch, other = language(DUTCH), self._person.language
        left = [LabelLine(item.question, Role.SMALL, dutch, Tone.SOFT), LabelLine(answers[0], Role.STRONG, dutch)]
        if item.note:
            note = self._words.text("Note: {text}", text=item.note)
            left.append(LabelLine(note, Role.SMALL, self._theme.language, Tone.SOFT))
        right = (LabelLine(item.other, Role.SMALL, other, Tone.SOFT), LabelLine(answers[1], Role.STRONG, other))
        return tuple(left), right

    def _measure(self, width: int) -> int:
        theme, column = self._theme, self._column(width)
        left, right = height_of(theme, self._left, column), height_of(theme, self._right, column)
        if self._state:
            icon = LOOK[self.item.reason][1]
            left += chip_size(theme, self._state, icon=icon).height() + theme.px(Space.HAIR)
        words = max(left, right) if self._is_wide(width) else left + right
        return max(theme.px(_LEAST), words + 2 * theme.px(Space.SMALL))

    def _tall(self) -> int:
        width = self.width()
        if self._measured[0] != width:
            self._measured = (width, self._measure(width))
        return self._measured[1]

    def _is_wide(self, width: int) -> bool:
        return width >= self._theme.px(_SIDE_BY_SIDE)

    def _column(self, width: int) -> int:
        room = width - self._theme.px(2 * _PAD + _ARROW)
        return max(80, (room - self._theme.px(_BETWEEN)) // 2 if self._is_wide(width) else room)

    def _restyle(self) -> None:
        self._measured = (-1, 0)
        self.updateGeometry()
        self.update()
