"""The three legal routes side by side, each with reasons for and against. Nothing is counted, scored or decided here.

Source: Wet inburgering 2021 articles 8, 9 and 15; Raad van State 24 December 2024, ECLI:NL:RVS:2024:5413.
"""

from typing import cast

from desktop.plan.derive.facts import PlanFacts, fill_from, holds, sources
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.plan_text import free
from desktop.plan.model.support_plan import LEGAL_ROUTES, Argument, LegalRoute, RouteWeighing, Sign
from desktop.plan.model.topics import TOPICS
from desktop.plan.region.region_rules import ArgumentRule, Region

_ORDER = {topic.key: number for number, topic in enumerate(TOPICS)}


def weigh(facts: PlanFacts, edits: PlanEdits, region: Region) -> tuple[RouteWeighing, ...]:
    """Return all three routes, always, each with its reasons in the order of the topics."""
    derived = {rule.id: _derive_argument(rule, facts) for rule in region.arguments if holds(facts, rule.when)}
    written = {
        name: argument for name in edits.ids("argument") if (argument := _apply_edits(name, edits, derived.get(name)))
    }
    kept = [argument for name, argument in {**derived, **written}.items() if not edits.flag(f"argument/{name}/removed")]
    kept.sort(key=lambda argument: _ORDER.get(argument.topic, len(_ORDER)))
    proposed = proposed_route(edits)
    return tuple(_weighing(route, kept, edits, proposed) for route in LEGAL_ROUTES)


def proposed_route(edits: PlanEdits) -> LegalRoute | None:
    """Return the route the caseworker proposes, None before that."""
    return cast("LegalRoute | None", edits.text("route/proposed"))


def _weighing(
    route: LegalRoute, arguments: list[Argument], edits: PlanEdits, proposed: LegalRoute | None
) -> RouteWeighing:
    def signed(sign: Sign) -> tuple[Argument, ...]:
        return tuple(argument for argument in arguments if argument.route == route and argument.sign == sign)

    return RouteWeighing(
        route=route,
        for_=signed("for"),
        against=signed("against"),
        neutral=signed("neutral"),
        reason=edits.words(f"route/{route}/reason").strip(),
        proposed=proposed == route,
    )


def _derive_argument(rule: ArgumentRule, facts: PlanFacts) -> Argument:
    return Argument(
        rule.id, rule.route, rule.sign, rule.topic, fill_from(facts, rule.text), sources(facts, rule.sources)
    )


def _apply_edits(name: str, edits: PlanEdits, base: Argument | None) -> Argument | None:
    record = edits.record(f"argument/{name}")
    if record is None or not record.get("text", "").strip():
        return None
    route = record.get("route") or (base.route if base else "")
    sign = record.get("sign") or (base.sign if base else "neutral")
    if not route:
        return None
    return Argument(
        id=name,
        route=cast("LegalRoute", route),
        sign=cast("Sign", sign),
        topic=record.get("topic") or (base.topic if base else "other"),
        text=free(record["text"].strip()),
        sources=base.sources if base else (),
        derived=False,
    )
