"""What a list of people without anybody says: that nobody is in it, or that who is sought is in another list."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.typography.text import Text


class NobodyHere(QWidget):
    """A sentence, and one action where there is somebody elsewhere."""

    def __init__(self, context: UiContext, on_everybody: Callable[[], None]) -> None:
        super().__init__()
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.WIDE, Space.LARGE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        self._said = Text(context.theme, role=Role.BODY, tone=Tone.SOFT)
        self._said.setObjectName("people.nobody")
        self._elsewhere = Button(context.theme, context.text("Look among everybody"), "people.elsewhere", icon="search")
        self._elsewhere.clicked.connect(on_everybody)
        column.addWidget(self._said)
        column.addWidget(self._elsewhere, 0, Qt.AlignmentFlag.AlignLeading)

    def describe(self, list_name: str, elsewhere: int) -> None:
        """Say that nobody is in the list `list_name`; `elsewhere` counts who was sought and is in another one."""
        self._elsewhere.setVisible(bool(elsewhere))
        if not elsewhere:
            self._said.set_text(self._context.text("Nobody in this list."))
            return
        self._said.set_text(
            self._context.catalogue.plural(
                "Nobody in “{list}”, but {n} person was found elsewhere.",
                "Nobody in “{list}”, but {n} people were found elsewhere.",
                elsewhere,
                list=list_name,
            )
        )
