"""From when a retention term runs that another organisation's step begins. Pure.

When it took the step is its word, by its clock; a clock that is wrong, or a claim that is, may neither shorten nor
lengthen a term. So what it says counts as far as it can be: not before the case was offered to it, and not after this
laptop heard of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from protocol.messages.membership import MembershipStatement, MembershipStep

TOLERANCE = timedelta(days=1)
"""Where what was claimed lies further than this from what can be, people are told."""


@dataclass(frozen=True, slots=True)
class TermStart:
    """The day a term begins here; `claimed` is the day the other organisation says, None where that may well be so."""

    day: date
    claimed: date | None


def starts_of(
    statements: tuple[MembershipStatement, ...], received_at: Mapping[int, datetime]
) -> Mapping[MembershipStep, TermStart]:
    """Return the start of every step after the first of `statements`, which is the offer.

    `received_at` are when statements came in here, by their number, as far as that was kept.
    """
    if not statements:
        return {}
    offered = statements[0].moment
    return {each.step: _start(each.moment, offered, received_at.get(each.number)) for each in statements[1:]}


def _start(claimed: datetime, offered: datetime, arrived: datetime | None) -> TermStart:
    counted = max(claimed, offered)
    if arrived is not None:
        counted = min(counted, arrived)
    differs = abs(claimed - counted) > TOLERANCE
    return TermStart(counted.astimezone().date(), claimed.astimezone().date() if differs else None)
