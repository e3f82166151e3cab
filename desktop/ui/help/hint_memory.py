"""What is remembered of the hints at a first visit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HintMemory:
    """Which hints were put away on this laptop, and how one more is."""

    seen: Callable[[], Collection[str]]
    put_away: Callable[[str], None]
