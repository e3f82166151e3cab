"""The answers of one dossier as the plan reads them: by question name, with the words people see.

Answers to questions that are no longer asked are not facts. Nothing of the compartment `health` is a fact: the plan
is shared with people who may not read it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.forms import Form, FormNode, Session
from desktop.i18n import Catalogue
from desktop.kernel.part_date import PartDate
from desktop.plan.model.plan_text import NO_TEXT, PlanText, free
from desktop.records import HEALTH, DossierView
from desktop.services.dossier.form_places import own_words_of
from desktop.services.dossier.registers import current

CHOSEN = frozenset({"select1", "select", "rank"})


@dataclass(frozen=True, slots=True)
class PlanCatalogues:
    """The interview's catalogues of the two languages a plan is written in."""

    dutch: Catalogue
    other: Catalogue


class SessionFacts:
    """Implements `desktop.plan.derive.facts.PlanFacts` over a running interview, which stands still meanwhile.

    The choice for what a list does not have reads as the words that say what it is, where they are given.
    """

    def __init__(self, form: Form, session: Session, record: DossierView, catalogues: PlanCatalogues) -> None:
        """Read the answers in `session`; `record` knows when they were given."""
        self._form, self._session = form, session
        self._record = record
        self._catalogues = catalogues
        self._known = {node.name: node for node in _questions(form.outline())}
        self._nodes = {name: node for name, node in self._known.items() if node.tags.get("compartment") != HEALTH}
        self._repeats = {node.name: node for node in form.outline().walk() if node.kind == "repeat"}
        self._values: dict[str, str] = {}
        self._given: dict[str, tuple[str, ...]] = {}

    def evaluate(self, expression: object) -> str | float | bool:
        """Return the value of an expression that the form compiled."""
        return self._session.evaluate(expression, None)  # type: ignore[arg-type]  # the plan keeps expressions opaque

    def value(self, name: str) -> str:
        """Return the answer in XForms lexical form, the first one inside a repeat; blank when there is none."""
        return next((self._value_at(ref) for ref in self.refs(name)), "")

    def text(self, name: str) -> PlanText:
        """Return the answer as people read it, in both languages where the interview has both."""
        node = self._nodes.get(name)
        ref = next(iter(self.refs(name)), "")
        if node is None or not ref:
            return NO_TEXT
        value = self._value_at(ref)
        if node.type in CHOSEN:
            return self._label_choices(ref, tuple(value.split()) if node.type != "select1" else (value,))
        return free(_format_value(node, value))

    def label(self, name: str, value: str) -> PlanText:
        """Return the label of one choice of a question, or `value` itself."""
        node = self._nodes.get(name)
        ref = next(iter(self._find_refs(node)), "") if node is not None and node.type in CHOSEN else ""
        return self._label_choices(ref, (value,)) if ref else free(value)

    def refs(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the given answers to a question, in document order."""
        if name not in self._given:
            node = self._nodes.get(name)
            places = () if node is None else self._find_refs(node)
            self._given[name] = tuple(ref for ref in places if self._value_at(ref))
        return self._given[name]

    def answered(self, name: str) -> date | None:
        """Return the day of the latest answer, also of one about health: that something was discussed is no secret."""
        node = self._known.get(name)
        places = () if node is None else tuple(self._find_refs(node))
        entries = [current(self._record.answers.get(ref)) for ref in places]
        days = [entry.time.astimezone().date() for entry in entries if entry is not None and entry.status != "cleared"]
        return max(days, default=None)

    def rows(self, repeat: str) -> tuple[Mapping[str, str], ...]:
        """Return the instances of a repeat, each with its answers by question name."""
        node = self._repeats.get(repeat)
        if node is None:
            return ()
        inside = [each for each in self._nodes.values() if each.path.startswith(f"{node.path}/")]
        return tuple(
            {each.name: self._value_at(f"{row}{each.path.removeprefix(node.path)}") for each in inside}
            for row in self._session.instances(node.path)
        )

    def _find_refs(self, node: FormNode) -> Iterator[str]:
        outer = [each for each in self._repeats.values() if node.path.startswith(f"{each.path}/")]
        if not outer:
            yield node.path
            return
        repeat = min(outer, key=lambda each: len(each.path))
        for row in self._session.instances(repeat.path):
            yield f"{row}{node.path.removeprefix(repeat.path)}"

    def _value_at(self, ref: str) -> str:
        if ref not in self._values:
            state = self._session.state(ref)
            self._values[ref] = state.value if state.relevant else ""
        return self._values[ref]

    def _label_choices(self, ref: str, values: tuple[str, ...]) -> PlanText:
        dutch, other = (self._labels(ref, catalogue) for catalogue in (self._catalogues.dutch, self._catalogues.other))
        own_choice, beside = own_words_of(self._form, ref, dutch)
        if beside and self._value_at(beside):
            dutch[own_choice] = other[own_choice] = self._value_at(beside)
        words = [dutch.get(value, value) for value in values]
        return free(", ".join(words), ", ".join(other.get(value, value) for value in values))

    def _labels(self, ref: str, catalogue: Catalogue) -> dict[str, str]:
        tag = catalogue.language.tag
        return {choice.value: choice.text for choice in self._session.choices(ref, catalogue.find, tag)}


def _questions(root: FormNode) -> Iterator[FormNode]:
    return (node for node in root.walk() if node.kind in {"question", "calculate"})


def _format_value(node: FormNode, value: str) -> str:
    day = PartDate.parse(value) if node.type == "date" else None
    return value if day is None else day.shown
