"""Which pages an event concerns: from bodies to `Changes`. Pure."""

from collections.abc import Iterable, Mapping

from desktop.kernel.changes import Aspect, Changes
from desktop.records.events.bodies import (
    AnswerGiven,
    AttachmentAdded,
    AttachmentRemoved,
    Body,
    CaseViewed,
    ChecklistTicked,
    ConflictSettled,
    DocumentMade,
    DossierOpened,
    HandoverStep,
    PlanFieldSet,
)
from desktop.records.events.envelope import Event

_CASE = frozenset({Aspect.ANSWERS, Aspect.CASELOAD})
_ALL = frozenset({Aspect.ANSWERS, Aspect.CASELOAD, Aspect.CONFLICTS, Aspect.PLAN, Aspect.HANDOVER})
_ATTACHED = frozenset({Aspect.ATTACHMENTS})
_ASPECTS: Mapping[type[Body], frozenset[Aspect]] = {
    CaseViewed: frozenset(),
    AnswerGiven: _CASE | {Aspect.CONFLICTS, Aspect.PLAN},
    AttachmentAdded: _ATTACHED,
    AttachmentRemoved: _ATTACHED,
    ChecklistTicked: frozenset({Aspect.HANDOVER}),
    ConflictSettled: _ALL,
    DocumentMade: frozenset({Aspect.PLAN, Aspect.HANDOVER}),
    DossierOpened: _ALL,
    HandoverStep: frozenset({Aspect.HANDOVER, Aspect.CASELOAD}),
    PlanFieldSet: frozenset({Aspect.PLAN, Aspect.CONFLICTS, Aspect.CASELOAD}),
}


def changes_of(events: Iterable[Event]) -> Changes:
    """Return what pages may have to refresh after `events`."""
    result = Changes()
    for event in events:
        aspects = _ASPECTS.get(type(event.body), _CASE | {Aspect.PLAN})
        if aspects:
            result |= Changes(aspects, frozenset({event.dossier}))
    return result
