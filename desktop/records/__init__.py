"""The journal of sealed events and the views folded from it: the only floor that touches SQLite.

Where to look: `events` (what can happen), `view` and `fold` (what it adds up to, pure), `journal` (kept and replayed),
`store` (the file). Bytes: docs/formats/journal.md. Other floors import from here.
"""

from desktop.records.acceptance import Acceptance
from desktop.records.attached import Attached, standing
from desktop.records.attaching import Attachments
from desktop.records.custody import KeyAcceptance
from desktop.records.envelope import CLOCK_JUMPED, Context, Event
from desktop.records.events import (
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
    ConversationStarted,
    DocumentMade,
    DossierOpened,
    HandoverStep,
    KeyDropped,
    LaterMarked,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    Source,
    Status,
    Step,
    TranslationFlagged,
)
from desktop.records.fold import empty, fold, fold_all
from desktop.records.journal import Journal, open_journal
from desktop.records.news import changes_of
from desktop.records.pieces import SealedPiece, Wanted
from desktop.records.rows import SealedRow, Wrap
from desktop.records.sealed_content import Label, NewContent, Sealing
from desktop.records.streams import Quarantine
from desktop.records.view import DossierView, Entry, Place, Recorded, Register, Stamp

__all__ = [
    "CLOCK_JUMPED",
    "COMPARTMENTS",
    "CORE",
    "HEALTH",
    "About",
    "Acceptance",
    "AnswerGiven",
    "Attached",
    "AttachmentAdded",
    "AttachmentRemoved",
    "Attachments",
    "Body",
    "CaseViewed",
    "ChecklistTicked",
    "ConflictSettled",
    "Context",
    "ConversationStarted",
    "DocumentMade",
    "DossierOpened",
    "DossierView",
    "Entry",
    "Event",
    "HandoverStep",
    "Journal",
    "KeyAcceptance",
    "KeyDropped",
    "Label",
    "LaterMarked",
    "NewContent",
    "NoteWritten",
    "Place",
    "PlaceKept",
    "PlanFieldSet",
    "Quarantine",
    "Recorded",
    "Register",
    "RepeatAdded",
    "RepeatRemoved",
    "SealedPiece",
    "SealedRow",
    "Sealing",
    "Source",
    "Stamp",
    "Status",
    "Step",
    "TranslationFlagged",
    "Wanted",
    "Wrap",
    "changes_of",
    "empty",
    "fold",
    "fold_all",
    "open_journal",
    "standing",
]
