"""A reason that can be folded: a heading with a chevron, and below it, beside a line, the words."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.typography.text import Text

_ICON = 18


class _Heading(PressButton):
    """The heading; checked means open."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.words = ""
        self.language = theme.language
        self.setObjectName(name)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the words with the chevron."""
        leading = self._theme.type_size(Role.STRONG, self.language.script).leading
        return QSize(round(self._line().width) + self._theme.px(_ICON + Space.MEDIUM), max(leading, 24))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw chevron and words; an open reason needs no chevron beside its line."""
        painter = QPainter(self)
        rtl, whole = self.language.is_rtl, QRectF(self.rect())
        offset = 0.0
        if not self.isChecked():
            side = self._theme.px(_ICON)
            square = at_start(whole, 0, side, rtl=rtl)
            square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
            paint_icon(painter, square, "chevron-right", self._theme.colour("primary").name(), mirrored=rtl)
            offset = side + self._theme.px(Space.SMALL + 2)
        area = at_start(whole, offset, whole.width() - offset, rtl=rtl)
        self._line().draw(painter, area, start_side(rtl=rtl))
        painter.end()

    def _line(self) -> StyledLine:
        font = self._theme.font(Role.STRONG, self.language.script)
        return StyledLine(self.words, font, self._theme.colour("primary"), self.language)


class Disclosure(QWidget):
    """Folded or open; emits `opened` when a person turns it. Hidden without words."""

    opened = Signal(bool)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._heading = _Heading(theme, name)
        self._words = Text(theme, role=Role.BODY)
        self._words.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self._heading)
        self._column.addWidget(self._words)
        self._heading.clicked.connect(self.opened)
        theme.changed.connect(self.update)

    def set_words(self, title: str, words: str, language: Language) -> None:
        """Show a heading and its words in `language`."""
        self._heading.words, self._heading.language = title, language
        speak_in(self._heading, language)
        self._heading.setText(title.replace("&", "&&"))
        self._heading.setAccessibleName(title)
        self._heading.setVisible(bool(title and words))
        self._words.set_text(words, language)
        self._words.setVisible(bool(words) and self._heading.isChecked())
        self._heading.updateGeometry()
        self.update()

    def set_open(self, opened: bool) -> None:  # noqa: FBT001  # one property, as in Qt
        """Fold or unfold, without telling anybody."""
        self._heading.setChecked(opened)
        self._words.setVisible(opened and bool(self._words.plain()))
        inset = self._theme.px(Space.LARGE + 1) if opened else 0
        rtl = self._heading.language.is_rtl
        self._column.setContentsMargins(0 if rtl else inset, 0, inset if rtl else 0, 0)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line at the start of an open reason."""
        if not self._heading.isChecked() or self._heading.isHidden():
            return
        painter = QPainter(self)
        x = self.width() - 3 if self._heading.language.is_rtl else 0
        painter.fillRect(QRectF(x, 0, 3, self.height()), self._theme.colour("primary"))
        painter.end()
