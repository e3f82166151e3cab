"""From the record to the words of a person's own copy: every question with every value ever given to it."""

from collections.abc import Iterable, Iterator, Mapping

from desktop.documents.own_copy.copy_parts import (
    CopyEntry,
    CopyProvenance,
    CopySection,
    CopyStep,
    CopyValue,
    ValueState,
)
from desktop.documents.own_copy.copy_texts import PLAN_PARTS, STEPS
from desktop.forms import FormNode
from desktop.i18n import Catalogue
from desktop.kernel.part_date import PartDate
from desktop.kernel.ref import PlanField, Ref
from desktop.plan.model.plan_text import PlanText, free
from desktop.plan.pip.frozen_decision import FrozenDecision
from desktop.plan.progress.entry_texts import sentence_of
from desktop.records import (
    HEALTH,
    ContactNamed,
    DossierView,
    Event,
    EventStamp,
    HandoverStep,
    MessageWritten,
    Register,
    RegisterEntry,
    TaskKept,
)
from desktop.records.events.bodies import (
    Body,
    ConversationStarted,
    DocumentMade,
    KeyDropped,
    PipIssued,
    PlanFrozen,
    TranslationFlagged,
)
from desktop.records.events.progress_bodies import PROGRESS
from desktop.services.dossier.authors import WriterNames
from desktop.services.interview.card_texts import DossierContext, texts_of
from desktop.services.plan.plan_versions import frozen_in, short_digest
from desktop.services.plan.session_facts import CHOSEN
from protocol.errors import OpmaatError
from protocol.times import time_text


class CopyContents:
    """The words of one dossier. Reading only."""

    def __init__(self, context: DossierContext, writers: WriterNames) -> None:
        self._writers = writers
        self.record: DossierView = context.record
        self._context = context
        self._nodes = context.form.nodes

    def sections(self) -> tuple[CopySection, ...]:
        """Return every answer of the record, in the order of the form; what no question asks any more comes last."""
        left = dict(self.record.answers)
        found = []
        for part in self._context.root.children:
            paths = {node.path for node in part.walk()}
            refs = [ref for ref in left if Ref.parse(ref).path in paths]
            order = {node.path: place for place, node in enumerate(part.walk())}
            refs.sort(key=lambda ref: (order[Ref.parse(ref).path], ref))
            for health in (False, True):
                entries = tuple(self._answer(ref, left[ref]) for ref in refs if self._is_health(ref) is health)
                if entries:
                    found.append(CopySection(self._label(part.path), entries, health=health))
            left = {ref: register for ref, register in left.items() if ref not in refs}
        if left:
            entries = tuple(self._answer(ref, register) for ref, register in sorted(left.items()))
            found.append(CopySection(free("…"), entries))
        return tuple(found)

    def notes(self) -> tuple[CopyEntry, ...]:
        """Return every note."""
        return tuple(
            CopyEntry(
                self._label(ref),
                tuple(self._value(entry, state, free(str(entry.value))) for entry, state in _all(kept)),
            )
            for ref, kept in sorted(self.record.notes.items())
        )

    def plan(self) -> tuple[CopyEntry, ...]:
        """Return every change a person made in the plan."""
        return tuple(
            CopyEntry(
                _plan_part(field),
                tuple(self._value(entry, state, free(_format_value(entry.value))) for entry, state in _all(kept)),
            )
            for field, kept in sorted(self.record.plan.items())
        )

    def steps(self, events: Iterable[Event]) -> tuple[CopyStep, ...]:
        """Return what happened with the case, oldest first."""
        return tuple(step for event in events if (step := self._step(event)) is not None)

    def answers_json(self) -> list[dict[str, object]]:
        """Return every answer with its question, its legal tags and all its values."""
        return [
            {
                "address": ref,
                "question": {"nl": label.source, self._context.other.language.tag: label.other or None},
                "tags": dict(node.tags) if (node := self._nodes.get(Ref.parse(ref).path)) is not None else {},
                "values": [
                    {**_entry_json(entry, state), "text": self._answer_text(ref, entry).source}
                    for entry, state in _all(kept)
                ],
            }
            for ref, kept in sorted(self.record.answers.items())
            for label in (self._label(ref),)
        ]

    def registers_json(self, registers: Mapping[str, Register]) -> list[dict[str, object]]:
        """Return notes or plan fields with all their values."""
        return [
            {"address": address, "values": [_entry_json(entry, state) for entry, state in _all(kept)]}
            for address, kept in sorted(registers.items())
        ]

    def declined(self) -> list[str]:
        """Return the addresses of the questions the person did not want to answer."""
        return sorted(
            ref for ref, kept in self.record.answers.items() if any(entry.status == "declined" for entry in kept)
        )

    def _answer(self, ref: str, register: Register) -> CopyEntry:
        values = tuple(self._value(entry, state, self._answer_text(ref, entry)) for entry, state in _all(register))
        return CopyEntry(self._label(ref), values)

    def _label(self, ref: str) -> PlanText:
        """Return the question in both languages; of one the form does not have any more, its name."""
        path = Ref.parse(ref).path
        if path not in self._nodes:
            return free(Ref.parse(ref).name)
        try:
            dutch = texts_of(self._context, ref, self._context.dutch)
            other = texts_of(self._context, ref, self._context.other)
        except (OpmaatError, LookupError):
            return free(Ref.parse(ref).name)
        return free(dutch.label or Ref.parse(ref).name, "" if other.missing else other.label)

    def _answer_text(self, ref: str, entry: RegisterEntry) -> PlanText:
        node, value = self._nodes.get(Ref.parse(ref).path), str(entry.value)
        if node is None or not value:
            return free(value)
        if node.type in CHOSEN:
            return self._label_choices(ref, node, value)
        day = PartDate.parse(value)
        return free(value if day is None else day.shown)

    def _label_choices(self, ref: str, node: FormNode, value: str) -> PlanText:
        values = (value,) if node.type == "select1" else tuple(value.split())
        try:
            dutch, other = self._choices(ref, self._context.dutch), self._choices(ref, self._context.other)
        except (OpmaatError, LookupError):
            return free(value)
        words = [dutch.get(each, each) for each in values]
        return free(", ".join(words), ", ".join(other.get(each, each) for each in values))

    def _choices(self, ref: str, catalogue: Catalogue) -> Mapping[str, str]:
        tag = catalogue.language.tag
        return {choice.value: choice.text for choice in self._context.session.choices(ref, catalogue.find, tag)}

    def _value(self, entry: RegisterEntry, state: ValueState, text: PlanText) -> CopyValue:
        known = {"given", "declined", "unknown", "cleared"}
        status = entry.status if entry.status in known else "given"
        if status == "given" and not text:
            status = "cleared"
        mark = provenance(entry, self._writers)
        return CopyValue(text, status, state, entry.source, mark)  # type: ignore[arg-type]  # looked up above

    def _step(self, event: Event) -> CopyStep | None:
        key = _key(event.body)
        if key not in STEPS:
            return None
        said = sentence_of(event.body).dutch if isinstance(event.body, PROGRESS) else _detail(event.body)
        return CopyStep(PlanText(STEPS[key]), said, provenance(event, self._writers))

    def _is_health(self, ref: str) -> bool:
        node = self._nodes.get(Ref.parse(ref).path)
        return node is not None and node.tags.get("compartment") == HEALTH


