"""Hours needed, planned and done, against the numbers of the law and of the decision."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.i18n.languages import DUTCH, language
from desktop.i18n.mark import N_
from desktop.plan.derive.hours import HoursKey, HoursLine
from desktop.services.pip.pip_parts import PipView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.fields_card import FieldsCard
from desktop.ui.pip.kept_field import KeptSpec

_LABELS: Mapping[HoursKey, str] = {
    "lessons": N_("Lessons: language and KNM"),
    "activities": N_("Taking part and practising"),
    "pvt": N_("Participation statement (PVT)"),
    "map": N_("Work and participation (MAP)"),
}
_FIELDS = (
    KeptSpec("pip/done_lessons", N_("Hours of lessons done since the decision"), "number"),
    KeptSpec("pip/done_activities", N_("Hours of taking part done since the decision"), "number"),
)


class HoursCard(FieldsCard):
    """What is needed, planned and done; what was done since the decision is filled in."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, texts, texts.text("Hours"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.MEDIUM)
        nest(self.body, self._lines)
        self.add_lines(_FIELDS)

    def show_view(self, view: PipView) -> None:
        """Show the hours of the proposed route, and what was done."""
        clear(self._lines)
        for line in view.hours:
            self._lines.addWidget(Text(self._theme, self._texts.text(_LABELS[line.key]), Role.STRONG))
            self._lines.addWidget(Text(self._theme, self._sentence(line)))
            if line.short:
                words = self._texts.plural("{n} hour is not planned yet.", "{n} hours are not planned yet.", line.short)
                self._lines.addWidget(Text(self._theme, words, Role.SMALL_STRONG))
            self._lines.addWidget(Text(self._theme, line.article, Role.SMALL, tone=Tone.SOFT, language=language(DUTCH)))
        self.show_fields(view.fields)

    def _sentence(self, line: HoursLine) -> str:
        return self._texts.text(
            "Needed {needed}, planned {planned}, done {done}.",
            needed=line.needed,
            planned=line.planned,
            done=line.done,
        )
