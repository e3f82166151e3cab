"""A decision (PIP) of a demonstration case, filled in whole, and what an officer may fill in otherwise."""

from collections.abc import Mapping
from datetime import date

from desktop.plan.derive.derive import derive
from desktop.plan.derive.facts import PlanFacts
from desktop.plan.law.deadlines import TermFacts
from desktop.plan.model.edits import sort_edits
from desktop.plan.pip.decide import PipBasis, decide
from desktop.plan.pip.decision import PipDecision
from desktop.plan.pip.pip_checks import pip_missing
from desktop.plan.pip.pip_edits import PipEdits
from protocol.canonical import JsonValue
from tests.unit.plan.case import TODAY, answers, edits, region

DATED = date(2026, 11, 24)
TOWN = "Gemeente Waterbeke (voorbeeld)"

FILLED: Mapping[str, JsonValue] = {
    "pip/college": "College van burgemeester en wethouders van Waterbeke",
    "pip/signer": "Karim Jansen, regisseur inburgering",
    "pip/mandate": "Mandaatbesluit 2026, onderdeel 4.2",
    "pip/address": "azc Duinrand, kamer 14\nDuinweg 1\n0000 AA Duinrand",
    "pip/contact": "Karim Jansen",
    "pip/reach": "06 0000 0002",
    "pip/dated": "2026-11-24",
    "pip/sent": "2026-11-25",
    "pip/route_hours": "900",
    "pip/pvt_hours": "12",
    "pip/map_hours": "40",
    "pip/talks": "5",
    "pip/support": "Begeleider Marieke Vos spreekt u elke maand.",
    "pip/objection": "Schrijf een brief aan het college van Waterbeke, Postbus 0.",
    "pip/participation": "Besluit bijstand van 20-11-2026\n\nBesluit ontzorgen (art. 56a) van 20-11-2026",
    "pip/vve/1": "Het Nest, vanaf 11-01-2027, vier dagdelen per week",
    "pip/explained": "in het Tigrinya, tolk 4471",
}
"""Every field that the decision of the case of Haarlem needs."""


def basis(
    facts: PlanFacts, changes: Mapping[str, JsonValue], terms: TermFacts | None = None, first: date | None = None
) -> PipBasis:
    """Return what the decision of `facts` is made of, with `changes` over what is filled in."""
    fields = {key: value for key, value in {**edits(), **FILLED, **changes}.items() if value is not None}
    plan = derive(facts, fields, region(), TODAY)
    return PipBasis(plan, PipEdits(sort_edits(fields)), terms or TermFacts(), TOWN, first, talks_held=(TODAY,))


def decision(
    changes: Mapping[str, JsonValue] | None = None,
    facts: PlanFacts | None = None,
    terms: TermFacts | None = None,
    first: date | None = None,
) -> PipDecision:
    """Return the decision with `changes`."""
    known = facts or answers()
    return decide(known, basis(known, changes or {}, terms, first))


def missing(
    changes: Mapping[str, JsonValue] | None = None, facts: PlanFacts | None = None, before: PipDecision | None = None
) -> dict[str, str]:
    """Return the field by the code of everything that is missing."""
    known = facts or answers()
    made = basis(known, changes or {}, first=None if before is None else before.first)
    return {item.code: item.field for item in pip_missing(decide(known, made), known, made, before)}
