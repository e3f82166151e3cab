"""Scripts that try a form out: what a step is, and which steps there are.

A script is a list of steps, each a verb with a place (`at`) and a value. Settings come first and say in which world the
script runs: the same script gives the same result on every machine and every day. An action does what a caseworker
does; an expectation says how the form should stand then.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from types import MappingProxyType

from desktop.forms.errors import FormError

SETTINGS = ("now", "zone", "seed", "property")
"""Before the first action; `now` may come again later, to move the clock."""

ACTIONS = ("answer", "clear", "add", "remove", "undo", "language", "go to", "now")
"""What a caseworker does."""

EXPECTATIONS = (
    *("value", "relevant", "required", "readonly", "label", "hint", "guidance", "choices", "count"),
    *("problem", "message", "problems", "progress", "changed", "here", "language", "true", "entities"),
)
"""What follows `expect `."""

NEEDS_PLACE = frozenset(
    {
        *("answer", "clear", "add", "remove", "go to", "expect value", "expect relevant", "expect required"),
        *("expect readonly", "expect label", "expect hint", "expect guidance", "expect choices", "expect count"),
        "expect here",
    }
)
"""Steps that say nothing without a place."""

VERBS = frozenset({*SETTINGS, *ACTIONS, *(f"expect {name}" for name in EXPECTATIONS)})
"""Every step there is."""

FIRST_MOMENT = datetime(2026, 1, 1, 11, 0, tzinfo=UTC)
"""When a script runs that sets no clock: noon in Amsterdam. Never the clock of the machine, so that it repeats."""

FIRST_SEED = 1
FIRST_ZONE = "Europe/Amsterdam"

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One step: a verb of `VERBS`, the place as written, the value as written, and its line in the file (from 1)."""

    verb: str
    at: str
    value: str
    line: int

    @property
    def is_expectation(self) -> bool:
        """Tell whether this step only looks."""
        return self.verb.startswith("expect ")

    def error(self, code: str, **details: str | int) -> FormError:
        """Return the error `code` about this step."""
        return FormError(code, line=self.line, step=self.verb, **details)


@dataclass(frozen=True, slots=True)
class Script:
    """A script ready to run. `now` and `seed` are None where the script does not set them."""

    steps: tuple[ScriptStep, ...]
    now: datetime | None = None
    zone: str = FIRST_ZONE
    seed: int | None = None
    properties: Mapping[str, str] = field(default_factory=lambda: _NOTHING)


def nearest(written: str, known: Iterable[str]) -> str:
    """Return the one of `known` that looks most like what was written; "" when nothing is known."""
    return next(iter(get_close_matches(written, sorted(known), 1, 0.0)), "")
