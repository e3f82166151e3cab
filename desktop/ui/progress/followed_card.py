"""Hours that were followed, each beside the number it is held against, and half-days somebody was not there."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.i18n.mark import N_
from desktop.plan.progress.progress import AbsenceCount, HoursBar, HoursKind
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.progress_texts import HOURS, hours_sentence, short_day

_MINUTES = 60
_STATEMENT: HoursKind = "pvt"
_SIGNED, _TALKED = N_("Signed on {day}"), N_("Final talk held on {day}")


class FollowedCard(Card):
    """`asked` carries what is to be recorded: `hours`, `absence`, `milestone`, or a `list`."""

    asked = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self._until = Text(theme, role=Role.META, tone=Tone.SOFT)
        self.body.addWidget(
            FlowRow((title := Text(theme, texts.text("Hours"), Role.CARD), self._until), grows=title, gap=Space.MEDIUM)
        )
        self._bars = QVBoxLayout()
        self._bars.setSpacing(Space.MEDIUM)
        nest(self.body, self._bars)
        self.body.addWidget(Divider(theme))
        self.absence = Text(theme)
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addWidget(Icon(theme, "calendar", 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.absence, 1)
        nest(self.body, row)
        self._acts = FlowRow(tuple(self._act(key, words) for key, words in self._words(texts)), gap=Space.LARGE)
        self.body.addWidget(self._acts)

    def show_view(self, view: ProgressView) -> None:
        """Show the hours and the absence of `view`."""
        progress, texts = view.progress, self._texts
        last = max((bar.last for bar in progress.hours if bar.last is not None), default=None)
        day = short_day(last, progress.today, texts.language.tag)
        self._until.set_text("" if last is None else texts.text("followed until {day}", day=day))
        self._until.setVisible(last is not None)
        clear(self._bars)
        for bar in progress.hours:
            self._bars.addWidget(_BarRow(self._theme, texts, bar, view))
        if not progress.hours:
            words = texts.text("No hours yet. They are counted against the route as soon as there is one.")
            self._bars.addWidget(Text(self._theme, words, tone=Tone.SOFT))
        self.absence.set_text(absence_words(progress.absence, texts))
        self._acts.setVisible(view.follows)

    def _act(self, key: str, words: str) -> Button:
        button = Button(self._theme, words, f"progress.add.{key}", kind="link", icon="plus")
        button.clicked.connect(lambda: self.asked.emit(key))
        return button

    @staticmethod
    def _words(texts: Catalogue) -> tuple[tuple[str, str], ...]:
        return (
            ("hours", texts.text("Hours")),
            ("absence", texts.text("Absence")),
            ("milestone", texts.text("Part finished")),
            ("list", texts.text("List of a school")),
        )


def absence_words(absence: AbsenceCount, texts: Catalogue) -> str:
    """Return how many half-days somebody was not there, in one line."""
    if not absence.half_days:
        return texts.text("Always there, as far as was recorded")
    said = texts.plural("Not there for {n} half-day", "Not there for {n} half-days", absence.half_days)
    split = texts.text("{told} with notice, {untold} without", told=absence.with_notice, untold=absence.without)
    return f"{said}: {split}"


class _BarRow(QWidget):
    """One kind: its name, hours of hours, a bar, and where it was closed or where the number comes from."""

    def __init__(self, theme: Theme, texts: Catalogue, bar: HoursBar, view: ProgressView) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        name, amount = texts.text(HOURS[bar.kind]), hours_sentence(bar, texts)
        title = Text(theme, name, Role.STRONG)
        column.addWidget(FlowRow((title, Text(theme, amount, Role.BODY)), grows=title, gap=Space.SMALL))
        if bar.of:
            meter = Meter(theme, f"progress.hours.{bar.kind}")
            meter.show_level(bar.minutes / (bar.of * _MINUTES), "primary", f"{name}: {amount}")
            meter.setToolTip(bar.article)
            column.addWidget(meter)
        if bar.closed is not None:
            day = short_day(bar.closed, view.progress.today, texts.language.tag)
            words = texts.text(_SIGNED if bar.kind == _STATEMENT else _TALKED, day=day)
            row = QHBoxLayout()
            row.setSpacing(Space.HAIR + 2)
            row.addWidget(Icon(theme, "check-circle", 16, Tone.GOOD))
            row.addWidget(Text(theme, words, Role.META, tone=Tone.GOOD), 1)
            nest(column, row)
