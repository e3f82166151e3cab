"""What the law asks or allows now: the sentence in both languages, its day and its article."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH, language
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class LawCard(Card):
    """Hidden while there is nothing."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, fill="surface_2")
        self.body.addWidget(Text(theme, texts.text("What the law asks or allows now"), Role.CARD))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.MEDIUM)
        nest(self.body, self._lines)

    def show_view(self, view: ProgressView) -> None:
        """Show the notices of `view`."""
        clear(self._lines)
        self.setVisible(bool(view.progress.notices))
        for notice in view.progress.notices:
            said = view.pair(notice.text)
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(Text(self._theme, said.dutch, language=language(DUTCH)))
            if said.other:
                column.addWidget(Text(self._theme, said.other, Role.SMALL, tone=Tone.SOFT, language=view.second))
            column.addWidget(Text(self._theme, notice.article, Role.META, tone=Tone.SOFT, language=language(DUTCH)))
            nest(self._lines, column)
