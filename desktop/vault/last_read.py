"""What a note of the vault says, read again only once the note is another one."""

from collections.abc import Callable
from typing import Generic, TypeVar

from protocol.canonical import JsonValue

T = TypeVar("T")


class LastRead(Generic[T]):
    """Reads a note that is asked for often; notes are never changed in place."""

    def __init__(self, note: Callable[[], JsonValue], read: Callable[[JsonValue], T]) -> None:
        self._note = note
        self._read = read
        self._last: tuple[JsonValue, T] | None = None

    def value(self) -> T:
        """Return what the note says now. Raises what reading it raises."""
        note = self._note()
        if self._last is None or self._last[0] is not note:
            self._last = note, self._read(note)
        return self._last[1]
