"""What can happen in a dossier. Every body has a KIND and a VERSION that never change meaning once they were written.

A body that needs another shape gets a new VERSION, and `upcasting` learns to lift the old one.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self, cast

from msgspec import Struct, ValidationError, convert, field, to_builtins

from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import InstanceId

if TYPE_CHECKING:
    FreeJson = JsonValue
else:
    FreeJson = Any  # decoded as it comes: a recursive type cannot be checked by msgspec

CORE = "core"
HEALTH = "health"
COMPARTMENTS = (CORE, HEALTH)
"""The parts of a dossier that have their own keys (Wet inburgering 2021, art. 37)."""

Status = Literal["given", "declined", "unknown", "cleared"]
Source = Literal["conversation", "document", "coa", "observation"]
About = Literal["diploma", "permit", "cv", "signature", "proof", "other"]
"""What an attachment is, in the words of the person who added it."""

TaskState = Literal["open", "done", "withdrawn"]

Step = Literal[
    "chosen", "prepared", "offered", "withdrawn", "received", "talk_planned", "talk_held", "accepted", "returned"
]


class Body(Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Base of all bodies: to and from JSON by the types of the fields. None refers to itself, so none is collected."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    def to_json(self) -> dict[str, JsonValue]:
        """Return the fields; tuples become arrays."""
        return cast("dict[str, JsonValue]", to_builtins(self))

    @classmethod
    def from_json(cls, value: Mapping[str, JsonValue]) -> Self:
        """Return the body with these fields and no others. Raises UserError `records.event_damaged`."""
        try:
            return convert(dict(value), cls)
        except (ValidationError, RecursionError) as error:
            raise UserError("records.event_damaged") from error


class DossierOpened(Body, frozen=True):
    """A dossier exists. `name` is how the person wants to be called, `languages` their language tags, best first.

    A second one corrects the first.
    """

    KIND: ClassVar[str] = "dossier_opened"
    name: str
    languages: tuple[str, ...]


class AnswerGiven(Body, frozen=True):
    """An answer to the question at `ref`, in XForms lexical form; `value` is blank unless `status` is "given"."""

    KIND: ClassVar[str] = "answer_given"
    ref: str
    status: Status
    value: str = ""
    source: Source = "conversation"


class NoteWritten(Body, frozen=True):
    """The caseworker's note at a question; a blank text removes it."""

    KIND: ClassVar[str] = "note_written"
    ref: str
    text: str


class LaterMarked(Body, frozen=True):
    """The question at `ref` is (not) to be asked in a later talk."""

    KIND: ClassVar[str] = "later_marked"
    ref: str
    later: bool


class TranslationFlagged(Body, frozen=True):
    """The interpreter says that the text at `ref` is wrong in `language`."""

    KIND: ClassVar[str] = "translation_flagged"
    ref: str
    language: str
    remark: str


class RepeatAdded(Body, frozen=True):
    """A new instance of the repeat at `repeat`; adding a removed one brings it back."""

    KIND: ClassVar[str] = "repeat_added"
    repeat: str
    instance: InstanceId


class RepeatRemoved(Body, frozen=True):
    """An instance is no longer shown; what was answered in it stays in the journal."""

    KIND: ClassVar[str] = "repeat_removed"
    repeat: str
    instance: InstanceId


class PlaceKept(Body, frozen=True):
    """Where the interview was, so that it can go on exactly there."""

    KIND: ClassVar[str] = "place_kept"
    ref: str
    language: str


class ConversationStarted(Body, frozen=True):
    """Talk `number` began; `mode` is the value of an `InterpreterMode`, read with `interpreter_mode.read_mode`.

    `interpreter` is the number by which the interpreter can be found again, never a name; blank without one.
    """

    KIND: ClassVar[str] = "conversation_started"
    number: int
    mode: str
    interpreter: str


class ConflictSettled(Body, frozen=True):
    """A person chose between concurrent values at `address`: it replaces all that its author had seen."""

    KIND: ClassVar[str] = "conflict_settled"
    address: str
    status: Status
    value: FreeJson
    note: str = ""


class PlanFieldSet(Body, frozen=True):
    """The caseworker set `field` of the plan ("route/B1/reason", "goal/<id>/…"); null removes it."""

    KIND: ClassVar[str] = "plan_field_set"
    field: str
    value: FreeJson


