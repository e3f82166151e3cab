"""Who the person is, on one page, before the form is opened."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import N_
from desktop.services.handover.person_picture import Heading, PersonPicture
from desktop.ui.common_texts import first_name, moment_text
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from protocol.identifiers import DossierId

_HEADINGS: Mapping[Heading, str] = {
    "who": N_("Who"),
    "languages": N_("Languages"),
    "first": N_("What matters first"),
    "can": N_("What {name} can do"),
    "next": N_("What comes next"),
    "known": N_("Who knows {name}"),
}


class PictureCard(Card):
    """Hidden until the case was received here."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._dossier: DossierId | None = None
        self.setObjectName("received.picture")
        self._heading = Text(context.theme, role=Role.CARD)
        hint = context.text("From the answers and the plan, as they were written. Health is not in it.")
        self.body.addWidget(self._heading)
        self.body.addWidget(Text(context.theme, hint, Role.SMALL, tone=Tone.SOFT))
        self._parts = QVBoxLayout()
        self._parts.setSpacing(Space.MEDIUM)
        nest(self.body, self._parts)
        self.hide()

    def show_dossier(self, dossier: DossierId | None) -> None:
        """Show the person of `dossier`; None hides the card."""
        self._dossier = dossier
        if dossier is None:
            self.hide()
            return
        service = self._context.services.pictures
        self._context.run(lambda: service.picture(dossier), self._show, self)

    def _show(self, picture: PersonPicture) -> None:
        theme, text = self._context.theme, self._context.text
        if self._dossier is None:
            return
        clear(self._parts)
        self._heading.set_text(text("{name} in short", name=picture.name))
        first = first_name(picture.name)
        parts = dict(picture.parts)
        if picture.talk is not None:
            parts.setdefault("next", ())
        for heading, title in _HEADINGS.items():
            if heading not in parts:
                continue
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Text(theme, text(title, name=first), Role.STRONG))
            if heading == "next" and picture.talk is not None:
                column.addWidget(Text(theme, self._talk(picture.talk), Role.BODY))
            for line in parts[heading]:
                column.addWidget(Text(theme, self._context.catalogue.authored(line), Role.BODY))
            nest(self._parts, column)
        if not parts:
            self._parts.addWidget(Text(theme, text("Nothing was answered yet."), Role.BODY, tone=Tone.SOFT))
        self.show()

    def _talk(self, moment: datetime) -> str:
        title = self._context.text("Talk of three")
        return f"{title}: {moment_text(moment, self._context.catalogue)}"
