"""A running interview: answers in, outcomes out. Pure: the clock, the random source and properties are passed in."""

import random as randomness
from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from types import MappingProxyType

from desktop.forms.document.datatypes import canonical, transmitted
from desktop.forms.errors import FormError
from desktop.forms.model.addresses import find, range_at, refs_of
from desktop.forms.model.form import Form
from desktop.forms.model.places import CellKind
from desktop.forms.model.preloads import END
from desktop.forms.model.state import DataNode, Range, instance_ref
from desktop.forms.session.environment import ActiveLanguage, SessionEnvironment, source_text
from desktop.forms.session.outcomes import INTERVIEW, Conventions, FormProblem, Outcome
from desktop.forms.session.readable_session import ReadableSession
from desktop.forms.session.recomputation import Model
from desktop.forms.session.session_texts import SessionTexts, TextOptions, Translate
from desktop.forms.session.undo_records import UndoRecord
from desktop.forms.session.validation import AnswerValidator
from desktop.forms.xpath.moments import local
from desktop.forms.xpath.tree import Node
from protocol.identifiers import InstanceId
from protocol.times import Clock

_NO_PROPERTIES: Mapping[str, str] = MappingProxyType({})
_MOST_UNDO = 200


class Session(ReadableSession):
    """One interview being held. Not safe to use from two threads at once.

    Refs are as in `model.addresses`; an unknown one raises FormError `forms.unknown_ref`. A rejected answer
    changes nothing. An answer hidden by relevance is kept and comes back with it; so does a choice that a filter hid,
    and an instance that a shrinking count put aside. `undo()` restores the state before an answer, a row or a change of
    language exactly, the language included; where one is (`here`) is no state, so moving about is not undone.
    """

    def __init__(
        self,
        form: Form,
        *,
        clock: Clock,
        random: randomness.Random,
        properties: Mapping[str, str] = _NO_PROPERTIES,
        zone: tzinfo | None = None,
        conventions: Conventions = INTERVIEW,
    ) -> None:
        """Start a new record of `form`; `zone` None means the zone of the machine. Raises FormError `form.no_end`."""
        self.form = form
        self._conventions = conventions
        self._environment = SessionEnvironment(clock, random, properties, zone, form.definition.default_language)
        self._undo: list[tuple[UndoRecord, ActiveLanguage]] = []
        self._here = ""
        self._begin()

    def open(self, source: Node) -> None:
        """Start anew from `source`, a complete instance of the form that was held before; nothing to undo afterwards.

        `desktop.forms.session.restoring` makes it from a document.
        """
        self._begin(source)

    @property
    def instance(self) -> DataNode:
        """Return the root of the live record: to read, never to write."""
        return self._model.root.top

    def complete(self, node: DataNode) -> str:
        """Return the value of `node` as a record holds it that is sent (`datatypes.transmitted`)."""
        zone = self._environment.zone
        return transmitted(node.text, node.place.type, zone, local(self._environment.now(), zone).date())

    def _begin(self, source: Node | None = None) -> None:
        self._model = Model(self.form, self._environment, instances=self._conventions.start_instances, source=source)
        self._texts = SessionTexts(self.form, self._model, TextOptions(raw_values=self._conventions.raw_values))
        self._validator = AnswerValidator(self.form, self._model, self._texts, self._conventions)
        self._environment.texts = self._texts
        self._undo.clear()
        self._model.load(first=source is None)
        self._model.take()

    def answer(self, ref: str, value: str) -> Outcome:
        """Give the value `value`, in XForms lexical form, to the question `ref`; blank takes the answer away."""
        node = self._node(ref)
        problem = self._validator.refused(node, value)
        if problem is not None and not (self._conventions.keeps_violations and problem.code != "forms.readonly"):
            return Outcome(accepted=False, problem=problem)
        return self._apply(lambda: self._model.write(node, canonical(value, node.place.type)))

    def check(self, ref: str, value: str) -> FormProblem | None:
        """Return what would be wrong with `value` as the answer to `ref`, blank for a required question included."""
        return self._validator.checked(self._node(ref), value)

    def add_repeat(
        self, repeat_ref: str, instance: InstanceId | None = None, at: int | None = None
    ) -> tuple[str, Outcome]:
        """Add an instance, at the end or at position `at` (0 is first); return its ref and the outcome.

        Raises FormError `forms.instance_exists`, and `forms.fixed_repeat` for a repeat with a count or a fixed one.
        """
        found = range_at(self.form, self._model.root, repeat_ref)
        if CellKind.COUNT in found.place.cells or found.place.is_fixed:
            raise FormError("forms.fixed_repeat", path=found.place.path)
        identity = str(instance) if instance is not None else f"{self._environment.random.getrandbits(32):08x}"
        if any(frame.identity == identity for frame in found.frames):
            raise FormError("forms.instance_exists", path=found.place.path)
        place = len(found.frames) if at is None else max(0, min(at, len(found.frames)))
        outcome = self._apply(lambda: self._model.add(found, identity, place))
        return instance_ref(found, identity), outcome

    def remove_repeat(self, instance_ref: str) -> Outcome:
        """Remove an instance with all in it. Raises FormError `forms.fixed_repeat` as `add_repeat`."""
        frame = self._node(instance_ref).frame
        found = frame.outer
        fixed = found is None or CellKind.COUNT in found.place.cells or found.place.is_fixed
        if found is None or fixed or not instance_ref.endswith("]"):
            raise FormError("forms.fixed_repeat")
        return self._apply(lambda: self._model.remove(found, frame))

    def restore(self, answers: Mapping[str, str], instances: Mapping[str, Sequence[InstanceId]]) -> None:
        """Start anew with these repeat instances and answers.

        What lies in an instance that is not there is left aside, and so is a ref the form does not have. Values are
        taken as they are: they were checked when they were given, and nothing they trigger takes their place. There is
        nothing to undo afterwards.
        """
        self._begin()
        for repeat in sorted(instances, key=lambda ref: ref.count("[")):
            found = find(self.form, self._model.root, repeat)
            if isinstance(found, Range) and CellKind.COUNT not in found.place.cells:
                self._set_instances(found, [str(identity) for identity in instances[repeat]])
        self._model.settle()
        waiting = dict(answers)
        placed = True
        while waiting and placed:
            nodes = {ref: find(self.form, self._model.root, ref) for ref in waiting}
            placed = False
            for ref, node in nodes.items():
                if isinstance(node, DataNode):
                    placed = True
                    value = waiting.pop(ref)
                    if self._may_hold(node):
                        self._model.triggers.keep(node)
                        self._model.write(node, value)
            self._model.settle()
        self._model.take()
        self._model.triggers.let_go()

    def _may_hold(self, node: DataNode) -> bool:
        calculated = CellKind.VALUE in node.place.cells and not self._conventions.calculated_answers
        return not calculated and not node.place.children

    def _set_instances(self, found: Range, identities: list[str]) -> None:
        for frame in [*found.frames]:
            if frame.identity not in identities:
                self._model.remove(found, frame)
        present = {frame.identity for frame in found.frames}
        for identity in dict.fromkeys(identities):
            if identity not in present:
                self._model.add(found, identity, len(found.frames))

    def finalise(self) -> Outcome:
        """Close the record: moments of its end are now (ODK XForms "Preload Attributes"), a blank id is filled in."""
        return self._apply(lambda: self._model.run(frozenset({END})))

    def undo(self) -> Outcome:
        """Take back the last operation. Nothing is accepted when there is none."""
        if not self._undo:
            return Outcome(accepted=False)
        before, self._environment.active = self._undo.pop()
        self._model.put_back(before)
        return Outcome(accepted=True, changed=refs_of(before.touched()))

    def set_language(self, language: str, translate: Translate = source_text) -> Outcome:
        """Speak `language` from now on, in texts and in calculations that use labels; an operation like an answer.

        `translate` serves a form without that language of its own. Raises FormError `forms.unknown_language` when there
        are neither.
        """
        if translate is source_text and self.form.languages and self.form.texts.language(language) is None:
            raise FormError("forms.unknown_language", language=language)
        return self._apply(lambda: self._switch_language(ActiveLanguage(language, translate)))

    def _switch_language(self, active: ActiveLanguage) -> None:
        self._environment.active = active
        self._model.recompute_texts()

    def _apply(self, operation: Callable[[], object]) -> Outcome:
        active = self._environment.active
        try:
            operation()
            self._model.settle()
        except FormError:
            self._environment.active = active
            self._model.put_back(self._model.take())
            raise
        changed = refs_of(self._model.changed.values())
        self._undo.append((self._model.take(), active))
        del self._undo[:-_MOST_UNDO]
        return Outcome(accepted=True, changed=changed)