class PlanFrozen(Body, frozen=True):
    """The plan as somebody signs it: `plan` is every word of it, `language` the one beside the Dutch.

    `content` is the SHA-256, in hexadecimal, of what it says in Dutch and in typed words.
    """

    KIND: ClassVar[str] = "plan_frozen"
    language: str
    plan: str
    content: str


class PipIssued(Body, frozen=True):
    """The municipality issued its decision (PIP): `decision` is every word of it, `language` the one beside the Dutch.

    `plan` is the SHA-256, in hexadecimal, of the frozen plan that is its second part.
    """

    KIND: ClassVar[str] = "pip_issued"
    language: str
    decision: str
    plan: str


class DocumentMade(Body, frozen=True):
    """A document was made; `digest` is the SHA-256 of its bytes in hexadecimal."""

    KIND: ClassVar[str] = "document_made"
    kind: str
    language: str
    digest: str


class HandoverStep(Body, frozen=True):
    """A step of the handover to `organisation`; `text` a reason or remark, `moment` a planned time (ISO) or blank."""

    KIND: ClassVar[str] = "handover_step"
    step: Step
    organisation: str
    text: str = ""
    moment: str = ""


class ChecklistTicked(Body, frozen=True):
    """An item of the handover checklist is (not) done."""

    KIND: ClassVar[str] = "checklist_ticked"
    item: str
    done: bool


class KeyDropped(Body, frozen=True):
    """This device keeps no key to `compartment` any more."""

    KIND: ClassVar[str] = "key_dropped"
    compartment: str


class AttachmentAdded(Body, frozen=True):
    """A file belongs to the case, or to the question at `ref` (blank: the case). Said again, it undoes a removal.

    `attachment` names this use of it, `blob` the sealed content, which several attachments may share. `name` is what
    the file was called, `kind` its media type, `size` its plain bytes, `count` its pieces. `epoch` and `key_id` (16
    hexadecimal characters, `mark` in JSON) name the compartment key it is sealed under; `content` is
    `content_mac` of the plain bytes, `digest` is `pieces_digest` of the sealed ones (`content_pieces`), in hexadecimal.
    """

    KIND: ClassVar[str] = "attachment_added"
    attachment: str
    blob: str
    ref: str
    name: str
    about: About
    kind: str
    size: int
    pages: int
    count: int
    epoch: int
    key_id: str = field(name="mark")
    content: str
    digest: str


class AttachmentRemoved(Body, frozen=True):
    """The attachment is no longer shown; its content goes from this device when the vault closes."""

    KIND: ClassVar[str] = "attachment_removed"
    attachment: str
    ref: str


class CaseViewed(Body, frozen=True):
    """The author opened the case; written at most once in a while (docs/adr/0023-viewing-is-an-event.md)."""

    KIND: ClassVar[str] = "case_viewed"


class ContactNamed(Body, frozen=True):
    """Who at `organisation` can be reached about the case, and how, in words; the newest of an organisation counts."""

    KIND: ClassVar[str] = "contact_named"
    organisation: str
    name: str
    reach: str


class MessageWritten(Body, frozen=True):
    """A message to the others in the case; the author's `organisation` is what the author's vault says it is."""

    KIND: ClassVar[str] = "message_written"
    organisation: str
    text: str


class TaskKept(Body, frozen=True):
    """A task in a case, whole; said again with the same `entry`, it takes the place of what its author had seen.

    `entry` names the task: letters and figures of its own, or, for what the plan says by a day, the plan field it comes
    from ("goal/<id>/action/<id>", "goal/<id>/lead/<number>"). `owner` is the name of the worker who does it,
    `organisation` whose worker that is; a blank owner is whoever works on the case there. `due` is the day it is for,
    ISO. `reason` says why it was moved, given to somebody else or withdrawn.
    """

    KIND: ClassVar[str] = "task_kept"
    entry: str
    text: str
    owner: str
    organisation: str
    due: str
    state: TaskState
    reason: str = ""


class FromNewerVersion(Body, frozen=True):
    """Stands for an event that a later version of Opmaat wrote; it is kept, counted and not understood."""

    KIND: ClassVar[str] = "from_newer_version"
    kind: str
    version: int


def kind_of(body: Body) -> str:
    """Return the kind under which the journal holds `body`, also that of a later version."""
    return body.kind if isinstance(body, FromNewerVersion) else body.KIND
