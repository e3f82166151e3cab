"""What a decision lacks, or may not say: every item names the field where it is mended. Pure.

What the law asks of the contents blocks; so does what DUO would refuse (`duo_rules`).
"""

from collections.abc import Iterator
from datetime import date

from desktop.plan.derive.facts import PlanFacts
from desktop.plan.derive.hours import PVT_HOURS
from desktop.plan.law.term import last_route_change, may_change_route
from desktop.plan.model.support_plan import MissingItem
from desktop.plan.pip.decide import PipBasis, young_children
from desktop.plan.pip.decision import PipDecision
from desktop.plan.pip.pip_edits import PipEdits

_WEIGHED = frozenset(
    {
        "plan.route_not_proposed",
        "plan.route_without_for",
        "plan.route_without_against",
        "plan.route_without_reason",
        "plan.deviation_without_reason",
    }
)
"""What the plan lacks that a decision needs as well: all three routes weighed with reasons (RvS 2024:5413)."""

_ALWAYS = ("college", "signer", "mandate", "address", "contact", "reach", "dated", "sent", "support", "objection")
_NUMBERS = ("talks", "pvt_hours")


def pip_missing(
    decision: PipDecision, facts: PlanFacts, basis: PipBasis, before: PipDecision | None
) -> Iterator[MissingItem]:
    """Yield what keeps `decision` from being issued; `before` is the one issued last."""
    filled = basis.filled
    yield from (item for item in basis.plan.missing if item.code in _WEIGHED)
    yield from (_lacks(name) for name in _ALWAYS if not filled.words(name))
    yield from (_lacks(name) for name in _NUMBERS if not filled.number(name))
    yield from _person_checks(decision, facts, filled, basis.plan.made)
    yield from _programme_checks(decision, filled)
    yield from _order_checks(decision, before)
    yield from _change_checks(decision, filled, before)


def _lacks(name: str) -> MissingItem:
    return MissingItem(f"pip.lacks_{name}", f"pip/{name}")


def _person_checks(decision: PipDecision, facts: PlanFacts, filled: PipEdits, made: date) -> Iterator[MissingItem]:
    if not facts.value("doelgroep"):
        yield MissingItem("pip.lacks_target_group", next(iter(facts.refs("doelgroep")), "doelgroep"))
    if not decision.literacy:
        yield _lacks("literacy")
    for number, name in young_children(facts, decision.dated or made):
        if not filled.words(f"vve/{number}"):
            yield MissingItem("pip.lacks_vve", f"pip/vve/{number}", {"child": name})
    if not decision.attachments and not filled.flag("no_participation"):
        yield _lacks("participation")
    if not filled.words("explained"):
        yield MissingItem("pip.lacks_explained", "pip/explained", blocking=False)


def _programme_checks(decision: PipDecision, filled: PipEdits) -> Iterator[MissingItem]:
    if decision.asylum and not decision.hours:
        yield _lacks("route_hours")
    if decision.route != "O" and not filled.number("map_hours"):
        yield _lacks("map_hours")
    pvt = filled.number("pvt_hours")
    if pvt and pvt < PVT_HOURS:
        yield MissingItem("pip.pvt_too_short", "pip/pvt_hours", {"least": str(PVT_HOURS)})


def _order_checks(decision: PipDecision, before: PipDecision | None) -> Iterator[MissingItem]:
    """Yield a date that comes before that of the decision before, or a sending before the date."""
    dated, sent = decision.dated, decision.sent
    earlier = before.dated if before is not None else decision.first
    if dated is not None and earlier is not None and dated < earlier:
        yield MissingItem("pip.dated_too_early", "pip/dated", {"day": f"{earlier:%d-%m-%Y}"})
    if dated is not None and sent is not None and sent < dated:
        yield MissingItem("pip.sent_too_early", "pip/sent")


def _change_checks(decision: PipDecision, filled: PipEdits, before: PipDecision | None) -> Iterator[MissingItem]:
    """Yield a change of route that comes too late for the law without a special case."""
    if before is None or before.route is None or decision.route is None:
        return
    if decision.dated is None or decision.first is None:
        return
    allowed = may_change_route(decision.first, before.route, decision.route, decision.dated)
    if not allowed and not filled.words("exception"):
        last = last_route_change(decision.first)
        yield MissingItem("pip.route_change_late", "pip/exception", {"day": f"{last:%d-%m-%Y}"})
