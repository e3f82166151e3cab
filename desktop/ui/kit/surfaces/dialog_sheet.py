"""A dialog as a sheet of paper: a title, fields that scroll when they must, and two or three ways out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.reading_order import focus_next
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.typography.text import Text

_TITLE_BAR = 40
"""Pixels that the system's own frame takes at the top of a window."""


class DialogSheet(QDialog):
    """Fields go into `fields`, buttons into `buttons` (start) and after `close_button` (end).

    Opened with `open`, never with `exec`: the window behind stays alive, and nothing waits inside a slot.
    """

    def __init__(self, theme: Theme, parent: QWidget, title: str, name: str, cancel: str) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.BLOCK, 0, Space.WIDE)
        column.setSpacing(Space.SMALL)
        head = QHBoxLayout()
        head.setContentsMargins(Space.EDGE, 0, Space.EDGE, 0)
        head.addWidget(Text(theme, title, Role.PAGE))
        nest(column, head)
        scroll = ScrollPage()
        self.fields = scroll.body
        column.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.EDGE, 0, Space.EDGE, 0)
        foot.setSpacing(Space.MEDIUM)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.MEDIUM)
        nest(foot, self.buttons)
        foot.addStretch(1)
        self.close_button = Button(theme, cancel, f"{name}.cancel")
        self.close_button.clicked.connect(self.reject)
        foot.addWidget(self.close_button)
        self._foot = foot
        nest(column, foot)
        self.resize(theme.px(720), theme.px(660))

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001  # Qt's own signature
        """Go to the next control in reading order."""
        return focus_next(self, forward=forward)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep within the screen, whatever the size of the letters: the fields scroll."""
        room = self.screen().availableSize() - QSize(0, _TITLE_BAR)
        self.resize(self.size().boundedTo(room))
        super().showEvent(event)

    def add_primary(self, button: Button) -> None:
        """Put the one primary button last; Enter in a line presses it."""
        self._foot.addWidget(button)
        button.setDefault(True)
