"""Time comes in through a clock object, so that every result can be repeated; as text it has one form."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from typing import Protocol

from protocol.errors import UserError


class Clock(Protocol):
    """Tells the time. All times in Opmaat are aware and in UTC; screens convert at the edge."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        ...

    def steady(self) -> float:
        """Return seconds that only ever pass: setting the clock does not move them. They mean nothing elsewhere."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the machine's current moment in UTC."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return the seconds of the machine that no setting of its clock changes."""
        return time.monotonic()


@dataclass(slots=True)
class SettableClock:
    """A clock that stands still until it is set; for tests, demonstrations and reproducible documents.

    Setting it forward is time that passes; setting it back is not.
    """

    moment: datetime
    _passed: float = field(default=0, compare=False)
    _before: datetime | None = field(default=None, compare=False)

    def now(self) -> datetime:
        """Return the moment last set."""
        return self.moment

    def steady(self) -> float:
        """Return the seconds that passed between the moments at which this was asked."""
        if self._before is not None:
            self._passed += max(0.0, (self.moment - self._before).total_seconds())
        self._before = self.moment
        return self._passed


def today(clock: Clock, to_local: Callable[[datetime], datetime] = datetime.astimezone) -> date:
    """Return the calendar date at the place of the machine."""
    return to_local(clock.now()).date()


def time_text(moment: datetime) -> str:
    """Return the aware `moment` in UTC, to the millisecond: `2026-11-21T09:30:00.000Z` (RFC 3339)."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_time(text: str, code: str) -> datetime:
    """Return what `time_text` wrote, aware. Raises UserError `code` for any other form, also of the same moment."""
    try:
        moment = datetime.fromisoformat(text)
        again = "" if moment.tzinfo is None else time_text(moment)
    except (ValueError, OverflowError) as error:  # in UTC a moment may lie before the first year, or after the last
        raise UserError(code) from error
    if again != text:
        raise UserError(code)
    return moment


def read_moment(text: str) -> datetime | None:
    """Return the moment in `text` in UTC; None when it is none, lacks its offset, or fits no calendar somewhere.

    For what another organisation's device wrote: any ISO 8601 form, and a place may be a day ahead of UTC or behind.
    """
    try:
        moment = datetime.fromisoformat(text)
        known = None if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return known if known is not None and MINYEAR < known.year < MAXYEAR else None
