"""How a conversation is interpreted: the words that are written, and what earlier ones meant."""

from enum import StrEnum


class InterpreterMode(StrEnum):
    """The ways a conversation is interpreted; the values are what a `ConversationStarted` holds."""

    NONE = "none"
    PHONE = "phone"
    ROOM = "room"
    VIDEO = "video"
    COMPANION = "companion"


_EARLIER = {"telephone": InterpreterMode.PHONE, "present": InterpreterMode.ROOM}


def read_mode(word: str) -> InterpreterMode | None:
    """Return the mode that an event's `word` means, None for one that a later version wrote."""
    known = {mode.value: mode for mode in InterpreterMode}
    return known.get(word, _EARLIER.get(word))
