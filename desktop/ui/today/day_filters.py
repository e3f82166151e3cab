"""The head of the page of the day: date, search, whose people, and for which reason."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import finds_person, format_day
from desktop.services.today.needs import DayPlace, NeedGroup, Reason
from desktop.services.today.today_list import Circle, TodayRow, TodayView
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.controls.pill import FilterPill
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.typography.text import Text
from desktop.ui.today.today_model import DayGroup
from desktop.ui.today.today_texts import CIRCLES, GROUPS, REASONS, need_text
from protocol.identifiers import DossierId

_ALL = "all"
_FILTERED = tuple(reason for reason in Reason if reason is not Reason.NOTHING)
_MOST_ACCENTS = 3


class DayFilters(QWidget):
    """`on_circle` hears that other people are asked for, `on_filter` that other ones of them are to be shown."""

    def __init__(self, context: UiContext, on_circle: Callable[[], None], on_filter: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._on_circle, self._on_filter = context, on_circle, on_filter
        self._chosen: str = _ALL
        self._place: DayPlace | None = None
        theme, text = context.theme, context.text
        title = Text(theme, text("Today"), Role.PAGE, wrap=False)
        self._day = Text(theme, role=Role.BODY, tone=Tone.SOFT, wrap=False)
        gap = QWidget()
        self._search = TextInput(
            theme, "today.search", text("Search by name or case number"), placeholder=text("Name or case number")
        )
        self._search.set_tall(Target.ACTION)
        self._search.set_icon(Icon(theme, "search", 20))
        self._search.textChanged.connect(lambda _text: on_filter())
        self._circle = Segmented(theme, "today.circle", text("Whose people?"), self._take_circle)
        self._sizes: dict[Circle, int] = {}
        self._show_circles(Circle.MINE)
        self._pills = {name: self._pill(name) for name in (_ALL, *_FILTERED)}
        self._pills[_ALL].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.MEDIUM)
        column.addWidget(FlowRow((title, self._day, gap, self._search, self._circle), grows=gap, gap=Space.MEDIUM))
        column.addWidget(FlowRow(list(self._pills.values())))
        self._restyle()
        theme.changed.connect(self._restyle)
        add_shortcut(self, "today.circle", self._next_circle)

    @property
    def circle(self) -> Circle:
        """Whose people are asked for."""
        return Circle(self._circle.chosen() or Circle.MINE)

    @property
    def unfolded(self) -> bool:
        """Tell whether groups for later are to be seen: somebody is sought, or they were asked for."""
        return bool(self._search.text().strip()) or self._place is not None

    def start_search(self) -> None:
        """Put the keyboard in the search field."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def choose_place(self, place: DayPlace) -> None:
        """Show those of one of the four places."""
        self._place, self._chosen = (None if place is DayPlace.LISTED else place), _ALL
        self._pills[_ALL].setChecked(True)
        self._on_filter()

    def day_in_words(self, view: TodayView) -> str:
        """Return the day of the page."""
        return format_day(view.day, self._context.catalogue.language.tag, weekday=True)

    def show_view(self, view: TodayView) -> None:
        """Count the people of `view`."""
        self._day.set_text(self.day_in_words(view))
        self._sizes = dict(view.sizes)
        self._show_circles(view.circle)
        for name, pill in self._pills.items():
            count = len(view.at(DayPlace.LISTED)) if name == _ALL else len(view.because(Reason(name)))
            pill.set_count(count)
            pill.setVisible(name in {_ALL, self._chosen} or count > 0)

    def rows(self, view: TodayView) -> tuple[TodayRow, ...]:
        """Return who is to be shown; a search goes through everybody of the circle, whatever the filter."""
        sought = self._search.text()
        if sought.strip():
            return tuple(row for row in view.rows if finds_person(sought, row.name, row.number))
        if self._place is not None:
            return view.at(self._place)
        if self._chosen != _ALL:
            return view.because(Reason(self._chosen))
        return view.rows

    def groups(self, view: TodayView) -> tuple[DayGroup, ...]:
        """Return them in groups with their words; the soonest three carry the accent."""
        rows = self.rows(view)
        soonest = {row.dossier for row in rows[:_MOST_ACCENTS] if row.need.group is NeedGroup.NOW}
        return tuple(
            self._group(group, [row for row in rows if row.need.group is group], soonest) for group in _used(rows)
        )

    def _group(self, group: NeedGroup, rows: list[TodayRow], soonest: set[DossierId]) -> DayGroup:
        catalogue = self._context.catalogue
        people = tuple((row, need_text(row, catalogue, accent=row.dossier in soonest)) for row in rows)
        count = catalogue.plural("{n} person", "{n} people", len(rows))
        return DayGroup(group, catalogue.text(GROUPS[group]), count, people)

    def _pill(self, name: str) -> FilterPill:
        words = self._context.text("Who needs me") if name == _ALL else self._context.text(REASONS[Reason(name)][0])
        pill = FilterPill(self._context.theme, words, f"today.filter.{name}")
        pill.clicked.connect(lambda _checked=False: self._choose(name))
        return pill

    def _choose(self, name: str) -> None:
        self._chosen, self._place = name, None
        self._pills[name].setChecked(True)
        self._on_filter()

    def _take_circle(self, _key: str) -> None:
        self._on_circle()

    def _next_circle(self) -> None:
        every = list(Circle)
        self._circle.choose(every[(every.index(self.circle) + 1) % len(every)])
        self._on_circle()

    def _show_circles(self, chosen: Circle) -> None:
        words = [self._context.text(CIRCLES[each]) for each in Circle]
        counts = [f" {self._sizes[each]}" if each in self._sizes else "" for each in Circle]
        options = [
            SegmentOption(each, f"{word}{count}") for each, word, count in zip(Circle, words, counts, strict=True)
        ]
        self._circle.set_segments(options, chosen)

    def _restyle(self) -> None:
        self._search.setMinimumWidth(self._context.theme.px(264))


def _used(rows: Iterable[TodayRow]) -> list[NeedGroup]:
    there = {row.need.group for row in rows}
    return [group for group in NeedGroup if group in there]
