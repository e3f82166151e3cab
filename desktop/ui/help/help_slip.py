"""Help on F1: a slip over the page one is at. The focus stays in the field and typing goes on.

F1 again moves the focus into the slip, Esc puts it away. It follows from page to page, and is never on the second
screen.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space, Tone
from desktop.ui.help.key_list import KeyList
from desktop.ui.help.shortcuts import EVERYWHERE, entries_of
from desktop.ui.help.topics import TOPICS
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.typography.text import Text

_WIDE, _TALL, _EDGE = 760, 460, 12


class HelpSlip(QFrame):
    """Lies over `host`, hidden until `open_at`. `on_more` leads to all keys and what the program is made of."""

    def __init__(
        self, theme: Theme, catalogue: Catalogue, host: QWidget, on_more: Callable[[], None] | None = None
    ) -> None:
        super().__init__(host)
        self._theme, self._catalogue, self._host = theme, catalogue, host
        self._before: QWidget | None = None
        self.setObjectName("help")
        self.setAccessibleName(catalogue.text("Help"))
        self._title = Text(theme, catalogue.text("Help"), Role.CARD, wrap=False)
        self._place = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._place.setObjectName("help.place")
        self._put_away = IconButton(theme, "close", catalogue.text("Close the help"), "help.close")
        self._put_away.clicked.connect(self.put_away)
        self._scroll = ScrollPage(edge=Space.LARGE)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(Space.BLOCK)
        nest(self._scroll.body, self._columns)
        self._scroll.body.addStretch(1)
        self._lay_out(on_more)
        host.installEventFilter(self)
        self.hide()

    def open_at(self, page: str, name: str) -> None:
        """Show the help of `page`, called `name`; into it with the keyboard where it is open already."""
        if self.isVisible():
            self._before = self._host.window().focusWidget()
            self._put_away.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._fill(page, name)
        self._fit()
        self.show()
        self.raise_()

    def follow(self, page: str, name: str) -> None:
        """Be about `page` from now on, where it is open."""
        if self.isVisible():
            self._fill(page, name)
            self._fit()
            self.raise_()

    def put_away(self) -> None:
        """Hide, and give the keyboard back where it came from."""
        inside = self.isAncestorOf(focus) if (focus := self._host.window().focusWidget()) is not None else False
        self.hide()
        if inside and self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put it away with Esc from inside."""
        if _is_escape(event):
            self.put_away()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep its place when the window changes size, and hear Esc that nobody else wanted."""
        if watched is self._host and self.isVisible():
            if event.type() == QEvent.Type.Resize:
                self._fit()
            elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_escape(event):
                self.put_away()
                return True
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the slip."""
        painter = QPainter(self)
        theme = self._theme
        box = BoxStyle(theme.colour("surface"), theme.colour("control"), 1, Radius.FIELD)
        paint_box(painter, QRectF(self.rect()), box)
        painter.end()

    def _fill(self, page: str, name: str) -> None:
        theme, text = self._theme, self._catalogue.text
        self._place.set_text(name)
        clear(self._columns)
        here, keys = QWidget(), QWidget()
        left, right = QVBoxLayout(here), QVBoxLayout(keys)
        for column, title in ((left, text("At this place")), (right, text("Keys"))):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(Space.SMALL)
            column.addWidget(Text(theme, title, Role.SMALL_STRONG, tone=Tone.SOFT))
        for number, sentence in enumerate(TOPICS[page].sentences, start=1):
            left.addWidget(Text(theme, f"{number}. {text(sentence)}", Role.BODY))
        entries = (*entries_of(page), *(entries_of(EVERYWHERE) if page != "start" else ()))
        right.addWidget(KeyList(theme, self._catalogue, entries))
        for column in (left, right):
            column.addStretch(1)
        self._columns.addWidget(here, 1)
        self._columns.addWidget(keys, 1)
        keys.setVisible(bool(entries))
        self._scroll.to_top()

    def _lay_out(self, on_more: Callable[[], None] | None) -> None:
        theme, text = self._theme, self._catalogue.text
        column = QVBoxLayout(self)
        column.setContentsMargins(1, Space.SMALL, 1, Space.SMALL)
        column.setSpacing(Space.SMALL)
        head = QHBoxLayout()
        head.setContentsMargins(Space.LARGE, 0, Space.SMALL, 0)
        head.setSpacing(Space.MEDIUM)
        for part in (Icon(theme, "question", 22, Tone.PRIMARY), self._title):
            head.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._place, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._put_away)
        nest(column, head)
        column.addWidget(self._scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        foot.setSpacing(Space.LARGE)
        if on_more is not None:
            more = Button(theme, text("All keys, and about Opmaat"), "help.more", kind="link", icon="book")
            more.clicked.connect(on_more)
            foot.addWidget(more)
        foot.addStretch(1)
        foot.addWidget(Icon(theme, "laptop", 18))
        foot.addWidget(Text(theme, text("Lies on this laptop"), Role.SMALL, tone=Tone.SOFT, wrap=False))
        nest(column, foot)

    def _fit(self) -> None:
        room = self._host.size()
        edge, top = _EDGE, self._theme.px(68)
        width = min(self._theme.px(_WIDE), room.width() - 2 * edge)
        height = min(self._theme.px(_TALL), room.height() - top - edge)
        left = room.width() - width - edge if self._host.isRightToLeft() else edge
        self.setGeometry(left, min(top, max(0, room.height() - height - edge)), width, height)


def _is_escape(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Escape
