"""The journal of sealed events and the views folded from it: the only floor that touches SQLite.

Where to look: `events` (what can happen), `view` and `fold` (what it adds up to, pure), `journal` (kept and replayed),
`store` (the file). Bytes: docs/formats/journal.md. Other floors import from here.
"""

from desktop.records.attachments.attachment_records import AttachmentRecord, standing
from desktop.records.attachments.attachments import Attachments
from desktop.records.attachments.sealed_content import AttachmentLabel, NewContent, SealingJob
from desktop.records.dossiers.claims import CLAIM_VOID, CLAIM_WAITS, DoubtfulClaim
from desktop.records.dossiers.row_intake import RowAcceptance
from desktop.records.dossiers.streams import Quarantine
from desktop.records.events.bodies import (
    COMPARTMENTS,
    CORE,
    HEALTH,
    About,
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
    Source,
    Status,
    Step,
    TaskKept,
    TaskState,
    TranslationFlagged,
)
from desktop.records.events.envelope import CLOCK_JUMPED, Event, EventContext
from desktop.records.events.fold import empty, fold, fold_all
from desktop.records.events.interpreter_mode import InterpreterMode, read_mode
from desktop.records.events.news import changes_of
from desktop.records.events.progress_bodies import (
    AbsenceRecorded,
    EntryWithdrawn,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)
from desktop.records.events.registers import Register, RegisterEntry
from desktop.records.events.stamps import EventStamp
from desktop.records.events.view import DossierView, InterviewPosition, RecordedEvent
from desktop.records.journal import Journal, open_journal
from desktop.records.key_access import KeyAcceptance
from desktop.records.membership.admission import AFTER_HANDOVER
from desktop.records.membership.given_keys import are_astray
from desktop.records.membership.membership_records import LogsAccepted
from desktop.records.membership.own_statements import StepToTake
from desktop.records.passing_on import CaseHoldings
from desktop.records.store.intentions import Intention, Intentions
from desktop.records.store.passing_table import SegmentProof
from desktop.records.store.piece_table import MissingContent, SealedPiece
from desktop.records.store.table_rows import KeyGrant, SealedRow

__all__ = [
    "AFTER_HANDOVER",
    "CLAIM_VOID",
    "CLAIM_WAITS",
    "CLOCK_JUMPED",
    "COMPARTMENTS",
    "CORE",
    "HEALTH",
    "About",
    "AbsenceRecorded",
    "AnswerGiven",
    "AttachmentAdded",
    "AttachmentLabel",
    "AttachmentRecord",
    "AttachmentRemoved",
    "Attachments",
    "Body",
    "CaseHoldings",
    "CaseViewed",
    "ChecklistTicked",
    "ConflictSettled",
    "ContactNamed",
    "ConversationStarted",
    "DocumentMade",
    "DossierOpened",
    "DossierView",
    "DoubtfulClaim",
    "EntryWithdrawn",
    "Event",
    "EventContext",
    "EventStamp",
    "ExamRecorded",
    "ExemptionRecorded",
    "HandoverStep",
    "HoursRecorded",
    "Intention",
    "Intentions",
    "InterpreterMode",
    "InterviewPosition",
    "Journal",
    "KeyAcceptance",
    "KeyDropped",
    "KeyGrant",
    "LaterMarked",
    "LevelRecorded",
    "LogsAccepted",
    "MessageWritten",
    "MilestoneRecorded",
    "MissingContent",
    "ModuleRecorded",
    "NewContent",
    "NoteWritten",
    "PipIssued",
    "PlaceKept",
    "PlanFieldSet",
    "PlanFrozen",
    "ProgressBody",
    "Quarantine",
    "RecordedEvent",
    "Register",
    "RegisterEntry",
    "RepeatAdded",
    "RepeatRemoved",
    "RowAcceptance",
    "SealedPiece",
    "SealedRow",
    "SealingJob",
    "SegmentProof",
    "Source",
    "Status",
    "Step",
    "StepToTake",
    "TalkRecorded",
    "TaskKept",
    "TaskState",
    "TranslationFlagged",
    "are_astray",
    "changes_of",
    "empty",
    "fold",
    "fold_all",
    "open_journal",
    "read_mode",
    "standing",
]
