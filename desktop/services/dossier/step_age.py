"""How long a handover has stood still. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

STUCK_DAYS = 14
"""A handover without a step for two weeks is said to stand still: somebody must call.

No law gives a step of the handover a term. Two weeks is as far as the list of people looks ahead.
"""


@dataclass(frozen=True, slots=True)
class StepAge:
    """The whole days since the last step, by the calendar of this machine."""

    days: int

    @property
    def stuck(self) -> bool:
        """Tell whether the handover stands still."""
        return self.days >= STUCK_DAYS


def step_age(moments: Iterable[datetime], now: datetime) -> StepAge | None:
    """Return the age of the newest of `moments` (aware), 0 days for one that is still to come; None without any."""
    newest = max(moments, default=None)
    if newest is None:
        return None
    return StepAge(max(0, (now.astimezone().date() - newest.astimezone().date()).days))
