"""From engine and record to the words of one card: questions, repeats and their rows in two languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.forms import Form, FormError, FormNode, FormProblem, Session
from desktop.i18n import LANGUAGES, Catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.part_date import PartDate
from desktop.kernel.ref import Ref
from desktop.records import DossierView, RegisterEntry
from desktop.services.dossier.form_places import NotInThisForm, find_node, is_repeat, own_words_of
from desktop.services.dossier.registers import current, is_conflict, text_at
from desktop.services.interview.page_parts import (
    AnswerStatus,
    CardView,
    ChoiceView,
    ControlKind,
    ProblemText,
    QuestionView,
    RepeatView,
    RowView,
    SpokenWords,
    Texts,
)
from desktop.services.interview.steps import closing_note, row_questions, step_node, summary_note

KINDS: dict[str, ControlKind] = {
    "string": "text",
    "int": "whole",
    "decimal": "number",
    "range": "number",
    "date": "date",
    "select1": "one",
    "select": "many",
    "rank": "many",
    "trigger": "acknowledge",
    "binary": "file",
}
"""The control for each XForms type; every other type is typed as text and checked by the engine."""

_STATUSES: dict[str, AnswerStatus] = {"given": "given", "declined": "declined", "unknown": "unknown"}

OWN_WORDS, IN_DUTCH = "own-words", "_nl"
"""Appearance of what the person says, and the end of the name of the question that asks for the same in Dutch."""

STATE = "state"
"""Appearance of the question of a repeat whose choice is shown as the chip at the end of a row."""


@dataclass(frozen=True, slots=True)
class DossierContext:
    """What is needed to show one dossier: the engine, the record, and the two catalogues of the interview.

    `readable` names the compartments to which this device has a key.
    """

    form: Form
    session: Session
    record: DossierView
    dutch: Catalogue
    other: Catalogue
    readable: frozenset[str]

    @property
    def root(self) -> FormNode:
        """Return the root of the form."""
        return self.form.outline()


def languages_of(record: DossierView) -> tuple[str, ...]:
    """Return the languages to set beside Dutch: those of the person first, then every other one there is.

    An interpreter, or a person who knows two languages, changes at any moment (F2), not only as foreseen.
    """
    every = (*record.languages, *(language.tag for language in LANGUAGES))
    return tuple(tag for tag in dict.fromkeys(every) if tag != DUTCH)


def show_step(context: DossierContext, ref: str) -> CardView:
    """Return the card of the step `ref`."""
    return show_repeat(context, ref) if is_repeat(context.form, ref) else show_question(context, ref)


def find_card(context: DossierContext, ref: str) -> CardView | NotInThisForm:
    """Return the card of `ref`, also where the interview does not ask it now, or the state that there is none here.

    There is none either of a question in a row that was removed.
    """
    if isinstance(find_node(context.form, ref), NotInThisForm):
        return NotInThisForm(ref)
    try:
        return show_step(context, ref)
    except FormError as error:
        if error.code != "forms.unknown_ref":
            raise
        return NotInThisForm(ref)


def show_question(context: DossierContext, ref: str) -> QuestionView:
    """Return the question `ref` with its words, choices and answer."""
    state = context.session.state(ref)
    node, record = state.node, context.record
    entry = current(record.answers.get(ref))
    choices = _choices(context, ref) if node.type in {"select1", "select", "rank"} else ()
    own_choice, own_words_ref = own_words_of(context.form, ref, [choice.value for choice in choices])
    return QuestionView(
        ref=ref,
        kind="note" if node.kind == "note" else KINDS.get(node.type, "text"),
        appearance=node.appearance,
        dutch=texts_of(context, ref, context.dutch),
        other=texts_of(context, ref, context.other),
        choices=choices,
        value=state.value,
        status=_status(entry),
        source="conversation" if entry is None else entry.source,
        note=text_at(record.notes.get(ref)),
        later=ref in record.later,
        flagged=is_flagged(record, ref),
        required=state.required,
        readonly=state.readonly,
        conflict=is_conflict(record.answers.get(ref)),
        unit=_unit(context, node),
        spoken="" if entry is None else entry.language,
        attachments=attached_at(record, ref),
        translates=_spoken_words(context, ref),
        own_choice=own_choice,
        own_words_ref=own_words_ref,
        own_words=context.session.state(own_words_ref).value if own_words_ref else "",
    )


def show_repeat(context: DossierContext, ref: str) -> RepeatView:
    """Return the repeat `ref` with a row for each instance."""
    record = context.record
    entry = current(record.answers.get(ref))
    rows = tuple(_row(context, ref, row, number) for number, row in enumerate(context.session.instances(ref), start=1))
    expected, asks = _expected_rows(context, ref)
    return RepeatView(
        ref=ref,
        expected=expected,
        expected_by=asks,
        dutch=texts_of(context, ref, context.dutch),
        other=texts_of(context, ref, context.other),
        rows=rows,
        total=_total(context, ref),
        status="given" if rows else _status(entry),
        note=text_at(record.notes.get(ref)),
        later=ref in record.later,
        flagged=is_flagged(record, ref),
        conflict=is_conflict(record.answers.get(ref)),
        source="conversation" if entry is None else entry.source,
        attachments=attached_at(record, ref),
    )


def texts_of(context: DossierContext, ref: str, catalogue: Catalogue) -> Texts:
    """Return label, hint and reason of `ref` in the language of `catalogue`, and what is missing."""
    tag = catalogue.language.tag
    label, hint, why = (context.session.text(ref, role, catalogue.find, tag) for role in ("label", "hint", "guidance"))
    return Texts(
        language=tag,
        label=label.text,
        hint=hint.text if hint.translated else "",
        why=why.text if why.translated else "",
        missing=not label.translated,
        draft=label.translated and catalogue.status == "machine-drafted",
        styled=label.styled,
        styled_hint=hint.styled if hint.translated else (),
    )


def problem_text(context: DossierContext, problem: FormProblem) -> ProblemText:
    """Return the form's own message about a refused answer in both languages, or an empty text where it has none."""
    role: Literal["required", "constraint"] = "required" if problem.code == "forms.required" else "constraint"

    def message(catalogue: Catalogue) -> str:
        if problem.message_source is None:
            return ""
        found = context.session.text(problem.ref, role, catalogue.find, catalogue.language.tag)
        return found.text if found.translated else ""

    return ProblemText(problem.code, message(context.dutch), message(context.other))


