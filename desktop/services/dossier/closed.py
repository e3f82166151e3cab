"""What of a case is closed to this device: that something is there, and who may read it.

Health is asked under the responsibility of the municipality (Wet inburgering 2021, art. 37).
"""

from collections.abc import Collection
from dataclasses import dataclass

from desktop.records import HEALTH, DossierView

_AT_THE_MUNICIPALITY = frozenset({"offered", "received", "accepted", "talk_planned", "talk_held"})


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """The health answers without a key here: how many entries lie here unread, and which municipality may read them.

    `reader` is blank before the case was handed over: then only the laptop on which they were asked reads them.
    """

    entries: int
    reader: str


def closed_part(record: DossierView, readable: Collection[str]) -> ClosedPart | None:
    """Return what is closed, None for a device that may read all of it."""
    if HEALTH in readable:
        return None
    steps = [step.body for step in record.handover]
    gone = bool(steps) and steps[-1].step in _AT_THE_MUNICIPALITY
    return ClosedPart(record.hidden.get(HEALTH, 0), steps[-1].organisation if gone else "")
