"""Asking before a step that cannot simply be undone: what happens, in lines with an icon, and two ways out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, Catalogue, isolate
from desktop.services.handover.handover_parts import HandoverView, Municipality
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.handover_texts import kind_name, municipality_name
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


class QuestionSheet(DialogSheet):
    """Enter and Escape leave everything as it is; `confirmed` goes on. Its buttons are called after `name`."""

    confirmed = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget, question: str, name: str, lines: Sequence[tuple[str, str]], leave: str
    ) -> None:
        """`lines` are icons and sentences; `leave` is what the button says that changes nothing."""
        super().__init__(theme, parent, question, f"{name}.sheet", leave)
        self._name = name
        for icon, words in lines:
            row = QHBoxLayout()
            row.setSpacing(Space.MEDIUM)
            row.addWidget(Icon(theme, icon, 22, Tone.PRIMARY), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Text(theme, words, Role.BODY), 1)
            nest(self.fields, row)
        self.fields.addStretch(1)
        self.close_button.setDefault(True)
        self.close_button.setFocus()
        self.resize(theme.px(640), theme.px(500))

    def offer(self, theme: Theme, words: str, icon: str) -> None:
        """Add the button that goes on."""
        button = Button(theme, words, f"{self._name}.confirm", icon=icon)
        button.clicked.connect(self._confirm)
        button.setAutoDefault(False)
        self.buttons.addWidget(button)

    def _confirm(self) -> None:
        self.confirmed.emit()
        self.accept()


class WithdrawSheet(QuestionSheet):
    """Taking a case back asks first, and says what happens to what the other side already has."""

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: HandoverView) -> None:
        name = municipality_name(view, texts)
        question = texts.text("Take the case back from {municipality}?", municipality=name)
        lines = [(icon, texts.text(words, municipality=name)) for icon, words in _WHAT_HAPPENS]
        if view.waiting:
            words = texts.text("Perhaps it was not sent yet. Then {municipality} never hears of it.", municipality=name)
            lines.append(("clock", words))
        super().__init__(theme, parent, question, "handover.withdraw", lines, texts.text("Leave it there"))
        self.offer(theme, texts.text("Take it back"), "undo")


class SendSheet(QuestionSheet):
    """Sending a case asks first, and names the organisation in full: a case at the wrong one is a data breach."""

    def __init__(
        self, theme: Theme, texts: Catalogue, parent: QWidget, view: HandoverView, recipient: Municipality
    ) -> None:
        who = " · ".join(part for part in (isolate(recipient.name), kind_name(recipient.kind, texts)) if part)
        lines = [("person", texts.text("The case of {name}", name=view.name)), ("home", who)]
        if recipient.fingerprint:
            words = texts.text(
                "Fingerprint {fingerprint}: compare it by phone the first time.", fingerprint=recipient.fingerprint
            )
            lines.append(("shield", words))
        lines.append(
            ("lock", texts.text("Only they can open it. You can take it back until they confirm that they have it."))
        )
        question = texts.text("Send to {organisation}?", organisation=recipient.name)
        super().__init__(theme, parent, question, "handover.send", lines, texts.text("Do not send"))
        self.offer(theme, texts.text("Send to {organisation}", organisation=recipient.name), "send")
