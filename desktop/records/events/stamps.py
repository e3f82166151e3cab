"""Who did something, when and where."""

from dataclasses import dataclass
from datetime import datetime

from protocol.identifiers import DeviceId


@dataclass(frozen=True, slots=True)
class EventStamp:
    """Who did something, when and where; `device` and `sequence` together name the event."""

    device: DeviceId
    sequence: int
    time: datetime
    author: str
    language: str
    interpreter: bool

    @property
    def order(self) -> tuple[datetime, DeviceId, int]:
        """Return what sorts stamps the same on every device."""
        return (self.time, self.device, self.sequence)
