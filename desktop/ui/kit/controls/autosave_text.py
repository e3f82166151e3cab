"""A text field that keeps what is written by itself: after a pause, and when one leaves it."""

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from desktop.i18n.languages import Language
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.layout.steady import steady

_PAUSE_MILLISECONDS = 900


class AutosaveTextEdit(QPlainTextEdit):
    """A few lines of text. Emits `written` once for each change that stays; Tab goes on to the next control.

    `show_text` never overwrites what a person is typing.
    """

    written = Signal(str)

    def __init__(self, theme: Theme, name: str, label: str, *, lines: int = 3) -> None:
        super().__init__()
        self._theme = theme
        self._lines = lines
        self._kept = ""
        self._language = theme.language
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self.keep)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setTabChangesFocus(True)
        steady(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.textChanged.connect(self._timer.start)
        theme.changed.connect(self._restyle)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for the lines asked for, and no more."""
        return QSize(self._theme.px(240), self.minimumHeight())

    def show_text(self, text: str) -> None:
        """Show `text` as what is kept; what is written and not yet kept stays, also when the window lost the focus."""
        if self.toPlainText() == text or self.toPlainText().strip() != self._kept:
            self._kept = text
            return
        self._kept = text
        self.setPlainText(text)
        self._timer.stop()

    def write_in(self, language: Language) -> None:
        """Write in the script of `language`; the direction follows from it."""
        self._language = language
        self._restyle()

    def set_asks(self, asks: bool) -> None:  # noqa: FBT001  # one property, as in Qt
        """Mark the field as still needed."""
        value = "true" if asks else "false"
        if self.property("asks") != value:
            self.setProperty("asks", value)
            self.style().unpolish(self)
            self.style().polish(self)

    def keep(self) -> None:
        """Tell what is written, when it differs from what is kept."""
        self._timer.stop()
        text = self.toPlainText().strip()
        if text != self._kept:
            self._kept = text
            self.written.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keep what is written on leaving."""
        super().focusOutEvent(event)
        self.keep()

    def _restyle(self) -> None:
        speak_in(self, self._language)
        size = self._theme.type_size(Role.BODY, self._language.script)
        self.setFont(self._theme.font(Role.BODY, self._language.script))
        option = self.document().defaultTextOption()
        direction = self.layoutDirection().RightToLeft if self._language.is_rtl else self.layoutDirection().LeftToRight
        option.setTextDirection(direction)
        self.document().setDefaultTextOption(option)
        self.setMinimumHeight(self._lines * size.leading + self._theme.px(20))
