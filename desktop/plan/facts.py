"""What the plan may ask about the answers: a narrow window on the interview, so that rules can be tested without it."""

from collections.abc import Mapping
from datetime import date
from typing import Protocol

from desktop.plan.region_model import Condition
from desktop.plan.wording import PlanText, places


class Facts(Protocol):
    """The answers of one person, by question name. A question that does not exist or is not answered is blank."""

    def evaluate(self, expression: object) -> str | float | bool:
        """Return the value of an expression that the form of the interview compiled."""
        ...

    def value(self, name: str) -> str:
        """Return the answer in XForms lexical form, the first one inside a repeat."""
        ...

    def text(self, name: str) -> PlanText:
        """Return the answer as people read it: the labels of what was chosen, or what was typed."""
        ...

    def label(self, name: str, value: str) -> PlanText:
        """Return the label of one choice of a question, or `value` itself."""
        ...

    def refs(self, name: str) -> tuple[str, ...]:
        """Return the addresses of the answers to a question that are given."""
        ...

    def answered(self, name: str) -> date | None:
        """Return the day of the latest answer, None when there is none."""
        ...

    def rows(self, repeat: str) -> tuple[Mapping[str, str], ...]:
        """Return the instances of a repeat, each with its answers by question name."""
        ...


def holds(facts: Facts, condition: Condition) -> bool:
    """Tell whether `condition` is true of the answers; text counts as true when it is not blank (XPath 1.0)."""
    if condition.compiled is None:
        return True
    value = facts.evaluate(condition.compiled)
    if isinstance(value, float):
        return value == value and value != 0  # noqa: PLR0124  # only NaN differs from itself
    return bool(value)


def told(facts: Facts, template: str) -> PlanText:
    """Return `template` with the answers its places name; of a label such as `A1 · Eenvoudige zinnen` only `A1`."""
    return PlanText(template, tuple((name, brief(facts.text(name))) for name in places(template)))


def brief(text: PlanText) -> PlanText:
    """Return `text` without the explanation after ` · `; what is left is an official level and stays Dutch."""
    return text if " · " not in text.source else PlanText(text.source.partition(" · ")[0])


def sources(facts: Facts, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of the answers to the questions `names`, each once, in order."""
    return tuple(dict.fromkeys(ref for name in names for ref in facts.refs(name)))
