"""What can happen in a dossier. Every body has a KIND and a VERSION that never change meaning once they were written.

A body that needs another shape gets a new VERSION, and `upcasting` learns to lift the old one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import UnionType
from typing import ClassVar, Literal, Self, cast, get_args, get_origin, get_type_hints

from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import InstanceId

CORE = "core"
HEALTH = "health"
COMPARTMENTS = (CORE, HEALTH)
"""The parts of a dossier that have their own keys (Wet inburgering 2021, art. 37)."""

Status = Literal["given", "declined", "unknown", "cleared"]
Source = Literal["conversation", "document", "coa", "observation"]
About = Literal["diploma", "permit", "cv", "signature", "proof", "other"]
"""What an attachment is, in the words of the person who added it."""

Step = Literal[
    "chosen", "prepared", "offered", "withdrawn", "received", "talk_planned", "talk_held", "accepted", "returned"
]


@dataclass(frozen=True, slots=True)
class Body:
    """Base of all bodies: to and from JSON by the types of the fields."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1

    def to_json(self) -> dict[str, JsonValue]:
        """Return the fields; tuples become arrays."""
        return {name: cast("JsonValue", getattr(self, name)) for name in _SHAPES[type(self)]}

    @classmethod
    def from_json(cls, value: Mapping[str, JsonValue]) -> Self:
        """Return the body with exactly these fields. Raises UserError `records.event_damaged`."""
        shape = _SHAPES[cls]
        if value.keys() != shape.keys():
            raise UserError("records.event_damaged")
        values: list[object] = []
        for name, convert in shape.items():
            field = value[name]
            if convert is str:
                if type(field) is not str:
                    raise UserError("records.event_damaged")
                values.append(field)
            else:
                values.append(convert(field))
        return cls(*values)


@dataclass(frozen=True, slots=True)
class DossierOpened(Body):
    """A dossier exists. `name` is how the person wants to be called, `languages` their language tags, best first.

    A second one corrects the first.
    """

    KIND: ClassVar[str] = "dossier_opened"
    name: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerGiven(Body):
    """An answer to the question at `ref`, in XForms lexical form; `value` is blank unless `status` is "given"."""

    KIND: ClassVar[str] = "answer_given"
    ref: str
    status: Status
    value: str = ""
    source: Source = "conversation"


@dataclass(frozen=True, slots=True)
class NoteWritten(Body):
    """The caseworker's note at a question; a blank text removes it."""

    KIND: ClassVar[str] = "note_written"
    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class LaterMarked(Body):
    """The question at `ref` is (not) to be asked in a later talk."""

    KIND: ClassVar[str] = "later_marked"
    ref: str
    later: bool


@dataclass(frozen=True, slots=True)
class TranslationFlagged(Body):
    """The interpreter says that the text at `ref` is wrong in `language`."""

    KIND: ClassVar[str] = "translation_flagged"
    ref: str
    language: str
    remark: str


@dataclass(frozen=True, slots=True)
class RepeatAdded(Body):
    """A new instance of the repeat at `repeat`; adding a removed one brings it back."""

    KIND: ClassVar[str] = "repeat_added"
    repeat: str
    instance: InstanceId


@dataclass(frozen=True, slots=True)
class RepeatRemoved(Body):
    """An instance is no longer shown; what was answered in it stays in the journal."""

    KIND: ClassVar[str] = "repeat_removed"
    repeat: str
    instance: InstanceId


@dataclass(frozen=True, slots=True)
class PlaceKept(Body):
    """Where the interview was, so that it can go on exactly there."""

    KIND: ClassVar[str] = "place_kept"
    ref: str
    language: str


@dataclass(frozen=True, slots=True)
class ConversationStarted(Body):
    """Talk `number` began; `mode` says how it is interpreted ("none", "present", "telephone", "video", …)."""

    KIND: ClassVar[str] = "conversation_started"
    number: int
    mode: str
    interpreter: str


@dataclass(frozen=True, slots=True)
class ConflictSettled(Body):
    """A person chose between concurrent values at `address`: it replaces all that its author had seen."""

    KIND: ClassVar[str] = "conflict_settled"
    address: str
    status: Status
    value: JsonValue
    note: str = ""


