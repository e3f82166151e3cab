"""What the interview screens show, as frozen data: made on the store thread, read on the GUI thread.

Nothing here refers back to the engine or the journal, so a page can keep a part as long as it likes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.forms.document.styling import StyledText
from desktop.kernel.changes import Changes
from desktop.records import InterpreterMode
from desktop.services.dossier.closed import ClosedPart
from desktop.services.dossier.undo import UndoKind, UndoStep
from protocol.identifiers import DossierId

AnswerStatus = Literal["open", "given", "declined", "unknown"]
"""`declined` and `unknown` are answers; `open` is a question that nobody has answered yet."""

SectionState = Literal["done", "busy", "open", "locked"]

ControlKind = Literal["text", "whole", "number", "date", "one", "many", "note", "acknowledge", "file", "unsupported"]
"""What sort of control a question needs; the appearance refines it."""


REMOVES_ROWS = "interview.removes_rows"
"""Code of the `ProblemText` of an answer that must be given once more: its texts name the rows that fall away."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one question or section in one language.

    `missing` tells that the label has no translation and is therefore not in `language`; `draft` that the
    translation is a machine's and no native reader has seen it. All texts are plain; `styled` and `styled_hint` hold
    label and hint with the styling of the form, () where there is none.
    """

    language: str
    label: str
    hint: str = ""
    why: str = ""
    missing: bool = False
    draft: bool = False
    styled: StyledText = ()
    styled_hint: StyledText = ()


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One choice in both languages; `picture` is the name of its pictogram, or empty."""

    value: str
    dutch: str
    other: str
    picture: str = ""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """Why an answer was refused, in both languages. `code` is stable; the texts are ready to show."""

    code: str
    dutch: str
    other: str


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """What the person said, in the language `spoken` at the table, as the answer to a question in both languages."""

    words: str
    spoken: str
    dutch: str
    other: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question as it stands: its words, what can be chosen, and what has been answered.

    `value` is in XForms lexical form; a multiple choice is separated by spaces. `unit` holds the word behind a
    number in both languages, or two empty texts. `spoken` is the language at the table when it was answered.
    `attachments` counts the files at the question; `translates` holds the own words that a card for their Dutch asks to
    translate, None for any other card and while there are none. Where nothing of a list fits, `own_choice` is the
    choice for that and `own_words_ref` the question that asks for the words themselves, `own_words`; all empty where
    the form has none.
    """

    ref: str
    kind: ControlKind
    appearance: str
    dutch: Texts
    other: Texts
    choices: tuple[ChoiceView, ...] = ()
    value: str = ""
    status: AnswerStatus = "open"
    source: str = "conversation"
    note: str = ""
    later: bool = False
    flagged: bool = False
    required: bool = False
    readonly: bool = False
    conflict: bool = False
    unit: tuple[str, str] = ("", "")
    spoken: str = ""
    attachments: int = 0
    translates: "SpokenWords | None" = None
    own_choice: str = ""
    own_words_ref: str = ""
    own_words: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the values of the chosen choices, in the order in which they were given."""
        return tuple(self.value.split()) if self.kind == "many" else ((self.value,) if self.value else ())


@dataclass(frozen=True, slots=True)
class RowView:
    """One instance of a repeat: what its row says, and the questions of its editor in order."""

    ref: str
    number: int
    title: str
    detail: str
    state: str
    questions: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class RepeatView:
    """A repeat as a table: its rows, and what Opmaat adds up below it (empty when it adds nothing up).

    `expected` is how many rows another question was answered with, `expected_by` the Dutch words of that question; None
    and blank where there is none, or no answer.
    """

    ref: str
    dutch: Texts
    other: Texts
    rows: tuple[RowView, ...] = ()
    total: str = ""
    expected: int | None = None
    expected_by: str = ""
    status: AnswerStatus = "open"
    note: str = ""
    later: bool = False
    flagged: bool = False
    conflict: bool = False
    source: str = "conversation"
    attachments: int = 0


CardView = QuestionView | RepeatView
"""What one card of the interview holds."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """One row of the section list. `other` is its title in the other language."""

    path: str
    title: str
    other: str
    state: SectionState
    answered: int
    total: int
    later: int


@dataclass(frozen=True, slots=True)
class PartView:
    """A heading of the section list with the sections below it."""

    title: str
    sections: tuple[SectionView, ...]


@dataclass(frozen=True, slots=True)
class TalkView:
    """Which conversation this is and how it is interpreted; `mode` is None for a way that a later version knows.

    `interpreter` is the number by which the interpreter can be found again, blank where none was given.
    """

    number: int
    mode: InterpreterMode | None
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class UndoLine:
    """One thing that can be taken back: what it was, and the Dutch label of its question, blank for anything else."""

    kind: UndoKind
    label: str


@dataclass(frozen=True, slots=True)
class InterviewView:
    """The whole interview page at one moment.

    `step` is None when the section is locked or has nothing to ask now. `number` of `total` is its place among the
    cards of its section, from 1. `saved` is when the last answer of the dossier became durable. `undoable` is what
    can be taken back, the last first. `closed` says what this device may not read.
    """

    dossier: DossierId
    name: str
    languages: tuple[str, ...]
    language: str
    parts: tuple[PartView, ...]
    section: SectionView
    step: CardView | None
    number: int
    total: int
    has_previous: bool
    has_next: bool
    talk: TalkView | None
    saved: datetime | None
    undoable: tuple[UndoLine, ...]
    closed: ClosedPart | None = None

    @property
    def can_undo(self) -> bool:
        """Tell whether there is anything to take back."""
        return bool(self.undoable)

    @property
    def ref(self) -> str:
        """Return the address of the card on screen, or an empty text."""
        return "" if self.step is None else self.step.ref


@dataclass(frozen=True, slots=True)
class InterviewResult:
    """The result of one operation: the page as it now stands, what changed, and why an answer was refused, if so.

    `undone` is what was taken back, None for every other operation.
    """

    view: InterviewView
    changes: Changes
    problem: ProblemText | None = None
    undone: UndoStep | None = None
