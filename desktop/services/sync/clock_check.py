"""Whether the clock of this laptop can be right, by what the server says and by what was written here before.

Nothing waits for it: the order of steps does not come from clocks (`desktop.records.events.causality`), but terms,
letters and the order of answers given apart do, and only a person can set a clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from desktop.records.journal import Journal
from protocol.times import Clock, read_moment, time_text

MOST_APART = timedelta(minutes=2)
"""A server refuses at five minutes (docs/formats/wire.md); somebody who hears of it before can still set the clock."""

_JUMP = timedelta(minutes=5)
_FAR_AHEAD = timedelta(days=90)
"""Hardly any laptop is away from its server for a season. No law says so: from here on a question costs least."""

_KEPT = "server.clock"
_KEPT_EACH = timedelta(hours=1)


class ClockDoubt(StrEnum):
    """Why a clock is doubted: the server has another time, hardly anybody is offline for so long, or it went back."""

    DIFFERS = "differs"
    AHEAD = "ahead"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class ClockWarning:
    """What the clock says, and what it was compared with.

    `known` is the time of the server now (`DIFFERS`), when the server was last heard (`AHEAD`), or a moment that was
    there before (`BACK`); both are aware.
    """

    doubt: ClockDoubt
    own: datetime
    known: datetime


class ClockCheck:
    """Keeps what the server said of the time. Store thread. An answer counts more than anything written here."""

    def __init__(self, journal: Journal, clock: Clock) -> None:
        self._journal = journal
        self._clock = clock
        self._ahead: timedelta | None = None
        self._server: datetime | None = read_moment(journal.outbox.cursor(_KEPT) or "")
        self._kept = self._server

    def note(self, ahead: timedelta | None) -> None:
        """Take over how far this clock was `ahead` of the server's at its newest answer; None where there was none."""
        self._ahead = ahead
        if ahead is None:
            return
        self._server = self._clock.now() - ahead
        if self._kept is None or abs(self._server - self._kept) >= _KEPT_EACH:
            self._journal.outbox.keep_cursor(_KEPT, time_text(self._server))
            self._kept = self._server

    def warning(self) -> ClockWarning | None:
        """Return what a person should be told of the clock now, None where nothing speaks against it."""
        now = self._clock.now()
        if self._ahead is not None and abs(self._ahead) >= MOST_APART:
            return ClockWarning(ClockDoubt.DIFFERS, now, now - self._ahead)
        if self._server is not None and now - self._server > _FAR_AHEAD:
            return ClockWarning(ClockDoubt.AHEAD, now, self._server)
        before = max((each for each in (self._server, self._written()) if each is not None), default=now)
        return ClockWarning(ClockDoubt.BACK, now, before) if before - now > _JUMP else None

    def _written(self) -> datetime | None:
        """Return the moment from which the clock went back while something was written, unless that one was wrong."""
        before = self._journal.clock_jumped_from
        likely = before is not None and (self._server is None or before - self._server <= _FAR_AHEAD)
        return before if likely else None