@dataclass(frozen=True, slots=True)
class PlanFieldSet(Body):
    """The caseworker set `field` of the plan ("route/B1/reason", "goal/<id>/…"); null removes it."""

    KIND: ClassVar[str] = "plan_field_set"
    field: str
    value: JsonValue


@dataclass(frozen=True, slots=True)
class DocumentMade(Body):
    """A document was made; `digest` is the SHA-256 of its bytes in hexadecimal."""

    KIND: ClassVar[str] = "document_made"
    kind: str
    language: str
    digest: str


@dataclass(frozen=True, slots=True)
class HandoverStep(Body):
    """A step of the handover to `organisation`; `text` a reason or remark, `moment` a planned time (ISO) or blank."""

    KIND: ClassVar[str] = "handover_step"
    step: Step
    organisation: str
    text: str = ""
    moment: str = ""


@dataclass(frozen=True, slots=True)
class ChecklistTicked(Body):
    """An item of the handover checklist is (not) done."""

    KIND: ClassVar[str] = "checklist_ticked"
    item: str
    done: bool


@dataclass(frozen=True, slots=True)
class KeyDropped(Body):
    """This device keeps no key to `compartment` any more."""

    KIND: ClassVar[str] = "key_dropped"
    compartment: str


@dataclass(frozen=True, slots=True)
class AttachmentAdded(Body):
    """A file belongs to the case, or to the question at `ref` (blank: the case). Said again, it undoes a removal.

    `attachment` names this use of it, `blob` the sealed content, which several attachments may share. `name` is what
    the file was called, `kind` its media type, `size` its plain bytes, `count` its pieces. `epoch` and `mark` (16
    hexadecimal characters) name the compartment key it is sealed under; `content` is `pieces.content_mark` of the plain
    bytes, `digest` is `pieces.pieces_digest` of the sealed ones, both in hexadecimal.
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
    mark: str
    content: str
    digest: str


@dataclass(frozen=True, slots=True)
class AttachmentRemoved(Body):
    """The attachment is no longer shown; its content goes from this device when the vault closes."""

    KIND: ClassVar[str] = "attachment_removed"
    attachment: str
    ref: str


@dataclass(frozen=True, slots=True)
class CaseViewed(Body):
    """The author opened the case; written at most once in a while (docs/adr/0023-viewing-is-an-event.md)."""

    KIND: ClassVar[str] = "case_viewed"


@dataclass(frozen=True, slots=True)
class FromNewerVersion(Body):
    """Stands for an event that a later version of Opmaat wrote; it is kept, counted and not understood."""

    KIND: ClassVar[str] = "from_newer_version"
    kind: str
    version: int


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
        DocumentMade,
        HandoverStep,
        ChecklistTicked,
        KeyDropped,
        AttachmentAdded,
        AttachmentRemoved,
        CaseViewed,
    )
}

_Convert = Callable[[JsonValue], object]
"""Checks and converts a field; `str` itself stands for a text, which is most of them and is looked at in place."""


def _converter(hint: object) -> _Convert:
    if get_origin(hint) is Literal:
        return _one_of(frozenset(get_args(hint)))
    if get_origin(hint) is tuple:
        return _texts
    if isinstance(hint, UnionType) or get_origin(hint) is not None:
        return lambda value: value
    exact = {bool: bool, int: int}.get(cast("type", hint), str)
    return str if exact is str else _exactly(exact)


def _exactly(wanted: type) -> _Convert:
    def convert(value: JsonValue) -> object:
        if type(value) is not wanted:
            raise UserError("records.event_damaged")
        return value

    return convert


def _one_of(words: frozenset[object]) -> _Convert:
    def convert(value: JsonValue) -> object:
        if not isinstance(value, str) or value not in words:
            raise UserError("records.event_damaged")
        return value

    return convert


def _texts(value: JsonValue) -> object:
    if isinstance(value, str) or not isinstance(value, Sequence) or not all(isinstance(item, str) for item in value):
        raise UserError("records.event_damaged")
    return tuple(value)


def _shape(body: type[Body]) -> dict[str, _Convert]:
    hints = get_type_hints(body)
    return {field.name: _converter(hints[field.name]) for field in fields(body)}


_SHAPES: Mapping[type[Body], Mapping[str, _Convert]] = {body: _shape(body) for body in BODIES.values()}
