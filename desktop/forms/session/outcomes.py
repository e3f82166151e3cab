"""What a session gives back: outcomes, problems, states. Frozen; nothing refers back to the session."""

from dataclasses import dataclass

from desktop.forms.model.form import FormNode


@dataclass(frozen=True, slots=True)
class FormProblem:
    """Why a value is refused, or not enough.

    `code` is `forms.type` (not a value of this kind of question), `forms.constraint`, `forms.required` or
    `forms.readonly`. `message_source` is the form's own message as it is in the workbook, if it has one.
    """

    code: str
    ref: str
    message_source: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an operation did. `changed` holds the refs whose value, relevance or instances are different now."""

    accepted: bool
    problem: FormProblem | None = None
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeState:
    """A node as it stands. `value` is what was answered, also while the node is not relevant."""

    value: str
    relevant: bool
    required: bool
    readonly: bool
    node: FormNode


@dataclass(frozen=True, slots=True)
class FormProgress:
    """How many of the relevant questions have a value."""

    answered: int
    total: int


@dataclass(frozen=True, slots=True)
class Conventions:
    """Where an interview at a table differs from ODK. `ODK` is the letter of ODK XForms.

    `start_instances` makes the repeat instances written in the form; without it a repeat starts empty, and an
    instance exists because somebody added it or a count asks for it. `raw_values` fills texts with values instead of
    the labels of choices. `calculated_answers` accepts an answer to a question that has a calculation.
    `keeps_violations` stores an answer that is not allowed, and leaves it to `problems()` to say so.
    """

    start_instances: bool = False
    raw_values: bool = False
    calculated_answers: bool = False
    keeps_violations: bool = False


INTERVIEW = Conventions()
"""The manner of an interview."""

ODK = Conventions(start_instances=True, raw_values=True, calculated_answers=True, keeps_violations=True)
"""The manner of ODK clients."""