def answer_text(question: QuestionView, *, other: bool = False) -> str:
    """Return the answer as a reader of Dutch, or of the `other` language, sees it: labels, the number with its unit.

    The choice for what the list does not have is followed by the words that say what it is.
    """
    if question.choices:
        labels = {each.value: (each.other or each.dutch) if other else each.dutch for each in question.choices}
        if question.own_words:
            labels[question.own_choice] = f"{labels[question.own_choice]}: {question.own_words}"
        return ", ".join(labels.get(value, value) for value in question.chosen)
    if question.kind == "date":
        part = PartDate.parse(question.value)
        return question.value if part is None else part.shown
    return f"{question.value} {question.unit[1 if other else 0]}".strip()


def attached_at(record: DossierView, ref: str) -> int:
    """Return how many files are attached to the question at `ref`."""
    return sum(any(_stands_at(entry, ref) for entry in register) for register in record.attachments.values())


def _stands_at(entry: RegisterEntry, ref: str) -> bool:
    return isinstance(entry.value, Mapping) and entry.value.get("ref") == ref


def is_flagged(record: DossierView, ref: str) -> bool:
    """Tell whether somebody has said that a translation of `ref` is wrong."""
    return any(flag.body.ref == ref for flag in record.flags)


def _status(entry: RegisterEntry | None) -> AnswerStatus:
    return _STATUSES.get("" if entry is None else entry.status, "open")


def _choices(context: DossierContext, ref: str) -> tuple[ChoiceView, ...]:
    def read(catalogue: Catalogue) -> dict[str, str]:
        tag = catalogue.language.tag
        return {choice.value: choice.text for choice in context.session.choices(ref, catalogue.find, tag)}

    others = read(context.other)
    return tuple(
        ChoiceView(choice.value, choice.text, others.get(choice.value, choice.text), choice.image or "")
        for choice in context.session.choices(ref, context.dutch.find, DUTCH)
    )


def _spoken_words(context: DossierContext, ref: str) -> SpokenWords | None:
    """Return the own words of which the question at `ref` asks the Dutch: those of the one named alike before it."""
    place = Ref.parse(ref)
    if not place.name.endswith(IN_DUTCH):
        return None
    said = place.parent.child(place.name.removesuffix(IN_DUTCH)).text
    node, entry = context.form.nodes.get(Ref.parse(said).path), current(context.record.answers.get(said))
    if node is None or OWN_WORDS not in node.appearance.split() or entry is None or not entry.text:
        return None
    labels = (texts_of(context, said, catalogue).label for catalogue in (context.dutch, context.other))
    return SpokenWords(entry.text, entry.language, *labels)


def _unit(context: DossierContext, node: FormNode) -> tuple[str, str]:
    unit = node.tags.get("unit", "")
    return (unit, context.other.find(unit) or "") if unit else ("", "")


def _row(context: DossierContext, repeat: str, row: str, number: int) -> RowView:
    questions = tuple(show_question(context, ref) for ref in row_questions(context.session, repeat, row))
    answers = [(question, answer_text(question)) for question in questions if question.value]
    chip = next((text for question, text in answers if STATE in question.appearance.split()), "")
    words = [text for _question, text in answers if text and text != chip]
    title, detail = _row_words(_summary(context, repeat, row), words)
    return RowView(ref=row, number=number, title=title, detail=detail, state=chip, questions=questions)


def _row_words(summary: str, words: list[str]) -> tuple[str, str]:
    """Return title and detail: the form's own line where it names the row, else its first answer with that line."""
    if not words:
        return "", ""
    if summary and words[0] in summary:
        return summary, " · ".join(words[1:3]) if summary == words[0] else ""
    return words[0], summary or " · ".join(words[1:4])


def _summary(context: DossierContext, repeat: str, row: str) -> str:
    note = summary_note(step_node(context.session, repeat))
    if note is None or not context.session.is_relevant(f"{row}/{note.name}"):
        return ""
    filled = context.session.text(f"{row}/{note.name}", "label", context.dutch.find, DUTCH).text
    return " ".join(filled.split()).strip(" ,–-·")


def _expected_rows(context: DossierContext, ref: str) -> tuple[int | None, str]:
    """Return how many rows the question tagged with this repeat was answered with, and its label in Dutch."""
    name = Ref.parse(ref).name
    asking = (node.path for node in context.root.walk() if node.kind == "question" and node.tags.get("rows") == name)
    place = next(asking, "")
    state = context.session.state(place) if place else None
    if state is None or not (state.relevant and state.value.isascii() and state.value.isdigit()):
        return None, ""
    return int(state.value), texts_of(context, place, context.dutch).label


def _total(context: DossierContext, ref: str) -> str:
    """Return what the rows of `ref` add up to in the words of the note that closes it, empty without one."""
    above = Ref.parse(ref).parent
    note = closing_note(step_node(context.session, above.text).children, step_node(context.session, ref))
    place = "" if note is None else above.child(note.name).text
    if not place or not context.session.state(place).relevant:
        return ""
    return context.session.text(place, "label", context.dutch.find, DUTCH).text
