"""When the server answered last, kept by the day, so that it is known after a restart."""

from datetime import datetime

from desktop.records.outbox import Outbox
from protocol.times import Clock, read_moment, time_text

_REACHED = "server.reached"


class LastContact:
    """The last answer that one vault had from its server. Store thread."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox = outbox
        self._clock = clock

    def read(self) -> datetime | None:
        """Return when it was, to the day, None where there was none."""
        return read_moment(self._outbox.cursor(_REACHED) or "")

    def note(self) -> datetime:
        """Return now, and keep the day."""
        now, known = self._clock.now(), self.read()
        if known is None or known.date() != now.date():
            self._outbox.keep_cursor(_REACHED, time_text(now))
        return now
