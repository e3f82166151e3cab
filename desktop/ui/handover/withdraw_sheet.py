"""Taking a case back asks first, and says what happens to what the other side already has."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.handover.handover_parts import HandoverView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.handover_texts import municipality_name
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text

_WHAT_HAPPENS = (
    ("lock", N_("{municipality} reads nothing new of this case from now on: what is written next gets fresh keys.")),
    ("eye", N_("What {municipality} fetched already, it has. If that matters, call your colleague there.")),
    ("folder", N_("The case stays here, with everything in it. You can send it later, or to somebody else.")),
)


class WithdrawSheet(DialogSheet):
    """What happens, and two ways out: Enter and Escape leave the case where it is; `confirmed` takes it back."""

    confirmed = Signal()

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: HandoverView) -> None:
        name = municipality_name(view, texts)
        title = texts.text("Take the case back from {municipality}?", municipality=name)
        super().__init__(theme, parent, title, "handover.withdraw.sheet", texts.text("Leave it there"))
        lines = [(icon, texts.text(words, municipality=name)) for icon, words in _WHAT_HAPPENS]
        if view.waiting:
            words = texts.text("Perhaps it was not sent yet. Then {municipality} never hears of it.", municipality=name)
            lines.append(("clock", words))
        for icon, words in lines:
            row = QHBoxLayout()
            row.setSpacing(Space.MEDIUM)
            row.addWidget(Icon(theme, icon, 22, Tone.PRIMARY), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(theme, words, Role.BODY), 1)
            nest(self.fields, row)
        self.fields.addStretch(1)
        take_back = Button(theme, texts.text("Take it back"), "handover.withdraw.confirm", icon="undo")
        take_back.clicked.connect(self._confirm)
        take_back.setAutoDefault(False)
        self.buttons.addWidget(take_back)
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.resize(theme.px(640), theme.px(500))

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()
