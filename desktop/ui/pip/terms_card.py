"""The dates of the law: each with why it falls there and its article, and below them what may move them."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_day
from desktop.i18n.languages import DUTCH, language
from desktop.i18n.mark import N_
from desktop.plan.law.deadlines import DateKey, LegalDate
from desktop.services.pip.pip_parts import PipView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.pip.fields_card import FieldsCard
from desktop.ui.pip.kept_field import KeptSpec

TITLES: Mapping[DateKey, str] = {
    "plan": N_("Last day to establish the plan (PIP)"),
    "term_start": N_("First day of the three years"),
    "route_change": N_("Last day to change the route"),
    "extension": N_("First day to ask DUO for an extension"),
    "term_end": N_("Last day of the term"),
    "objection": N_("Last day to object"),
    "erase": N_("Day on which the data must be gone"),
}

_FIELDS = (
    KeptSpec("term/awaits", N_("Waits for information of somebody else"), hint=N_("What, and of whom. Blank: no.")),
    KeptSpec("term/informed", N_("That information came in on"), "day"),
    KeptSpec("term/moved", N_("Registered in the next municipality on"), "day", N_("After a plan (PIP) was made.")),
    KeptSpec("term/first_plan", N_("First plan (PIP) made elsewhere, dated"), "day"),
    KeptSpec("term/extended", N_("DUO extended the term until"), "day"),
)


class TermsCard(FieldsCard):
    """The dates, and below them what the municipality notes of what moves them."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, texts, texts.text("Dates of the law"))
        self._none = Text(theme, texts.text("The date of DUO's letter is not known yet. Ask it in the talk."))
        self.body.addWidget(self._none)
        self._dates = QVBoxLayout()
        self._dates.setSpacing(theme.px(Space.MEDIUM))
        nest(self.body, self._dates)
        self.body.addWidget(Divider(theme))
        self.body.addWidget(Text(theme, texts.text("What moves these dates"), Role.STRONG))
        self.add_lines(_FIELDS)

    def show_view(self, view: PipView) -> None:
        """Show the dates, and what was noted."""
        clear(self._dates)
        self._none.setVisible(not view.dates)
        for day in view.dates:
            self._dates.addWidget(_DateLine(self._theme, self._texts, day, view))
        self.show_fields(view.fields)


class _DateLine(QWidget):
    """One date: what it is, the day, why in both languages, and the article."""

    def __init__(self, theme: Theme, texts: Catalogue, day: LegalDate, view: PipView) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        tag = texts.language.tag
        when = (
            texts.text("no day yet") if day.day is None else f"{format_day(day.day, tag, weekday=True)} {day.day.year}"
        )
        column.addWidget(Text(theme, texts.text(TITLES[day.key]), Role.SMALL, tone=Tone.SOFT))
        column.addWidget(Text(theme, when, Role.STRONG))
        for sentence in map(view.pair, day.why):
            column.addWidget(Text(theme, sentence.dutch, language=language(DUTCH)))
            if sentence.other:
                second = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
                second.set_text(sentence.other, view.second)
                column.addWidget(second)
        column.addWidget(Text(theme, day.article, Role.SMALL, tone=Tone.SOFT, language=language(DUTCH)))
