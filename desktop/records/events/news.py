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
    ContactNamed,
    DocumentMade,
    DossierOpened,
    HandoverStep,
    MessageWritten,
    PipIssued,
    PlanFieldSet,
    PlanFrozen,
    TaskKept,
)
from desktop.records.events.envelope import Event
from desktop.records.events.progress_bodies import PROGRESS
from protocol.identifiers import DossierId

_CASE = frozenset({Aspect.ANSWERS, Aspect.CASELOAD})
_ATTACHED = frozenset({Aspect.ATTACHMENTS})
_ON_THE_WAY = frozenset({Aspect.PROGRESS, Aspect.CASELOAD})
_ALL = _CASE | {Aspect.CONFLICTS, Aspect.PLAN, Aspect.HANDOVER}
_ASPECTS: Mapping[type[Body], frozenset[Aspect]] = {
    CaseViewed: frozenset(),
    AnswerGiven: _CASE | {Aspect.CONFLICTS, Aspect.PLAN},
    AttachmentAdded: _ATTACHED,
    AttachmentRemoved: _ATTACHED,
    ChecklistTicked: frozenset({Aspect.HANDOVER}),
    ConflictSettled: _ALL,
    ContactNamed: frozenset({Aspect.HANDOVER}),
    DocumentMade: frozenset({Aspect.PLAN, Aspect.HANDOVER}),
    DossierOpened: _ALL,
    HandoverStep: frozenset({Aspect.HANDOVER, Aspect.CASELOAD}),
    MessageWritten: frozenset({Aspect.HANDOVER}),
    PipIssued: frozenset({Aspect.PLAN, Aspect.CASELOAD}),
    PlanFrozen: frozenset({Aspect.PLAN, Aspect.HANDOVER}),
    PlanFieldSet: frozenset({Aspect.PLAN, Aspect.CONFLICTS, Aspect.CASELOAD}),
    TaskKept: frozenset({Aspect.CASELOAD}),
    **dict.fromkeys(PROGRESS, _ON_THE_WAY),
}


def changes_of(events: Iterable[Event]) -> Changes:
    """Return what pages may have to refresh after `events`."""
    kinds = {(type(event.body), event.address[0]) for event in events}
    result = Changes()
    for body, dossier in kinds:
        aspects = _ASPECTS.get(body, _CASE | {Aspect.PLAN})
        if aspects:
            result |= Changes(aspects, frozenset({dossier}))
    return result


def everything_changed(*dossiers: DossierId) -> Changes:
    """Return the change of every page that shows something of `dossiers`; none where there are none."""
    return Changes(_ALL | _ATTACHED | _ON_THE_WAY, frozenset(dossiers)) if dossiers else Changes()
