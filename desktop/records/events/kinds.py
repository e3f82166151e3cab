"""Every kind of event there is, by the name under which the journal holds it."""

from collections.abc import Mapping

from desktop.records.events.bodies import (
    AnswerGiven,
    AttachmentAdded,
    AttachmentRemoved,
    Body,
    CaseViewed,
    ChecklistTicked,
    ConflictSettled,
    ContactNamed,
    ConversationStarted,
    DocumentMade,
    DossierOpened,
    HandoverStep,
    KeyDropped,
    LaterMarked,
    MessageWritten,
    NoteWritten,
    PipIssued,
    PlaceKept,
    PlanFieldSet,
    PlanFrozen,
    RepeatAdded,
    RepeatRemoved,
    TaskKept,
    TranslationFlagged,
)
from desktop.records.events.progress_bodies import PROGRESS

BODIES: Mapping[str, type[Body]] = {
    body.KIND: body
    for body in (
        DossierOpened,
        AnswerGiven,
        NoteWritten,
        LaterMarked,
        TranslationFlagged,
        RepeatAdded,
        RepeatRemoved,
        PlaceKept,
        ConversationStarted,
        ConflictSettled,
        PlanFieldSet,
        PlanFrozen,
        PipIssued,
        DocumentMade,
        HandoverStep,
        ChecklistTicked,
        KeyDropped,
        AttachmentAdded,
        AttachmentRemoved,
        CaseViewed,
        ContactNamed,
        MessageWritten,
        TaskKept,
        *PROGRESS,
    )
}
