"""Everything that was recorded, the newest first, each with a way to correct it, and what two devices say otherwise."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_day
from desktop.i18n.languages import DUTCH, language
from desktop.plan.progress.entries import DisputedEntry, ProgressEntry
from desktop.plan.progress.entry_texts import sentence_of
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text


class EntriesSheet(DialogSheet):
    """`corrected` and `withdrawn` carry the id of an entry; `settled` that and the side that stands from now on."""

    corrected = Signal(str)
    withdrawn = Signal(str)
    settled = Signal(str, object)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: ProgressView) -> None:
        title = texts.text("What was recorded")
        super().__init__(theme, parent, title, "progress.entries", texts.text("Close"))
        self._texts, self._view = texts, view
        for dispute in view.progress.disputes:
            self._show_dispute(dispute)
        disputed = {each.id for each in view.progress.disputes}
        shown = [each for each in reversed(view.progress.entries) if each.id not in disputed]
        for entry in shown:
            self._show_entry(entry)
        if not shown and not disputed:
            self.fields.addWidget(Text(theme, texts.text("Nothing was recorded yet."), tone=Tone.SOFT))
        self.fields.addStretch(1)
        self.resize(theme.px(760), theme.px(660))

    def _show_entry(self, entry: ProgressEntry) -> None:
        self._show_sentence(entry)
        if self._view.follows:
            words = self._texts.text("Correct"), self._texts.text("Withdraw")
            edit = Button(self.theme, words[0], f"progress.entries.{entry.id}.edit", kind="link", icon="pencil")
            edit.clicked.connect(lambda: self._leave(self.corrected, entry.id))
            away = Button(self.theme, words[1], f"progress.entries.{entry.id}.away", kind="link", icon="undo")
            away.clicked.connect(lambda: self._leave(self.withdrawn, entry.id))
            said = sentence_of(entry.body).dutch
            for button, word in zip((edit, away), words, strict=True):
                button.setAccessibleName(f"{word}: {said}")
            self.fields.addWidget(FlowRow((edit, away), gap=Space.LARGE))
        self.fields.addWidget(Divider(self.theme))

    def _show_dispute(self, dispute: DisputedEntry) -> None:
        words = self._texts.text("Two devices say something else here. What you do not choose stays in the record.")
        self.fields.addWidget(Text(self.theme, words, Role.STRONG, tone=Tone.ACCENT))
        for number, side in enumerate(dispute.sides):
            self._show_sentence(side)
            if self._view.follows:
                name = f"progress.entries.{dispute.id}.{number}"
                button = Button(self.theme, self._texts.text("Let this stand"), name, icon="check")
                button.setAccessibleName(f"{self._texts.text('Let this stand')}: {sentence_of(side.body).dutch}")
                button.clicked.connect(lambda _on=False, body=side.body: self._settle(dispute.id, body))
                self.fields.addWidget(FlowRow((button,)))
        self.fields.addWidget(Divider(self.theme))

    def _show_sentence(self, entry: ProgressEntry) -> None:
        column = QVBoxLayout()
        column.setSpacing(0)
        said = self._view.pair(sentence_of(entry.body))
        column.addWidget(Text(self.theme, said.dutch, language=language(DUTCH)))
        day = format_day(entry.written.astimezone().date(), self._texts.language.tag)
        written = self._texts.text("{author}, {day}", author=entry.author, day=day)
        column.addWidget(Text(self.theme, written, Role.META, tone=Tone.SOFT))
        nest(self.fields, column)

    def _settle(self, entry: str, body: object) -> None:
        self.settled.emit(entry, body)
        self.accept()

    def _leave(self, signal: object, entry: str) -> None:
        self.accept()
        signal.emit(entry)  # type: ignore[attr-defined]  # a bound signal, which has no type of its own


class WithdrawEntrySheet(DialogSheet):
    """Asks why an entry counts no more; `withdrawn` carries its id and the reason."""

    withdrawn = Signal(str, str)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, entry: ProgressEntry) -> None:
        title = texts.text("Let this count no more?")
        super().__init__(theme, parent, title, "progress.withdraw", texts.text("Cancel"))
        self._texts, self._entry = texts, entry
        self.fields.addWidget(Text(theme, sentence_of(entry.body).dutch, Role.STRONG, language=language(DUTCH)))
        label = texts.text("Why?")
        self.reason = TextInput(theme, "progress.withdraw.reason", label)
        self._field = Field(theme, label, self.reason, hint=texts.text("It stays in the record, with your reason."))
        self.fields.addWidget(self._field)
        self.fields.addStretch(1)
        self.save = Button(theme, texts.text("Withdraw"), "progress.withdraw.save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)
        self.resize(theme.px(600), theme.px(360))
        self.reason.setFocus()

    def _save(self) -> None:
        if not self.reason.text().strip():
            self._field.ask(self._texts.text("Say why. The person can read it too."))
            return
        self.withdrawn.emit(self._entry.id, self.reason.text())
        self.accept()
