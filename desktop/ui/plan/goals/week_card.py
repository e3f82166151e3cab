"""The week as a card: the timetable, what it adds up to, what does not fit yet, and the way to change or print it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.i18n import Catalogue, format_day, weekdays
from desktop.plan.derive.timetable import clashes
from desktop.plan.model.support_plan import HalfDay, HalfDayKind
from desktop.services.plan.plan_parts import HalfDayDraft, PlanView
from desktop.ui.design.icons import make_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.goals.timetable_grid import LOOKS, Timetable

_CHOICES: tuple[HalfDayKind, ...] = ("work", "participation", "own", "free", "blocked")


class WeekCard(Card):
    """The week of the person. `changed` carries one changed half-day; `goal_asked` the goal about child care."""

    changed = Signal(object)
    goal_asked = Signal(str)
    print_asked = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=theme.px(18))
        self._texts = texts
        self._view: PlanView | None = None
        self._editing = False
        title = Text(theme, texts.text("This is what the week looks like"), Role.CARD)
        self._since = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.body.addWidget(FlowRow((title, self._since), grows=title))
        self.timetable = Timetable(theme, texts)
        self.body.addWidget(self.timetable)
        self._hint = Text(theme, texts.text("Choose the half-day you want to change."), Role.SMALL, tone=Tone.SOFT)
        self.body.addWidget(self._hint)
        self.body.addWidget(Divider(theme))
        self._total = Text(theme, role=Role.STRONG, wrap=False)
        self._fixed = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.body.addWidget(FlowRow((self._total, self._fixed), grows=self._total))
        self.clash = Banner(theme, texts.text("Put away"), "plan.week.clash")
        self.clash.dismiss.hide()
        self.body.addWidget(self.clash)
        self.body.addWidget(self._buttons(theme, texts))
        self.timetable.chosen.connect(self._choose)

    def show_view(self, view: PlanView) -> None:
        """Show the week of `view`."""
        self._view = view
        texts = self._texts
        self._hint.setVisible(self._editing)
        start = view.plan.start
        day = "" if start is None else format_day(start, texts.language.tag)
        self._since.set_text(texts.text("from {day}", day=day) if day else "")
        self.timetable.show_view(view, editing=self._editing)
        busy = [half for half in view.plan.week if half.kind not in {"free", "blocked"}]
        fixed = sum(half.fixed for half in busy)
        self._total.set_text(texts.plural("{n} half-day planned", "{n} half-days planned", len(busy)))
        self._fixed.set_text(texts.plural("{n} fixed by the school", "{n} fixed by the school", fixed) if fixed else "")
        self._show_clash(view)

    def choose_use(self, day: int, part: str, kind: HalfDayKind | None) -> None:
        """Plan one half-day by hand; None means back to what the route says."""
        label = "" if kind is None else self._texts.text(LOOKS[kind].word)
        self.changed.emit(HalfDayDraft(day, part, kind, label))

    def _buttons(self, theme: Theme, texts: Catalogue) -> FlowRow:
        self.adjust = Button(theme, texts.text("Adjust the week"), "plan.week.adjust", icon="pencil")
        self.adjust.setCheckable(True)
        self.adjust.toggled.connect(self._edit)
        self.print = Button(theme, texts.text("Print in two languages"), "plan.week.print", icon="printer")
        self.print.clicked.connect(self.print_asked)
        return FlowRow((self.adjust, self.print), gap=Space.MEDIUM)

    def _edit(self, on: bool) -> None:  # noqa: FBT001  # a Qt slot
        self._editing = on
        self.adjust.set_text(self._texts.text("Done adjusting") if on else self._texts.text("Adjust the week"))
        self.adjust.set_icon("check" if on else "pencil")
        if self._view is not None:
            self.show_view(self._view)

    def _choose(self, day: int, part: str) -> None:
        menu = QMenu(self)
        menu.setAccessibleName(self._texts.text("Use of this half-day"))
        for kind in _CHOICES:
            look = LOOKS[kind]
            action = QAction(self._texts.text(look.word), menu)
            action.setIcon(make_icon(look.icon or "circle", self._theme.colour("ink").name(), 20))
            action.triggered.connect(lambda _on=False, kind=kind: self.choose_use(day, part, kind))
            menu.addAction(action)
        menu.addSeparator()
        back = QAction(self._texts.text("Back to what the route says"), menu)
        back.triggered.connect(lambda: self.choose_use(day, part, None))
        menu.addAction(back)
        cell = self.timetable.cell(day, part)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(cell.mapToGlobal(QPoint(0, cell.height())))

    def _show_clash(self, view: PlanView) -> None:
        found = clashes(view.plan.week, view.plan.children)
        blocked = [half for half in view.plan.week if half.kind == "blocked"]
        first = found[0][0] if found else next(iter(blocked), None)
        if first is None:
            self.clash.hide()
            return
        goals = [goal for goal in view.plan.goals if goal.domain == "child"]
        number = view.plan.goals.index(goals[0]) + 1 if goals else 0
        link = self._texts.text("Go to goal {n}", n=number) if goals else ""
        self.clash.show_message("asks", self._clash_words(first), link, lambda: self.goal_asked.emit(goals[0].id))

    def _clash_words(self, half: HalfDay) -> str:
        day = weekdays(self._texts.language.tag)[half.day]
        if half.part == "morning":
            return self._texts.text("There is no child care yet on {day} morning.", day=day)
        return self._texts.text("There is no child care yet on {day} afternoon.", day=day)
