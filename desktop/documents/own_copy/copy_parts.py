"""What a person's own copy is made from: everything recorded about one person, in words, ready to be set or written."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.plan.model.plan_text import PlanText

ValueState = Literal["stands", "conflict", "replaced"]
Status = Literal["given", "declined", "unknown", "cleared"]


@dataclass(frozen=True, slots=True)
class CopyProvenance:
    """Who recorded something, when, in which language it was said (tag), with an interpreter or not.

    `author` is what the writing says, `organisation` what the certificate of its device says.
    """

    author: str
    organisation: str
    moment: datetime
    language: str
    interpreter: bool


@dataclass(frozen=True, slots=True)
class CopyValue:
    """One value somebody recorded. `state` tells whether it stands, stands beside another, or was replaced."""

    text: PlanText
    status: Status
    state: ValueState
    source: str
    mark: CopyProvenance


@dataclass(frozen=True, slots=True)
class CopyEntry:
    """A question, a note or a part of the plan, with all its values, the newest first."""

    label: PlanText
    values: tuple[CopyValue, ...]


@dataclass(frozen=True, slots=True)
class CopySection:
    """A part of the interview; `health` tells that it is kept apart."""

    title: PlanText
    entries: tuple[CopyEntry, ...]
    health: bool = False


@dataclass(frozen=True, slots=True)
class CopyStep:
    """Something that happened with the case: a talk, a document, a step of the handover, a key let go."""

    what: PlanText
    detail: str
    mark: CopyProvenance


@dataclass(frozen=True, slots=True)
class CopyAttachment:
    """A file in the case: its name, its media type, its size in bytes, who added it and when.

    `file` is what it is called beside the copy; where it is not there, `problem` is the code of why.
    """

    name: str
    kind: str
    size: int
    mark: CopyProvenance
    file: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """Everything. `hidden` counts what lies in a compartment that this laptop has no key to."""

    name: str
    case_number: str
    organisation: str
    made: datetime
    sections: tuple[CopySection, ...] = ()
    notes: tuple[CopyEntry, ...] = ()
    plan: tuple[CopyEntry, ...] = ()
    steps: tuple[CopyStep, ...] = ()
    attachments: tuple[CopyAttachment, ...] = ()
    hidden: int = 0
    events: int = 0
