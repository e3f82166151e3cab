"""The parts of a binary message: fields in a fixed order, numbers big-endian, read from the front to the very end.

There is one byte form of each message, as with the others; what has another is refused. Layout: docs/formats/wire.md.
"""

from struct import Struct

from protocol.errors import UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.message import broken


class OctetReader:
    """Reads one message; every method raises UserError `sync.message_broken` beyond its end.

    Raises UserError `sync.too_large` for a message above `MOST_ANSWER_BYTES`.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) > MOST_ANSWER_BYTES:
            raise UserError("sync.too_large")
        self.data = data
        self.at = 0

    def fields(self, layout: Struct) -> tuple[int | bytes, ...]:
        """Return the fields of `layout` that come next."""
        begin = self.at
        self.at += layout.size
        if self.at > len(self.data):
            raise broken("octets")
        return layout.unpack_from(self.data, begin)

    def take(self, size: int, most: int) -> bytes:
        """Return the next `size` bytes, which have to be 1 to `most`."""
        begin = self.at
        self.at += size
        if not 1 <= size <= most or self.at > len(self.data):
            raise broken("octets")
        return self.data[begin : self.at]

    def end(self) -> None:
        """Refuse what is left."""
        if self.at != len(self.data):
            raise broken("octets")
