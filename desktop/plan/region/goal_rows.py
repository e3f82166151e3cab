"""The goals of a region workbook: one row per action, the first row of a goal also describes the goal."""

from dataclasses import replace

from desktop.plan.model.topics import DOMAIN_ICONS
from desktop.plan.region.cells import CellReader
from desktop.plan.region.region_rules import ActionRule, GoalRule


class GoalRows:
    """The goals as their rows are read, one after the other."""

    def __init__(self) -> None:
        self._goals: dict[str, GoalRule] = {}
        self._current = ""

    def take(self, cells: CellReader) -> None:
        """Take the next row in.

        Raises UserError `region.…`, with `region.name_twice` when a goal is described twice.
        """
        name = cells.text("name")
        if name and name != self._current:
            if name in self._goals:
                raise cells.problem("region.name_twice", "name", name=name)
            goal = _goal(cells)
            self._current = goal.name
            self._goals[goal.name] = goal
        elif not self._current:
            raise cells.problem("region.cell_empty", "name")
        if cells.text("action"):
            goal = self._goals[self._current]
            self._goals[self._current] = replace(goal, actions=(*goal.actions, _action(cells, goal)))

    def all(self) -> tuple[GoalRule, ...]:
        """Return the goals, in the order of the sheet."""
        return tuple(self._goals.values())


def _goal(cells: CellReader) -> GoalRule:
    when = cells.condition()
    return GoalRule(
        name=cells.name(),
        domain=cells.choice("domain", DOMAIN_ICONS),
        when=when,
        goal=cells.needed("goal"),
        short=cells.text("short"),
        why=cells.text("why"),
        done_when=cells.text("done_when"),
        lead=cells.text("lead") or "caseworker",
        together_weeks=cells.number("together_weeks"),
        self_weeks=cells.number("self_weeks"),
        funding=cells.text("funding"),
        actions=(),
        sources=cells.questions_in("sources") or when.names,
    )


def _action(cells: CellReader, goal: GoalRule) -> ActionRule:
    return ActionRule(
        text=cells.needed("action"),
        who=cells.people("who") or ("person",),
        funding=cells.text("funding") or goal.funding,
        term_weeks=cells.number("term_weeks"),
        starts=cells.yes("starts"),
    )
