"""What the plan may ask about the answers: a narrow window on the interview."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Protocol

from desktop.plan.model.plan_text import PlanText, places
from desktop.plan.region.region_rules import Condition

_LEVEL = re.compile(r"(Alfa [ABC]|A0|A1-min|A1|A2|B1|B2|C1|[0-5])(?: ?[·(:].*)?$")
"""A label that explains a level of the Common European Framework, a level of literacy, or a score."""


_LONGEST_TAG = 3
"""Letters of a language tag or country code: their labels are names and keep their capital."""


class PlanFacts(Protocol):
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


def holds(facts: PlanFacts, condition: Condition) -> bool:
    """Tell whether `condition` is true of the answers; text counts as true when it is not blank (XPath 1.0)."""
    if condition.compiled is None:
        return True
    value = facts.evaluate(condition.compiled)
    if isinstance(value, float):
        return value == value and value != 0  # noqa: PLR0124  # only NaN differs from itself
    return bool(value)


def fill_from(facts: PlanFacts, template: str) -> PlanText:
    """Return `template` with the answers its places name; of a label such as `A1 (eenvoudige zinnen)` only `A1`."""
    return PlanText(template, tuple((name, _inside(facts, template, name)) for name in places(template)))


def _inside(facts: PlanFacts, template: str, name: str) -> PlanText:
    """Return an answer as it stands in a sentence: a chosen label loses its capital, a name keeps it."""
    text, codes = brief(facts.text(name)), facts.value(name).split()
    is_label = text.source != facts.value(name) and all(code.islower() and len(code) > _LONGEST_TAG for code in codes)
    if not codes or not is_label or template.startswith(f"${{{name}}}"):
        return text
    lowered = ", ".join(f"{label[:1].lower()}{label[1:]}" for label in text.source.split(", "))
    return replace(text, source=lowered) if text.free else text


def brief(text: PlanText) -> PlanText:
    """Return only the official name of a language level or score, which stays Dutch; any other text as it is."""
    found = _LEVEL.match(text.source)
    return PlanText(found.group(1)) if found else text


def sources(facts: PlanFacts, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the addresses of the answers to the questions `names`, each once, in order."""
    return tuple(dict.fromkeys(ref for name in names for ref in facts.refs(name)))
