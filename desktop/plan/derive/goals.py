"""Goals: those that follow from the answers by the region's rules, with the caseworker's edits laid over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.plan.derive.facts import PlanFacts, fill_from, holds, sources
from desktop.plan.derive.schedule import Schedule
from desktop.plan.model.edits import PlanEdits, as_date
from desktop.plan.model.plan_text import NO_TEXT, PlanText, free
from desktop.plan.model.support_plan import Goal, GoalAction, Holder, LeadPhase
from desktop.plan.model.topics import DOMAIN_ICONS
from desktop.plan.region.region_rules import ActionRule, GoalRule, Region

_HOLDERS: dict[str, Holder] = {"other": "other", "together": "together", "person": "person"}


@dataclass(frozen=True, slots=True)
class RoleNames:
    """Turns `person`, `caseworker`, `municipality` and names of partners in a workbook into names of people.

    `organisation` is that of the caseworker.
    """

    person: str
    caseworker: str
    organisation: str
    municipality: str
    region: Region

    def name(self, word: str) -> str:
        """Return who `word` stands for; itself when it stands for nobody known."""
        known = {"person": self.person, "caseworker": self.caseworker, "municipality": self.municipality}
        if word in known:
            return known[word]
        partner = self.region.partner(word)
        return partner.label if partner else word

    def names(self, words: Iterable[str]) -> str:
        """Return who `words` stand for, divided by commas."""
        return ", ".join(dict.fromkeys(name for word in words if (name := self.name(word))))


def goals(facts: PlanFacts, edits: PlanEdits, plan: Schedule, role_names: RoleNames) -> tuple[Goal, ...]:
    """Return the goals in the order of the workbook, then those the caseworker added.

    A goal follows from what somebody said: none of a rule whose questions are all unanswered, and none at all of an
    interview that says nothing yet.
    """
    rules = plan.region.goals
    derived = [
        _derive_goal(rule, facts, plan, role_names)
        for rule in rules
        if _is_spoken_of(rule, facts, rules) and holds(facts, rule.when)
    ]
    known = {rule.name for rule in rules}
    added = [
        _make_added_goal(name) for name in edits.ids("goal") if name not in known and edits.text(f"goal/{name}/text")
    ]
    edited = (_apply_edits(goal, edits, role_names) for goal in (*derived, *added))
    return tuple(goal for goal in edited if not edits.flag(f"goal/{goal.id}/removed"))


def short_sentences(facts: PlanFacts, region: Region, kept: Iterable[Goal]) -> tuple[tuple[Goal, PlanText], ...]:
    """Return the sentences for "in short" of the derived goals that are still in the plan."""
    by_name = {rule.name: rule for rule in region.goals}
    return tuple(
        (goal, fill_from(facts, by_name[goal.id].short)) for goal in kept if goal.derived and by_name[goal.id].short
    )


def _is_spoken_of(rule: GoalRule, facts: PlanFacts, rules: tuple[GoalRule, ...]) -> bool:
    """Tell whether an answer is given that `rule` comes from; a rule for everybody follows the first answer of any."""
    named = _questions(rule)
    return any(map(facts.refs, named or [name for each in rules for name in _questions(each)]))


def _questions(rule: GoalRule) -> tuple[str, ...]:
    return rule.sources or rule.when.names


def _derive_goal(rule: GoalRule, facts: PlanFacts, plan: Schedule, role_names: RoleNames) -> Goal:
    return Goal(
        id=rule.name,
        domain=rule.domain,
        icon=DOMAIN_ICONS[rule.domain],
        text=fill_from(facts, rule.goal),
        why=fill_from(facts, rule.why),
        done_when=fill_from(facts, rule.done_when),
        sources=sources(facts, rule.sources),
        lead=_lead(rule, plan, role_names),
        actions=tuple(
            _action(number, step, facts, plan, role_names) for number, step in enumerate(rule.actions, start=1)
        ),
        funding=PlanText(rule.funding),
        derived=True,
    )


def _lead(rule: GoalRule, plan: Schedule, role_names: RoleNames) -> tuple[LeadPhase, ...]:
    first = LeadPhase("other", role_names.name(rule.lead), None)
    if rule.lead == "person":
        return (LeadPhase("person", role_names.person, None),)
    phases = [first]
    if rule.together_weeks is not None:
        phases.append(LeadPhase("together", "", plan.begins(rule.together_weeks)))
    if rule.self_weeks is not None:
        phases.append(LeadPhase("person", role_names.person, plan.begins(rule.self_weeks)))
    return tuple(phases)


def _action(number: int, rule: ActionRule, facts: PlanFacts, plan: Schedule, role_names: RoleNames) -> GoalAction:
    return GoalAction(
        id=str(number),
        text=fill_from(facts, rule.text),
        who=role_names.names(rule.who),
        paid_from=PlanText(rule.funding),
        due=plan.begins(rule.term_weeks) if rule.starts else plan.ready(rule.term_weeks),
        starts=rule.starts,
    )


def _make_added_goal(name: str) -> Goal:
    return Goal(name, "learning", "book", NO_TEXT, NO_TEXT, NO_TEXT, (), (), (), NO_TEXT, derived=False)


def _apply_edits(goal: Goal, edits: PlanEdits, role_names: RoleNames) -> Goal:
    area = f"goal/{goal.id}"
    domain = edits.text(f"{area}/domain") or goal.domain
    lead = edits.records(f"{area}/lead")
    funding = edits.text(f"{area}/funding")
    return replace(
        goal,
        domain=domain,
        icon=DOMAIN_ICONS[domain],
        text=reworded(goal.text, edits, f"{area}/text"),
        why=reworded(goal.why, edits, f"{area}/why"),
        done_when=reworded(goal.done_when, edits, f"{area}/done_when"),
        lead=goal.lead if lead is None else tuple(_phase(record, role_names) for record in lead),
        funding=goal.funding if funding is None else free(funding),
        actions=_edited_actions(goal, edits, f"{area}/action"),
    )


def reworded(text: PlanText, edits: PlanEdits, field: str) -> PlanText:
    """Return `text`, or the words a person put in its place, with their rendering in the other language."""
    own, other = edits.text(field), edits.words(f"{field}_other")
    if own is None and not other:
        return text
    return free(text.dutch if own is None else own, other)


def _phase(record: Mapping[str, str], role_names: RoleNames) -> LeadPhase:
    holder = _HOLDERS.get(record.get("holder", ""), "other")
    name = record.get("name", "") or (role_names.person if holder == "person" else "")
    return LeadPhase(holder, name, as_date(record.get("start", "")))


def _edited_actions(goal: Goal, edits: PlanEdits, area: str) -> tuple[GoalAction, ...]:
    known = {action.id for action in goal.actions}
    added = [
        GoalAction(name, NO_TEXT, "", NO_TEXT, None)
        for name in edits.ids(area)
        if name not in known and edits.text(f"{area}/{name}/text")
    ]
    return tuple(
        _edited_action(action, edits, f"{area}/{action.id}")
        for action in (*goal.actions, *added)
        if not edits.flag(f"{area}/{action.id}/removed")
    )


def _edited_action(action: GoalAction, edits: PlanEdits, area: str) -> GoalAction:
    who, paid_from = edits.text(f"{area}/who"), edits.text(f"{area}/paid_from")
    return replace(
        action,
        text=reworded(action.text, edits, f"{area}/text"),
        who=action.who if who is None else who,
        paid_from=action.paid_from if paid_from is None else free(paid_from),
        due=edits.day(f"{area}/due") or action.due,
        starts=edits.flag(f"{area}/starts", default=action.starts),
        done=edits.flag(f"{area}/done"),
    )
