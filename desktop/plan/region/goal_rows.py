"""The goals of a region workbook: one row per action, the first row of a goal also describes the goal."""

from collections.abc import Iterable
from dataclasses import replace

from desktop.plan.model.topics import DOMAIN_ICONS
from desktop.plan.region.cells import CellReader
from desktop.plan.region.region_rules import ActionRule, GoalRule


def read_goals(rows: Iterable[CellReader]) -> tuple[GoalRule, ...]:
    """Return the goals in `rows`, in order.

    Raises UserError `region.…`, with `region.name_twice` when a goal is described twice.
    """
    goals: dict[str, GoalRule] = {}
    current = ""
    for cells in rows:
        name = cells.text("name")
        if name and name != current:
            if name in goals:
                raise cells.problem("region.name_twice", "name", name=name)
            current = cells.name()
            goals[current] = _goal(cells)
        elif not current:
            raise cells.problem("region.cell_empty", "name")
        if cells.text("action"):
            goal = goals[current]
            goals[current] = replace(goal, actions=(*goal.actions, _action(cells, goal)))
    return tuple(goals.values())


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
