"""A plan as it was signed: every word of it in Dutch and in the language of the person, which nothing changes later.

No answer, no clock, no workbook and no better translation reaches it: it holds the words themselves, not what they
follow from. Whether today's plan is still the same is told by its `content`.
"""

import dataclasses
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

from desktop.plan.model.plan_text import Find, PlanText, free
from desktop.plan.model.support_plan import GoalAction, SupportPlan
from protocol.errors import UserError

_NOT_CONTENT = frozenset(
    {
        "made",
        "missing",
        "signatures",
        "feedback",
        "agrees",
        "report_feedback",
        "report_agrees",
        "read_aloud",
        "report_read_aloud",
    }
)
"""What is told of a plan and is no word of it: a plan is the same whoever reads it aloud, and on what day."""

encode = msgspec.json.Encoder(order="sorted").encode
"""Writes what is kept: keys in order, so that the same words are the same bytes."""

_decode = msgspec.json.Decoder(SupportPlan).decode


@dataclass(frozen=True)
class FrozenWords:
    """`text` is what was signed or issued, as JSON with keys in order, `language` the tag of the one beside Dutch."""

    language: str
    text: str

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of `text` in hexadecimal: what names this version, also on paper."""
        return sha256(self.text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class FrozenPlan(FrozenWords):
    """A plan. `content` is what `content_of` returned of the same plan beside Dutch alone."""

    content: str

    def plan(self) -> SupportPlan:
        """Return the plan, nobody's signature under it. Raises UserError `plan.version_damaged`."""
        try:
            return _decode(self.text)
        except (msgspec.DecodeError, RecursionError):
            raise UserError("plan.version_damaged") from None


@dataclass(frozen=True, slots=True)
class PlanColumns:
    """How a plan is read: `dutch` and `other` look words up for the two columns, `other` for the language `tag`."""

    dutch: Find
    other: Find
    tag: str
    rtl: bool


def freeze(plan: SupportPlan, columns: PlanColumns, content: str) -> FrozenPlan:
    """Return `plan` with every text as the two columns show it now, without its list of what is missing."""
    unsigned = tuple(replace(place, date=None, how="") for place in plan.signatures)
    words = in_words(replace(plan, signatures=unsigned, missing=()), columns)
    return FrozenPlan(columns.tag, encode(words).decode("utf-8"), content)


def content_of(plan: SupportPlan) -> str:
    """Return the SHA-256, in hexadecimal, of what `plan` says: its Dutch, and what was typed in another language.

    Give it the plan beside Dutch alone: in any other the labels of chosen answers are words of that language, which no
    person typed.
    """
    content = {name: said(value, typed=True) for name, value in _fields(plan) if name not in _NOT_CONTENT}
    return sha256(encode(content)).hexdigest()


def in_words(value: Any, columns: PlanColumns) -> Any:  # noqa: ANN401  # any value of any field of a plan
    """Return a part of a plan with every text as the two columns show it now."""
    if isinstance(value, PlanText):
        return _words_of(value, columns)
    if isinstance(value, tuple):
        return tuple(in_words(item, columns) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{name: in_words(item, columns) for name, item in _fields(value)})
    return value


def _words_of(text: PlanText, columns: PlanColumns) -> PlanText:
    if text.free or not text:
        return text
    dutch = replace(text, source=columns.dutch(text.source) or text.source).dutch
    other = text.in_other(columns.other, rtl=columns.rtl)
    return free(dutch, other.text if other.translated else "")


def said(value: Any, *, typed: bool = False) -> Any:  # noqa: ANN401  # any value of any field of a plan
    """Return what a part of a plan says in Dutch as plain data, `typed` with the words typed beside it.

    Whether a step is done is no part of it.
    """
    if isinstance(value, PlanText):
        return [value.dutch, value.other if value.free else ""] if typed else value.dutch
    if isinstance(value, tuple):
        return [said(item, typed=typed) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        ticked = isinstance(value, GoalAction)
        return {name: said(item, typed=typed) for name, item in _fields(value) if not (ticked and name == "done")}
    return value


def _fields(value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401  # any part of a plan
    return [(each.name, getattr(value, each.name)) for each in dataclasses.fields(value)]
