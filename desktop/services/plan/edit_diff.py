"""From what an editor holds to plan edits: only what really differs becomes an edit.

A text that was left as the rules wrote it keeps following the rules, and keeps its translation.
"""

from collections.abc import Mapping

from desktop.plan.model.support_plan import Goal, GoalAction, LeadPhase
from desktop.services.plan.plan_parts import ActionDraft, GoalDraft, HalfDayDraft
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import new_instance_id

Edits = Mapping[str, JsonValue]


def draft_of(goal: Goal) -> GoalDraft:
    """Return `goal` as an editor holds it."""
    return GoalDraft(
        id=goal.id,
        text=goal.text.dutch,
        other=goal.text.other,
        why=goal.why.dutch,
        done_when=goal.done_when.dutch,
        domain=goal.domain,
        lead=goal.lead,
        actions=tuple(
            ActionDraft(action.id, action.text.dutch, action.who, action.due, action.paid_from.dutch)
            for action in goal.actions
        ),
    )


def goal_edits(before: Goal | None, draft: GoalDraft, new: str) -> Edits:
    """Return the edits that make a goal of `draft`; `before` is the goal as it stands, None for one to be called `new`.

    Raises UserError `plan.goal_empty` when the goal or one of its steps says nothing.
    """
    if not draft.text.strip() or not all(action.text.strip() for action in draft.actions):
        raise UserError("plan.goal_empty")
    goal = before.id if before is not None else new
    known = draft_of(before) if before is not None else GoalDraft(goal, "", domain="")
    found: dict[str, JsonValue] = {}
    for key, old, now in (
        ("text", known.text, draft.text),
        ("text_other", known.other, draft.other),
        ("why", known.why, draft.why),
        ("done_when", known.done_when, draft.done_when),
        ("domain", known.domain, draft.domain),
    ):
        if now.strip() != old:
            found[f"goal/{goal}/{key}"] = now.strip()
    if draft.lead != known.lead:
        found[f"goal/{goal}/lead"] = [_phase(phase) for phase in draft.lead]
    return {**found, **_action_edits(goal, before.actions if before is not None else (), draft.actions)}


def half_day_edits(drafts: tuple[HalfDayDraft, ...]) -> Edits:
    """Return the edits that set the half-days of `drafts`."""
    return {
        f"week/{draft.day}/{draft.part}": (
            None if draft.kind is None else {"kind": draft.kind, "label": draft.label.strip()}
        )
        for draft in drafts
    }


def _action_edits(goal: str, before: tuple[GoalAction, ...], after: tuple[ActionDraft, ...]) -> Edits:
    found: dict[str, JsonValue] = {}
    known = {action.id: action for action in before}
    for gone in known.keys() - {draft.id for draft in after}:
        found[f"goal/{goal}/action/{gone}/removed"] = True
    for draft in after:
        found.update(_one_action(f"goal/{goal}/action/{draft.id or new_instance_id()}", known.get(draft.id), draft))
    return found


def _one_action(field: str, before: GoalAction | None, draft: ActionDraft) -> Edits:
    found: dict[str, JsonValue] = {}
    text, who, paid = ("", "", "") if before is None else (before.text.dutch, before.who, before.paid_from.dutch)
    for key, old, now in (("text", text, draft.text), ("who", who, draft.who), ("paid_from", paid, draft.paid_from)):
        if now.strip() != old:
            found[f"{field}/{key}"] = now.strip()
    if draft.due != (None if before is None else before.due):
        found[f"{field}/due"] = None if draft.due is None else draft.due.isoformat()
    return found


def _phase(phase: LeadPhase) -> JsonValue:
    start = "" if phase.start is None else phase.start.isoformat()
    return {"holder": phase.holder, "name": phase.name, "start": start}
