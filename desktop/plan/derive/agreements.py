"""Who helps, what is agreed, who signs, and which words are explained."""

from collections.abc import Iterable

from desktop.i18n.mark import N_
from desktop.plan.derive.facts import PlanFacts, fill_from, holds, sources
from desktop.plan.derive.goals import RoleNames
from desktop.plan.model.edits import PlanEdits, as_date
from desktop.plan.model.plan_text import PlanText, free
from desktop.plan.model.support_plan import (
    NOT_READ_ALOUD,
    ExplainedTerm,
    Goal,
    Helper,
    Point,
    ReadAloud,
    Signature,
)
from desktop.plan.region.region_rules import ALWAYS, Partner, Region

_WORDS: tuple[tuple[str, str], ...] = (
    ("PIP", N_("het besluit over mijn inburgering")),
    ("VVE", N_("spelen en taal leren vóór de basisschool")),
    ("KNM", N_("kennis van de Nederlandse maatschappij")),
    ("MAP", N_("leren over werk in Nederland")),
    ("PVT", N_("regels en waarden in Nederland")),
    ("A1, A2, B1", N_("hoe goed ik Nederlands kan")),
)
_AGREEMENTS: tuple[tuple[str, str, str], ...] = (
    (
        "interpreter",
        "talk",
        N_("Bij elk gesprek is een tolk als ik dat wil. Ik mag ook alleen praten, zonder anderen erbij."),
    ),
    (
        "privacy",
        "page",
        N_(
            "De gemeente en de school zien wat zij nodig hebben voor hun werk. "
            "Over mijn gezondheid krijgt de school niets."
        ),
    ),
    ("disagree", "hand", N_("Ben ik het niet eens met dit plan? Dan zeg ik dat. Dat mag altijd.")),
)


_ALWAYS_SAID = frozenset({"privacy", "disagree"})
"""Agreements that no region can leave out."""


def words(region: Region) -> tuple[ExplainedTerm, ...]:
    """Return the words of the region, or those every plan needs."""
    pairs = [(rule.word, rule.meaning) for rule in region.words] or list(_WORDS)
    return tuple(ExplainedTerm(word, PlanText(meaning)) for word, meaning in pairs)


def agreements(facts: PlanFacts, edits: PlanEdits, region: Region) -> tuple[Point, ...]:
    """Return the agreements: those of the region that apply, those of every plan, those the caseworker added."""
    found = {
        rule.name: Point(rule.name, rule.icon or "talk", fill_from(facts, rule.text), sources(facts, rule.sources))
        for rule in region.agreements
        if holds(facts, rule.when)
    }
    known = {rule.name for rule in region.agreements}
    found |= {
        name: Point(name, icon, PlanText(text))
        for name, icon, text in _AGREEMENTS
        if name not in known and (name in _ALWAYS_SAID or not known)
    }
    for name in edits.ids("agreement"):
        record = edits.record(f"agreement/{name}")
        if record and record.get("text"):
            icon = found[name].icon if name in found else "talk"
            found[name] = Point(name, icon, free(record["text"], record.get("other", "")))
    return tuple(point for name, point in found.items() if not edits.flag(f"agreement/{name}/removed"))


def helpers(facts: PlanFacts, edits: PlanEdits, role_names: RoleNames, kept: Iterable[Goal]) -> tuple[Helper, ...]:
    """Return the caseworker, the municipality and the partners this plan needs, with the caseworker's changes."""
    mentioned = "\n".join(
        text for goal in kept for text in (*(phase.name for phase in goal.lead), *(step.who for step in goal.actions))
    )
    found = {
        "caseworker": Helper(
            "caseworker",
            PlanText(N_("tot ik verhuis")),
            role_names.caseworker,
            "",
            role_names.organisation,
        ),
        "municipality": Helper("municipality", PlanText(N_("gemeente")), role_names.municipality, "", ""),
    }
    found |= {
        partner.name: _partner(partner)
        for partner in role_names.region.partners
        if partner.phone and _lists_partner(facts, partner, mentioned)
    }
    for name in edits.ids("helper"):
        record = edits.record(f"helper/{name}")
        if record is not None:
            base = found.get(name)
            role = free(record["role"]) if record.get("role") else (base.role if base else PlanText(N_("helpt mij")))
            found[name] = Helper(
                name,
                role,
                record.get("name", base.name if base else ""),
                record.get("phone", base.phone if base else ""),
                record.get("function", base.function if base else ""),
            )
    return tuple(helper for name, helper in found.items() if helper.name and not edits.flag(f"helper/{name}/removed"))


def _lists_partner(facts: PlanFacts, partner: Partner, mentioned: str) -> bool:
    if partner.when is ALWAYS:
        return partner.label in mentioned
    return holds(facts, partner.when)


def _partner(partner: Partner) -> Helper:
    role = PlanText(partner.kind or partner.offers or partner.label)
    return Helper(partner.name, role, partner.label, partner.phone, partner.contact)


def read_aloud(edits: PlanEdits) -> ReadAloud:
    """Return how the plan was read aloud, as the caseworker wrote down."""
    record = edits.record("read_aloud")
    if record is None:
        return NOT_READ_ALOUD
    return ReadAloud(record.get("language", ""), as_date(record.get("date")), record.get("interpreter", ""))


def report_read_aloud(facts: PlanFacts) -> ReadAloud:
    """Return how the report of the intake was read aloud, as the interview says."""
    if facts.value("samenvatting_hoe") in {"voorgelezen", "tolk"}:
        return ReadAloud(facts.value("praattaal"), facts.answered("samenvatting_hoe"), facts.value("tolk_nummer"))
    return NOT_READ_ALOUD


def signatures(role_names: RoleNames) -> tuple[Signature, ...]:
    """Return the three places to sign, empty: who signed is told by the version of the plan that was signed."""
    return (
        Signature("person", role_names.person, None),
        Signature("caseworker", role_names.caseworker, None),
        Signature("municipality", role_names.municipality, None),
    )


def feedback(edits: PlanEdits) -> tuple[PlanText, str]:
    """Return the person's reaction to the plan, and whether the person agrees: `yes`, `partly`, `no` or blank."""
    return free(edits.words("feedback"), edits.words("feedback/other")), edits.words("feedback/agrees")


def report_feedback(facts: PlanFacts) -> tuple[PlanText, str]:
    """Return the person's reaction to the report of the intake, as `feedback` does."""
    agrees = {"ja": "yes", "deels": "partly", "nee": "no"}.get(facts.value("samenvatting_klopt"), "")
    return free(facts.value("samenvatting_anders")), agrees
