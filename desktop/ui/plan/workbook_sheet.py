"""A newer version of the organisation's workbook: what it would change in this plan, before anybody lets it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.change_row import change_row


class WorkbookSheet(DialogSheet):
    """`switched` asks to let the case go by the newest version from now on."""

    switched = Signal()

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: PlanView) -> None:
        newer, changes = str(view.workbook.newer), view.workbook.changes
        title = texts.text("Version {number} of the workbook", number=newer)
        super().__init__(theme, parent, title, "plan.workbook", texts.text("Keep it as it is"))
        if changes:
            self.fields.addWidget(Text(theme, texts.text("By this version the plan says otherwise:"), Role.CARD))
        else:
            self.fields.addWidget(Text(theme, texts.text("By this version the plan says the same."), Role.CARD))
        for change in changes:
            nest(self.fields, change_row(theme, view, change))
        words = texts.text("What was signed stays as it was signed. You can take this back with undo.")
        self.fields.addWidget(Text(theme, words, Role.BODY, tone=Tone.SOFT))
        self.fields.addStretch(1)
        use = Button(theme, texts.text("Use version {number}", number=newer), "plan.workbook.use", kind="primary")
        use.clicked.connect(self._use)
        self.add_primary(use)
        self.resize(theme.px(680), theme.px(560))

    def _use(self) -> None:
        self.switched.emit()
        self.accept()
