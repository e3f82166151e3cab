"""The half of a session that only looks: states, texts, choices, problems, progress, expressions, and where one is."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.forms.errors import FormError
from desktop.forms.model.addresses import find, node_at, range_at
from desktop.forms.model.form import CompiledExpression, Form
from desktop.forms.model.state import DataNode, Range, instance_ref, node_ref
from desktop.forms.session.environment import ActiveLanguage, SessionEnvironment, source_text
from desktop.forms.session.evaluated_value import EvaluatedValue, describe_value, plain
from desktop.forms.session.outcomes import FormProblem, FormProgress, NodeState
from desktop.forms.session.recomputation import Model
from desktop.forms.session.session_texts import Choice, DisplayText, Role, SessionTexts, Translate
from desktop.forms.session.validation import AnswerValidator
from desktop.forms.xpath.values import Value


class ReadableSession:
    """What can be asked of a running interview. Nothing here changes an answer; `Session` makes the parts."""

    form: Form
    _environment: SessionEnvironment
    _model: Model
    _texts: SessionTexts
    _validator: AnswerValidator
    _here: str

    def state(self, ref: str) -> NodeState:
        """Return a node as it stands; a repeat is relevant when an instance of it would be."""
        found = find(self.form, self._model.root, ref)
        if isinstance(found, Range):
            node = self.form.nodes[found.place.path]
            return NodeState("", self._validator.is_relevant(found), required=False, readonly=False, node=node)
        if found is None:
            raise FormError("forms.unknown_ref")
        value = found.text if found.relevant else found.raw
        shown = self.form.nodes.get(found.place.path) or self.form.outline()
        return NodeState(value, found.relevant, found.required, self._validator.is_fixed(found), shown)

    def is_relevant(self, ref: str) -> bool:
        """Tell whether a node is relevant, as `state` does. Raises FormError `forms.unknown_ref`."""
        found = find(self.form, self._model.root, ref)
        if found is None:
            raise FormError("forms.unknown_ref")
        return self._validator.is_relevant(found) if isinstance(found, Range) else found.relevant

    def instances(self, repeat_ref: str) -> tuple[str, ...]:
        """Return the refs of the instances of a repeat, in order."""
        found = range_at(self.form, self._model.root, repeat_ref)
        return tuple(instance_ref(found, frame.identity) for frame in found.frames)

    def questions(self) -> tuple[str, ...]:
        """Return the refs of all relevant questions and notes, in document order."""
        return tuple(node_ref(node) for node in self._validator.asked(self._model.root.top))

    def problems(self) -> tuple[FormProblem, ...]:
        """Return what is not in order now: required questions without a value, values that are not allowed."""
        return tuple(self._validator.problems())

    def progress(self, section_path: str = "") -> FormProgress:
        """Return how far the questions under `section_path` are: the ref of a group, repeat or instance, or all."""
        found = find(self.form, self._model.root, section_path or self.form.root.path)
        if found is None:
            raise FormError("forms.unknown_ref")
        return self._validator.progress([frame.top for frame in found.frames] if isinstance(found, Range) else [found])

    def text(
        self, ref: str, role: Role = "label", translate: Translate = source_text, language: str | None = None
    ) -> DisplayText:
        """Return a text of `ref` in a role: the form's own, else the translation of its source, else the source.

        Without `language` it is in the active language.
        """
        found = find(self.form, self._model.root, ref)
        if found is None:
            raise FormError("forms.unknown_ref")
        node = self._model.stand_in(found) if isinstance(found, Range) else found
        with self._language_for(translate, language) as active:
            return self._texts.text(node, role, active.translate, active.language)

    def choices(self, ref: str, translate: Translate = source_text, language: str | None = None) -> tuple[Choice, ...]:
        """Return what can be chosen at `ref` now, in order; without `language` in the active language."""
        node = self._node(ref)
        with self._language_for(translate, language) as active:
            return self._texts.choices(node, active.translate, active.language)

    def evaluate(self, expression: CompiledExpression | str, at: str | None = None) -> str | float | bool:
        """Return the value of an expression: a text for a node-set (its first node) or a date, else as it is.

        A text is compiled first, with `${name}` for a question; `at` is the ref it starts from. Raises FormError.
        """
        return plain(self._value(expression, at))

    def look_at(self, expression: str, at: str | None = None) -> EvaluatedValue:
        """Return the value of an expression with its type and, for a node-set, its nodes. Raises FormError."""
        return describe_value(self._value(expression, at))

    def _value(self, expression: CompiledExpression | str, at: str | None) -> Value:
        if isinstance(expression, str):
            path = self._node(at).place.path if at is not None else None
            expression = self.form.compile(expression, path)
        node = self._node(at) if at is not None else self._model.root.top
        value: Value = expression.code.run(self._model.at(node))
        return value

    @property
    def language(self) -> str:
        """Return the active language, at first the default one of the form ("" when it names none)."""
        return self._environment.active.language

    def go_to(self, ref: str) -> NodeState:
        """Go to a question, note, group, repeat or instance, and return it as it stands.

        Raises FormError `forms.unknown_ref`, and `forms.not_asked` for what is not relevant or never shown.
        """
        state = self.state(ref)
        if not self._validator.is_shown(find(self.form, self._model.root, ref)):
            raise FormError("forms.not_asked")
        self._here = ref
        return state

    @property
    def here(self) -> str:
        """Return where `go_to` went; when that is not asked any more, the innermost part around it that is.

        Before the first `go_to` this is the first question, or the form itself when nothing is asked.
        """
        ref = self._here or next(iter(self.questions()), "")
        while ref and not self._validator.is_shown(find(self.form, self._model.root, ref)):
            ref = ref.rpartition("[" if ref.endswith("]") else "/")[0]
        return ref or self.form.root.path

    def _node(self, ref: str) -> DataNode:
        return node_at(self.form, self._model.root, ref)

    @contextmanager
    def _language_for(self, translate: Translate, language: str | None) -> Iterator[ActiveLanguage]:
        """Let expressions inside texts name choices in the language of the text."""
        before = self._environment.active
        if language is not None:
            self._environment.active = ActiveLanguage(language, translate)
        try:
            yield self._environment.active
        finally:
            self._environment.active = before
