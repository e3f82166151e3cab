"""Texts of a plan: words of the house or the region, which catalogues translate, or words a person typed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.i18n.bidi import has_right_to_left, isolate

Find = Callable[[str], str | None]
"""Looks up the translation of a Dutch text; None where there is none."""

_PLACE = re.compile(r"\$?\{([a-z_][a-z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class RenderedText:
    """What is shown for a text in one language; `translated` is False when it is still the Dutch source."""

    text: str
    translated: bool


@dataclass(frozen=True, slots=True)
class PlanText:
    """One text of the plan.

    `source` is a Dutch msgid with `${name}` places, filled from `values`; or, when `free`, what a person typed,
    which is shown as it stands and never filled or looked up. `other` is the rendering of a free text in the
    person's own language, as spoken or typed; blank when there is none.
    """

    source: str
    values: tuple[tuple[str, "str | PlanText"], ...] = ()
    free: bool = False
    other: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to show."""
        return bool(self.source or self.other)

    @property
    def dutch(self) -> str:
        """The text as the Dutch column shows it."""
        if self.free:
            return self.source or self.other
        return fill(self.source, {name: _dutch(value) for name, value in self.values}, rtl=False)

    def in_other(self, find: Find, *, rtl: bool) -> RenderedText:
        """Return the text as the column of the person's language shows it, with every value isolated where needed."""
        if self.free:
            return RenderedText(self.other or self.source, translated=bool(self.other))
        template = find(self.source)
        rendered = {name: _other(value, find, rtl=rtl) for name, value in self.values}
        if template is None:
            return RenderedText(self.dutch, translated=False)
        return RenderedText(fill(template, rendered, rtl=rtl), translated=True)


NO_TEXT = PlanText("")
"""Nothing to show."""


def free(text: str, other: str = "") -> PlanText:
    """Return `text` as the words of a person."""
    return PlanText(text, free=True, other=other)


def fill(template: str, values: Mapping[str, str], *, rtl: bool) -> str:
    """Put `values` in the `${name}` (or `{name}`) places of `template`; a place without a value becomes `…`.

    A value is never interpreted, and is isolated when the line runs from right to left or the value does.
    """

    def put(match: re.Match[str]) -> str:
        value = values.get(match.group(1)) or "…"
        return isolate(value) if rtl or has_right_to_left(value) else value

    return _PLACE.sub(put, template)


def places(template: str) -> tuple[str, ...]:
    """Return the names of the places in `template`, each once, in order."""
    return tuple(dict.fromkeys(_PLACE.findall(template)))


def _dutch(value: "str | PlanText") -> str:
    return value if isinstance(value, str) else value.dutch


def _other(value: "str | PlanText", find: Find, *, rtl: bool) -> str:
    return value if isinstance(value, str) else value.in_other(find, rtl=rtl).text
