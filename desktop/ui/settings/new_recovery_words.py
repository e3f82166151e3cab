"""The words of a new recovery key within the settings: shown once, to be saved as a sheet or written down."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.kernel.files import write_atomic
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.recovery_words_list import RecoveryWordsList

SHEET_NAME = "herstelsleutel.pdf"


class NewRecoveryWords(QWidget):
    """Empty until `show_words`; forgets the words when the person says that they are on paper."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._words: tuple[str, ...] = ()
        self._list: QWidget | None = None
        theme, text = context.theme, context.text
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, Space.SMALL, 0, 0)
        sentence = text(
            "These words open your vault when you forget your passphrase. Opmaat shows them once. "
            "Keep them on paper, not with the laptop."
        )
        self._column.addWidget(Text(theme, sentence, Role.BODY, tone=Tone.SOFT))
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        save = Button(theme, text("Save the sheet to print"), "ways.words.save", icon="printer")
        save.clicked.connect(self._ask)
        done = Button(theme, text("I have these words on paper"), "ways.words.done", icon="check")
        done.clicked.connect(self._forget)
        row.addWidget(save)
        row.addWidget(done)
        row.addStretch(1)
        nest(self._column, row)
        self.hide()

    def show_words(self, words: tuple[str, ...]) -> None:
        """Show the words."""
        self._forget()
        self._words = words
        self._list = RecoveryWordsList(self._context.theme, words)
        self._column.insertWidget(1, self._list)
        self.show()

    def save(self, path: Path) -> None:
        """Write the sheet to `path`."""
        words, vault = self._words, self._context.services.own_vault
        self._context.run(lambda: write_atomic(path, vault.recovery_sheet(words)), lambda _none: None, self)

    def _ask(self) -> None:
        path = ask_save(self, self._context.text("Save the sheet to print"), SHEET_NAME, "PDF (*.pdf)")
        if path is not None:
            self.save(path)

    def _forget(self) -> None:
        self._words = ()
        if self._list is not None:
            self._column.removeWidget(self._list)
            self._list.hide()
            self._list.deleteLater()
            self._list = None
        self.hide()
