"""The route as a line of modules, and below it until when it may change and when the term ends."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.plan.progress.progress import ModuleMarkState, Progress
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import fill
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.progress_texts import module_sentence, short_day
from desktop.ui.progress.route_line import RouteLine, RouteStop

_STATES: Mapping[bool, ModuleMarkState] = {True: "done", False: "later"}

EXAMS = "exams"
"""The key of the last stop."""


class RouteCard(Card):
    """`opened` carries the name of a module, or `EXAMS`. Hidden while no route has dates."""

    opened = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=1)
        self._texts = texts
        self.line = RouteLine(theme, "progress.route")
        self.line.opened.connect(self.opened)
        self.body.setSpacing(0)
        self.body.addWidget(self.line)
        self.body.addWidget(Divider(theme))
        self._change = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._end = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        foot, column = QWidget(), QVBoxLayout()
        column.setContentsMargins(Space.WIDE, Space.SMALL, Space.WIDE, Space.SMALL)
        column.addWidget(FlowRow((self._change, self._end), grows=self._change, gap=Space.LARGE))
        fill(foot, column)
        self.body.addWidget(foot)

    def show_view(self, view: ProgressView) -> None:
        """Show the modules of `view` and the exams after them."""
        progress, texts = view.progress, self._texts
        self.setVisible(bool(progress.modules))
        if not progress.modules:
            return
        self.line.set_stops((*self._stops(progress), *self._exams(progress)))
        self.line.setAccessibleName(
            "; ".join(module_sentence(mark, progress.today, texts) for mark in progress.modules)
        )
        self._change.set_text(self._changes(view))
        end = progress.legal_date("term_end")
        day = short_day(end, progress.today, texts.language.tag)
        self._end.set_text("" if end is None else texts.text("The term lasts until {day}", day=day))
        self._end.setVisible(end is not None)

    def _stops(self, progress: Progress) -> tuple[RouteStop, ...]:
        tag, texts = self._texts.language.tag, self._texts
        found = []
        for mark in progress.modules:
            weeks = f"{short_day(mark.first, progress.today, tag)} – {short_day(mark.last, progress.today, tag)}"
            below = " · ".join((texts.text("Module {n}", n=mark.number), weeks))
            spoken = module_sentence(mark, progress.today, texts)
            found.append(RouteStop(mark.name, mark.label.dutch, below, mark.state, mark.may_change, spoken))
        return tuple(found)

    def _exams(self, progress: Progress) -> tuple[RouteStop, ...]:
        if progress.route == "Z":
            return ()
        done = all(line.state in {"passed", "exempt"} for line in progress.exams)
        left = sum(line.state not in {"passed", "exempt"} for line in progress.exams)
        title, state = self._texts.text("Exams"), _STATES[done]
        below = self._texts.plural("{n} part to go", "{n} parts to go", left)
        return (RouteStop(EXAMS, title, below, state, may_change=False, spoken=f"{title}, {below}"),)

    def _changes(self, view: ProgressView) -> str:
        """Return when the route may change: after which module first, and until when at the latest."""
        progress, texts = view.progress, self._texts
        tag, name = texts.language.tag, first_name(view.name)
        moments = [mark.last for mark in progress.modules if mark.may_change and mark.last >= progress.today]
        last = progress.legal_date("route_change")
        if moments and last is not None:
            return texts.text(
                "◇ Here {name} may change route. First now: {first}. After that until {last}.",
                name=name,
                first=short_day(moments[0], progress.today, tag),
                last=short_day(last, progress.today, tag),
            )
        if moments:
            first = short_day(moments[0], progress.today, tag)
            return texts.text("◇ Here {name} may change route. First now: {first}.", name=name, first=first)
        return ""
