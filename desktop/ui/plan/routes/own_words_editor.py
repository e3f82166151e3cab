"""The editor of the person's own words: in Dutch, and as they were said."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet


class OwnWordsEditor(DialogSheet):
    """`saved` carries the words in Dutch and as said."""

    saved = Signal(str, str)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: PlanView) -> None:
        title = texts.text("In {name}'s own words", name=view.name)
        super().__init__(theme, parent, title, "plan.own_words", texts.text("Cancel"))
        said_label = texts.text("As said, in {language}", language=view.second.own_name)
        self.said = AutosaveTextEdit(theme, "plan.own_words.said", said_label)
        self.said.write_in(view.second)
        self.said.setPlainText(view.plan.own_words.other)
        self.dutch = AutosaveTextEdit(theme, "plan.own_words.dutch", texts.text("In Dutch, as literally as you can"))
        self.dutch.setPlainText(view.plan.own_words.source)
        self.fields.addWidget(Field(theme, said_label, self.said))
        self.fields.addWidget(Field(theme, self.dutch.accessibleName(), self.dutch))
        self.fields.addStretch(1)
        self.save = Button(theme, texts.text("Save these words"), "plan.own_words.save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)
        self.resize(theme.px(640), theme.px(440))
        self.said.setFocus()

    def _save(self) -> None:
        self.saved.emit(self.dutch.toPlainText(), self.said.toPlainText())
        self.accept()
