"""The editor of a reason that people write themselves, for or against a route."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import N_, Catalogue
from desktop.plan.model.support_plan import Sign
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet

_LABELS: dict[Sign, str] = {
    "for": N_("What speaks for the {route}?"),
    "against": N_("What speaks against the {route}?"),
    "neutral": N_("What is good to know about the {route}?"),
}


class ArgumentEditor(DialogSheet):
    """`saved` carries the text in Dutch; an empty one takes the reason away."""

    saved = Signal(str)

    def __init__(  # each is one thing the sheet is about
        self, theme: Theme, texts: Catalogue, parent: QWidget, route: str, sign: Sign, text: str
    ) -> None:
        title = texts.text(_LABELS[sign], route=route)
        super().__init__(theme, parent, title, "plan.argument", texts.text("Cancel"))
        label = texts.text("In Dutch, in one sentence")
        self.words = AutosaveTextEdit(theme, "plan.argument.text", label)
        self.words.setPlainText(text)
        hint = texts.text("Empty the field to take the reason away.") if text else ""
        self.fields.addWidget(Field(theme, label, self.words, hint=hint))
        self.fields.addStretch(1)
        self.save = Button(theme, texts.text("Save the reason"), "plan.argument.save", kind="primary", icon="check")
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)
        self.resize(theme.px(640), theme.px(360))
        self.words.setFocus()

    def _save(self) -> None:
        self.saved.emit(self.words.toPlainText().strip())
        self.accept()
