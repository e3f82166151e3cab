"""Two devices wrote something different in the plan: both are shown, a person chooses."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from desktop.i18n import Catalogue, format_day, format_time
from desktop.services.plan_parts import Dispute
from desktop.ui.kit.button import Button
from desktop.ui.kit.radio import RadioBox
from desktop.ui.kit.text import Text
from desktop.ui.plan.sheet import Sheet
from desktop.ui.theme import Theme
from desktop.ui.tokens import Role, Tone


class DisputeSheet(Sheet):
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
            box = RadioBox(theme, texts.text("This one"), f"plan.dispute.{number}", aside=(side.author, moment))
            box.setAccessibleName(f"{words} ({side.author}, {moment})")
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
