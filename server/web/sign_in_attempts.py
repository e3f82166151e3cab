"""How often a passphrase may be tried: five times, then after waits that double from half a minute to a quarter hour.

Names that no account has are counted like any other, so that waiting tells nothing about which there are. The table
stays small by itself: a try that has to wait is not counted, and every other takes half a second.
"""

from dataclasses import dataclass

FREE_ATTEMPTS = 5
_FIRST_WAIT_SECONDS = 30
_LONGEST_WAIT_SECONDS = 15 * 60
_FORGOTTEN_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    last: float

    def wait(self) -> int:
        """Return how long the next try waits after the last one, in seconds."""
        if self.count < FREE_ATTEMPTS:
            return 0
        return int(min(_LONGEST_WAIT_SECONDS, _FIRST_WAIT_SECONDS * 2 ** min(self.count - FREE_ATTEMPTS, 10)))


class SignInAttempts:
    """Failed tries by name, in a row. Times are seconds of a clock that nobody sets. Used by one thread at a time."""

    def __init__(self) -> None:
        self._failures: dict[str, _Failures] = {}

    def wait(self, name: str, now: float) -> int:
        """Return how many seconds `name` has to wait for its next try; 0 when it may try now."""
        known = self._failures.get(name)
        return 0 if known is None else max(0, round(known.last + known.wait() - now))

    def failed(self, name: str, now: float) -> None:
        """Count a failed try; forget those of which the last is an hour ago."""
        kept = {key: each for key, each in self._failures.items() if now - each.last < _FORGOTTEN_SECONDS}
        before = kept[name].count if name in kept else 0
        kept[name] = _Failures(before + 1, now)
        self._failures = kept

    def succeeded(self, name: str) -> None:
        """Begin to count anew."""
        self._failures.pop(name, None)
