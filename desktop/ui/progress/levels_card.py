"""The levels per skill: at the intake, now, and the aim of the plan."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.plan.progress.progress import LevelLine
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.line import StyledLine
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.level_line import LevelAxis, LevelKey, LevelRow, scale_of
from desktop.ui.progress.progress_texts import BASES, SKILLS, level_sentence, short_day


class LevelsCard(Card):
    """`asked` is for recording levels."""

    asked = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self._source = Text(theme, role=Role.META, tone=Tone.SOFT)
        title = Text(theme, texts.text("Level"), Role.CARD)
        self.body.addWidget(FlowRow((title, self._source), grows=title, gap=Space.MEDIUM))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        nest(self.body, self._rows)
        legend = (
            ("ring", texts.text("at the intake")),
            ("disc", texts.text("now")),
            ("flag", texts.text("aim in the plan")),
        )
        items: list[QWidget] = []
        for mark, words in legend:
            items += [LevelKey(theme, mark), Text(theme, words, Role.SMALL, wrap=False)]
        self.body.addWidget(FlowRow(items, gap=Space.SMALL))
        words = texts.text("A level says where somebody stands now. It is no mark for a person.")
        self.body.addWidget(Text(theme, words, Role.SMALL, tone=Tone.SOFT))
        self._add = Button(theme, texts.text("Levels"), "progress.add.levels", kind="link", icon="plus")
        self._add.clicked.connect(lambda: self.asked.emit("levels"))
        self.body.addWidget(FlowRow((self._add,)))

    def show_view(self, view: ProgressView) -> None:
        """Show the levels of `view`."""
        progress, texts, theme = view.progress, self._texts, self._theme
        newest = max((line for line in progress.levels if line.day is not None), key=_day_of, default=None)
        self._source.setVisible(newest is not None)
        if newest is not None and newest.basis is not None:
            day = short_day(newest.day, progress.today, texts.language.tag)
            said = texts.text("{basis}, {day}", basis=texts.text(BASES[newest.basis]), day=day)
            self._source.set_text(" · ".join(part for part in (said, newest.source) if part))
        clear(self._rows)
        labels = {line.skill: texts.text(SKILLS[line.skill]) for line in progress.levels}
        font = theme.font(Role.BODY)
        wide = max(StyledLine(each, font, theme.colour("ink"), theme.language).width for each in labels.values())
        scale = scale_of(progress.levels, round(wide) + Space.MEDIUM)
        self._rows.addWidget(LevelAxis(theme, scale))
        for line in progress.levels:
            spoken = level_sentence(line, progress.today, texts)
            self._rows.addWidget(LevelRow(theme, scale, labels[line.skill], line, spoken))
        self._add.setVisible(view.follows)


def _day_of(line: LevelLine) -> str:
    return "" if line.day is None else line.day.isoformat()
