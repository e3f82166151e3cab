"""Where on the plan page a missing thing is mended."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.kernel.ref import Ref, parse_address
from desktop.ui.pip.pip_step import PipStep
from desktop.ui.plan.goals.goals_step import GoalsView
from desktop.ui.plan.routes.weigh import WeighView
from desktop.ui.plan.sign import SignView


@dataclass(frozen=True, slots=True)
class PlaceActions:
    """What a place may ask of the page: a step, a question of the interview, the editor of the person's own words."""

    show_step: Callable[[str], None]
    follow_answer: Callable[[str], None]
    edit_own_words: Callable[[], None]


class FieldPlaces:
    """Brings the place of a field of the plan, or of a question, into sight, with the keyboard on it."""

    def __init__(self, weigh: WeighView, goals: GoalsView, sign: SignView, pip: PipStep, ways: PlaceActions) -> None:
        self._weigh, self._goals, self._sign, self._pip, self._ways = weigh, goals, sign, pip, ways

    def follow(self, field: str) -> None:
        """Go to where `field` is mended: a reason, the week, a goal, or a question of the interview."""
        place = parse_address(field)
        if isinstance(place, Ref):
            self._ways.follow_answer(field)
        elif field == "route/deviation":
            self._ways.show_step("weigh")
            self._weigh.deviation.reason.setFocus()
        elif field in {"route/region", "route/start"}:
            self._ways.show_step("goals")
            self._goals.choose_region(place.item)
        elif place.area == "route":
            self._ways.show_step("weigh")
            self._focus_route(place.item, field.rpartition("/")[2])
        elif place.area in {"goal", "week", "feedback"}:
            self._ways.show_step("goals")
            self._goals.show_goal(place.item)
        elif place.area == "own_words":
            self._ways.edit_own_words()
        else:
            self._follow_paper(place.area, field)

    def _follow_paper(self, area: str, field: str) -> None:
        if area == "read_aloud":
            self._ways.show_step("sign")
            self._sign.read_aloud.done.setFocus()
        elif area == "pip":
            self._ways.show_step("pip")
            self._pip.focus_field(field)

    def _focus_route(self, route: str, part: str) -> None:
        if part in {"for", "against"}:
            self._weigh.grid.focus_section(route, part)
        else:
            self._weigh.grid.focus_reason(route)
