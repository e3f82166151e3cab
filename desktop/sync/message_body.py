"""What a message carries, and how much of it the link carries, learnt from how long the messages before it took. Pure.

A link that breaks every few seconds never carries a message that takes longer than that: it would begin anew for ever.
"""

from dataclasses import dataclass

from protocol.limits import PAGE_BODY_BYTES, PIECE_BYTES
from protocol.version import MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class MessageBody:
    """What is sent, and what kind of content it says to be."""

    content: bytes = b""
    media_type: str = MEDIA_TYPE


SECONDS = 3.0
"""How long one message may take. At a cut half of it is lost in the middle."""

LEAST_ROOM = PIECE_BYTES
"""Smaller messages would mostly be heads and waiting."""

_FIRST_ROOM = 128 * 1024
_GROWTH = 4


class Pace:
    """Of one way to one server: `room` is how many bytes the next message, or the answer to it, may have, about."""

    def __init__(self) -> None:
        self.room = _FIRST_ROOM

    def note(self, octets: int, seconds: float) -> None:
        """Learn from a message that took `seconds` and, with its answer, had so many bytes."""
        if seconds > SECONDS:
            self._set(min(self.room, int(octets * SECONDS / seconds)))
        elif 2 * octets >= self.room:  # less says more about the wait for an answer than about the link
            self._set(min(self.room * _GROWTH, int(octets * SECONDS / seconds) if seconds else self.room * _GROWTH))

    def note_cut(self) -> None:
        """Learn from a message that did not come through."""
        self._set(self.room // _GROWTH)

    def _set(self, room: int) -> None:
        self.room = max(LEAST_ROOM, min(room, PAGE_BODY_BYTES))
