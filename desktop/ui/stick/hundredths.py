"""How far something is, told once for each hundredth."""

from collections.abc import Callable

PARTS = 100


class Hundredths:
    """Calls `tell` with each new part, from 0 to `PARTS`. Any thread."""

    def __init__(self, tell: Callable[[int], object]) -> None:
        self._tell = tell
        self._last = -1

    def begin(self) -> None:
        """Begin anew."""
        self._last = -1

    def reach(self, done: int, total: int) -> None:
        """Say that `done` of `total` is done."""
        part = done * PARTS // max(total, 1)
        if part != self._last:
            self._last = part
            self._tell(part)
