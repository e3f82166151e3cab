"""Choosing who gets the case: only organisations the own one vouches for, municipalities first."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from desktop.i18n import N_, Catalogue
from desktop.services.handover.handover_parts import HandoverView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from protocol.certificates import MUNICIPALITY, RECEPTION

_KINDS: Mapping[str, str] = {MUNICIPALITY: N_("Municipalities"), RECEPTION: N_("Reception locations")}


class ChooseCard(Card):
    """The organisations as a list of one choice, none of them chosen before somebody does; `chosen` carries the id."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.setObjectName("handover.choose")
        self._heading = Text(theme, role=Role.CARD)
        self._hint = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._hint)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        nest(self.body, self._list)
        self.body.addStretch(1)
        self._group = QButtonGroup(self)
        self._missing = Text(theme, texts.text("Nothing is chosen yet. Choose an organisation in the list."), Role.BODY)
        self._missing.set_tone(Tone.ACCENT)
        self._missing.setObjectName("handover.choose.missing")
        self.body.insertWidget(2, self._missing)
        self.selected = ""
        self._names: dict[str, str] = {}

    def show_view(self, view: HandoverView) -> None:
        """Offer the organisations of `view`, each kind below its name where there are two."""
        texts = self._texts
        clear(self._list)
        self._heading.set_text(texts.text("Where does {name} go?", name=first_name(view.name)))
        hint = texts.text(
            "Compare the fingerprint by phone when you hand over to this organisation for the first time."
        )
        if not view.known:
            hint = texts.text("No organisation is known yet. Go online once, or ask your administrator to add one.")
        self._hint.set_text(hint)
        self._names = {each.id: each.name for each in view.known}
        if self.selected not in self._names:
            self.selected = ""
        self._missing.setVisible(bool(view.known) and not self.selected)
        kinds = tuple(dict.fromkeys(each.kind for each in view.known))
        first = {next(each.id for each in view.known if each.kind == kind): kind for kind in kinds if len(kinds) > 1}
        for number, each in enumerate(view.known):
            if each.id in first:
                self._list.addWidget(Text(self._theme, texts.text(_KINDS[first[each.id]]), Role.STRONG))
            box = RadioBox(
                self._theme, each.name, f"handover.municipality.{number}", second=each.fingerprint, strong=True
            )
            box.setProperty("organisation", each.id)
            box.setChecked(each.id == self.selected)
            box.clicked.connect(lambda _on=False, name=each.id: self._choose(name))
            self._group.addButton(box)
            self._list.addWidget(box)

    @property
    def selected_name(self) -> str:
        """Return what the chosen organisation is called in full, blank while none is."""
        return self._names.get(self.selected, "")

    def _choose(self, organisation: str) -> None:
        self.selected = organisation
        self._missing.hide()
        self.chosen.emit(organisation)
