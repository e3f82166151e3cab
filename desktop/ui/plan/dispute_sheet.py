"""Two devices wrote something different in the plan: both are shown, a person chooses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.i18n import Catalogue, format_day, format_time
from desktop.services.plan.plan_parts import Dispute
from desktop.ui.common_texts import authored
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text


class DisputeSheet(DialogSheet):
    """`chosen` carries the field and the value that stands from now on."""

    chosen = Signal(str, object)

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, dispute: Dispute) -> None:
        super().__init__(theme, parent, texts.text("What stands in the plan?"), "plan.dispute", texts.text("Cancel"))
        self._dispute = dispute
        words = texts.text("Both were written without seeing the other. What you do not choose stays in the record.")
        self.fields.addWidget(Text(theme, words, Role.BODY, tone=Tone.SOFT))
        self._group = QButtonGroup(self)
        for number, side in enumerate(dispute.sides):
            moment = f"{format_day(side.time.astimezone().date(), texts.language.tag)} · {format_time(side.time)}"
            words = side.text or texts.text("(taken away)")
            self.fields.addWidget(Text(theme, words, Role.STRONG))
            author = authored(side.author, side.organisation)
            box = RadioBox(theme, texts.text("This one"), f"plan.dispute.{number}", aside=(author, moment))
            box.setAccessibleName(f"{words} ({author}, {moment})")
            self._group.addButton(box, number)
            self.fields.addWidget(box)
        self.fields.addStretch(1)
        self.save = Button(theme, texts.text("Let this stand"), "plan.dispute.save", kind="primary", icon="check")
        self.save.disable(texts.text("Choose one of the two first."))
        self.save.clicked.connect(self._save)
        self.add_primary(self.save)
        self._group.idClicked.connect(lambda _number: self.save.enable())
        self.resize(theme.px(640), theme.px(520))

    def _save(self) -> None:
        self.chosen.emit(self._dispute.field, self._dispute.sides[self._group.checkedId()].value)
        self.accept()
