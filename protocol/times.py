"""Time comes in through a clock object, so that every result can be repeated; as text it has one form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from typing import Protocol

from protocol.errors import UserError


class Clock(Protocol):
    """Tells the time. All times in Opmaat are aware and in UTC; screens convert at the edge."""

    def now(self) -> datetime:
        """Return the current moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the machine's current moment in UTC."""
        return datetime.now(UTC)


@dataclass(slots=True)
class SettableClock:
    """A clock that stands still until it is set; for tests, demonstrations and reproducible documents."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment last set."""
        return self.moment


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
