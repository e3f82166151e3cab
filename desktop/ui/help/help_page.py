"""All keys, what Opmaat is made of, and how to report a problem. Made from the program itself, offline."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n.mark import N_
from desktop.services.accounts.components import Component, components
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.help.key_list import KeyList
from desktop.ui.help.shortcuts import entries_of
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from protocol.identifiers import DossierId

PLACES = {
    "everywhere": N_("Everywhere"),
    "today": N_("Today"),
    "interview": N_("Talk"),
    "review": N_("Review"),
    "attachments": N_("Attachments"),
    "plan": N_("Plan"),
    "progress": N_("Progress"),
    "stick_import": N_("Read in from a stick"),
    "find": N_("Search this case"),
}
"""The places of the table of keys, in the order in which they are shown."""

_WIDEST = 860


class HelpPage(QWidget):
    """Three cards. `open_at` and `show_part` are told the page to go back to."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._origin = "people"
        self._dossier: DossierId | None = None
        theme, text = context.theme, context.text
        page = self._scroll = ScrollPage()
        theme.changed.connect(self._fit)
        self._fit()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(Text(theme, text("Help"), Role.PAGE), 1)
        self.back = Button(theme, text("Back"), "help.back", icon="arrow-left")
        self.back.clicked.connect(lambda: context.navigate(self._origin, self._dossier))
        head.addWidget(self.back)
        nest(page.body, head)
        page.body.addWidget(self._keys())
        page.body.addWidget(self._reporting())
        self._about = Card(theme, padding=Space.BLOCK)
        page.body.addWidget(self._about)
        page.body.addStretch(1)
        self.setFocusProxy(self.back)

    def show_dossier(self, dossier: DossierId) -> None:
        """Keep the case in hand, to go back to."""
        self._dossier = dossier
        self._load()

    def refresh(self, _changes: object) -> None:
        """Show what the program is made of."""
        self._dossier = None
        self._load()

    def show_part(self, part: str) -> None:
        """Go back to the page `part`."""
        self._origin = part

    def open_at(self, dossier: DossierId, part: str) -> None:
        """Go back to the page `part` of `dossier`."""
        self.show_dossier(dossier)
        self._origin = part

    def _fit(self) -> None:
        self._scroll.set_widest(self._context.theme.px(_WIDEST))

    def _load(self) -> None:
        if not self._about.body.count():
            self._context.run(components, self._show, self)

    def _keys(self) -> Card:
        theme, text = self._context.theme, self._context.text
        card = Card(theme, padding=Space.BLOCK)
        card.setObjectName("help.keys")
        card.body.addWidget(Text(theme, text("All keys"), Role.CARD))
        for place, title in PLACES.items():
            card.body.addWidget(Text(theme, text(title), Role.SMALL_STRONG, tone=Tone.PRIMARY))
            card.body.addWidget(KeyList(theme, self._context.catalogue, entries_of(place)))
        return card

    def _reporting(self) -> Card:
        theme, text = self._context.theme, self._context.text
        card = Card(theme, padding=Space.BLOCK)
        card.body.addWidget(Text(theme, text("Reporting a problem"), Role.CARD))
        for sentence in (
            text("Write down what you did and what you saw; leave names and answers out."),
            text("Save the report in the settings and give it to your administrator. It holds codes and times only."),
            text("Nothing is sent by itself. Your work stays on this laptop."),
        ):
            card.body.addWidget(Text(theme, sentence, Role.BODY))
        settings = Button(theme, text("To the report, in the settings"), "help.report", icon="download")
        settings.clicked.connect(lambda: self._context.navigate("settings", part="report"))
        card.body.addWidget(settings, 0, Qt.AlignmentFlag.AlignLeading)
        return card

    def _show(self, made_of: Sequence[Component]) -> None:
        theme, text = self._context.theme, self._context.text
        clear(self._about.body)
        version = made_of[0].version if made_of else ""
        licence = made_of[0].licence if made_of else ""
        self._about.body.addWidget(Text(theme, text("About Opmaat"), Role.CARD))
        said = Text(theme, text("Version {version}, licence {licence}", version=version, licence=licence), Role.STRONG)
        said.setObjectName("help.version")
        self._about.body.addWidget(said)
        self._about.body.addWidget(
            Text(theme, text("It is made with these packages and with the fonts Noto (licence OFL-1.1):"), Role.BODY)
        )
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setColumnStretch(2, 1)
        for line, each in enumerate(made_of[1:]):
            name = Text(theme, each.name, Role.SMALL, wrap=False)
            name.setObjectName("help.component")
            grid.addWidget(name, line, 0)
            grid.addWidget(Text(theme, each.version, Role.SMALL, tone=Tone.SOFT, wrap=False), line, 1)
            grid.addWidget(Text(theme, each.licence or text("see its own files"), Role.SMALL, tone=Tone.SOFT), line, 2)
        self._about.body.addWidget(table)
