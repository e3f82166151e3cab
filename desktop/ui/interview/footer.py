"""Back, the place in the section, next: never scrolled away."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.interview.page_parts import InterviewView, UndoLine
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.drawing.line import at_start
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.parts.sizes import gently
from desktop.ui.undo_texts import DONE

_BUTTON, _BAR, _ROOM_FOR_BAR = 52, 260, 1.25


class ProgressBar(QWidget):
    """How far the section is; decoration beside the words that say the same."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self.setFixedSize(_BAR, 6)
        theme.changed.connect(self.update)

    def set_part(self, part: float) -> None:
        """Fill `part` of the bar, between 0 and 1."""
        part = min(1.0, max(0.0, part))
        if part != self._part:
            self._part = part
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the empty bar and the filled part from the start."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        empty, full = self._theme.colour("edge"), self._theme.colour("primary")
        paint_box(painter, whole, BoxStyle(empty, empty, 0, 3))
        if self._part:
            filled = at_start(whole, 0, whole.width() * self._part, rtl=self.isRightToLeft())
            paint_box(painter, filled, BoxStyle(full, full, 0, 3))
        painter.end()


class Footer(QFrame):
    """The two big buttons and, between them, where one is. Connect `back.clicked` and `next.clicked`.

    `undo` carries how many of the last things are to be taken back, chosen from the list of them.
    """

    undo = Signal(int)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self.back = Button(theme, words.text("Previous"), "interview.back", icon="arrow-left", height=Target.LEAST)
        self.next = Button(
            theme,
            words.text("Next"),
            "interview.next",
            kind="primary",
            icon="arrow-right",
            icon_after=True,
            height=Target.LEAST,
        )
        self._undo = IconButton(theme, "undo", words.text("Undo"), "interview.undo", kind="plain")
        self._undo.clicked.connect(self._list_done)
        self._done: tuple[UndoLine, ...] = ()
        self._place = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False, centred=True)
        self._place.setObjectName("interview.place")
        self._bar = ProgressBar(theme)
        middle = QVBoxLayout()
        middle.setSpacing(Space.HAIR + 2)
        middle.addStretch(1)
        middle.addWidget(self._place, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.BLOCK, Space.MEDIUM, Space.BLOCK, Space.MEDIUM)
        row.addWidget(self.back)
        row.addWidget(self._undo)
        row.addStretch(1)
        nest(row, middle)
        row.addStretch(1)
        row.addWidget(self.next)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_view(self, view: InterviewView) -> None:
        """Show where one is, and put the buttons in or out of use."""
        words = self._words
        if view.number:
            self._place.set_text(words.text("Question {n} of {total}", n=view.number, total=view.total))
        else:
            self._place.set_text(words.text("Information") if view.step is not None else "")
        self._bar.set_part(view.number / view.total if view.total else 0)
        if view.has_previous:
            self.back.enable()
        else:
            self.back.disable(words.text("This is the first question."))
        self._done = view.undoable
        if view.undoable:
            self._undo.enable()
            self._undo.set_label(words.text("Undo"))
        else:
            self._undo.disable(words.text("Nothing has been changed yet."))
        self.next.set_text(words.text("Next") if view.has_next else words.text("Look it over together"))
        if not view.has_next:
            self._place.set_text(words.text("This is the last question."))

    def _list_done(self) -> None:
        """Open the list of what can be taken back; choosing a line takes back everything down to it."""
        menu = QMenu(self)
        menu.addAction(self._words.text("Take back, down to")).setEnabled(False)
        for count, line in enumerate(self._done, start=1):
            words = self._words.text(DONE[line.kind])
            action = menu.addAction(f"{words} · {line.label}" if line.label else words)
            action.setObjectName(f"interview.undo.{count}")
            action.triggered.connect(lambda _checked=False, count=count: self.undo.emit(count))
        menu.aboutToHide.connect(menu.deleteLater)
        first = menu.actions()[1] if len(menu.actions()) > 1 else None
        menu.popup(self._undo.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        if first is not None:
            menu.setActiveAction(first)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar with a line above it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(QRectF(0, 0, self.width(), 1), self._theme.colour("line"))
        painter.end()

    def _restyle(self) -> None:
        tall = gently(self._theme, _BUTTON)
        for button in (self.back, self.next):
            button.setFixedHeight(tall)
        self._undo.setFixedSize(max(tall, self._undo.sizeHint().width()), tall)
        self.setFixedHeight(tall + 2 * Space.MEDIUM)
        self._bar.setVisible(self._theme.scale <= _ROOM_FOR_BAR)
        self.update()