def provenance(stamp: EventStamp | RegisterEntry | Event, writers: WriterNames) -> CopyProvenance:
    """Return who recorded what has `stamp`, when, and in which language."""
    organisation = writers.of(stamp.device)
    return CopyProvenance(stamp.author, organisation, stamp.time, stamp.language, stamp.interpreter)


def _all(register: Register) -> Iterator[tuple[RegisterEntry, ValueState]]:
    """Yield every value at an address, what stands first, then the newest of what was replaced."""
    state: ValueState = "conflict" if register.conflict else "stands"
    for entry in reversed(register.entries):
        yield entry, state
    for entry in reversed(register.past):
        yield entry, "replaced"


def _entry_json(entry: RegisterEntry, state: ValueState) -> dict[str, object]:
    return {
        "value": entry.value,
        "status": entry.status,
        "state": state,
        "source": entry.source,
        "note": entry.note,
        "by": entry.author,
        "at": time_text(entry.time),
        "language": entry.language,
        "interpreter": entry.interpreter,
    }


def _format_value(value: object) -> str:
    """Return a value of the plan as text: a text as it stands, a record as its texts."""
    if isinstance(value, Mapping):
        return " · ".join(_format_value(each) for each in value.values() if each not in ("", None))
    if isinstance(value, (list, tuple)):
        return "\n".join(_format_value(each) for each in value)
    return "" if value is None else str(value)


def _plan_part(field: str) -> PlanText:
    """Return what people call the part of the plan that `field` belongs to."""
    name = PlanField(field).area
    return PlanText(PLAN_PARTS[name]) if name in PLAN_PARTS else free(field)


def _key(body: Body) -> str:
    return body.step if isinstance(body, HandoverStep) else body.KIND


def _seal(body: PlanFrozen | PipIssued) -> str:
    kept = frozen_in(body) if isinstance(body, PlanFrozen) else FrozenDecision(body.language, body.decision)
    return short_digest(kept.digest)


def _detail(body: Body) -> str:
    if isinstance(body, HandoverStep):
        words = body.text if body.step == "returned" else ""
        return " · ".join(part for part in (body.organisation, body.moment, words) if part)
    if isinstance(body, (ContactNamed, MessageWritten, TaskKept)):
        left_out = {"entry", "state"}
        said = (part for name, part in body.to_json().items() if name not in left_out)
        return " · ".join(part for part in said if isinstance(part, str) and part)
    if isinstance(body, TranslationFlagged):
        return body.remark
    if isinstance(body, (DocumentMade, PlanFrozen, PipIssued)):
        return body.kind if isinstance(body, DocumentMade) else _seal(body)
    if isinstance(body, ConversationStarted):
        return str(body.number)
    return body.compartment if isinstance(body, KeyDropped) else ""
