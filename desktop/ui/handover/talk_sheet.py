"""The talk of three while it is held: the person speaks first, then a few questions, then it is noted as held."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.handover.handover_parts import HandoverView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.handover.handover_texts import municipality_name, talk_moment
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text

_AGENDA = (
    N_("{name} speaks first: what is going well, what is needed?"),
    N_("Read the plan together, goal by goal. Does it still fit?"),
    N_("What will {municipality} do first, and when?"),
    N_("Who is the contact from now on, and how is that person reached?"),
    N_("When is the first appointment at {municipality}?"),
)


class TalkSheet(DialogSheet):
    """The agenda, and a button that says the talk was held (`held`)."""

    held = Signal()

    def __init__(self, theme: Theme, texts: Catalogue, parent: QWidget, view: HandoverView) -> None:
        super().__init__(theme, parent, texts.text("Talk of three"), "handover.talk.sheet", texts.text("Close"))
        if view.talk is not None:
            self.fields.addWidget(Text(theme, talk_moment(view.talk, texts), Role.BODY, tone=Tone.ACCENT))
        values = {"name": first_name(view.name), "municipality": municipality_name(view, texts)}
        for line in _AGENDA:
            row = QHBoxLayout()
            row.setSpacing(Space.MEDIUM)
            row.addWidget(Icon(theme, "chat", 22, Tone.PRIMARY))
            row.addWidget(Text(theme, texts.text(line, **values), Role.BODY), 1)
            nest(self.fields, row)
        self.fields.addStretch(1)
        done = Button(theme, texts.text("The talk was held"), "handover.talk.held", kind="primary", icon="check")
        done.clicked.connect(self._held)
        self.add_primary(done)
        self.resize(theme.px(640), theme.px(480))

    def _held(self) -> None:
        self.held.emit()
        self.accept()
