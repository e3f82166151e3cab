"""Time comes in through a clock object, so that every result can be repeated."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


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
