"""Reading and writing bytes from outside with every length checked; numbers are big-endian and unsigned."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from protocol.canonical import JsonValue, parse_canonical
from protocol.encoding import from_base64
from protocol.errors import UserError
from protocol.identifiers import is_id
from protocol.times import parse_time


class ByteReader:
    """Walks through `data` from front to back. Each `take` beyond the end raises UserError with the `code` given."""

    __slots__ = ("_at", "_code", "_data")

    def __init__(self, data: bytes, code: str) -> None:
        self._data = data
        self._at = 0
        self._code = code

    @property
    def position(self) -> int:
        """Return how many bytes were taken."""
        return self._at

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        end = self._at + size
        if end > len(self._data):
            raise UserError(self._code)
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def number(self, size: int) -> int:
        """Return the next `size` bytes as a number."""
        return int.from_bytes(self.take(size), "big")

    def sized(self, size: int) -> bytes:
        """Return what is preceded by its length in `size` bytes."""
        return self.take(self.number(size))

    def finish(self) -> None:
        """Raise UserError when bytes are left: a tail nobody reads is a place to hide changes."""
        if self._at != len(self._data):
            raise UserError(self._code)


def sized(data: bytes, size: int) -> bytes:
    """Return `data` preceded by its length in `size` bytes."""
    return len(data).to_bytes(size, "big") + data


class JsonFields:
    """A JSON object from outside, read field by field.

    Each method returns the field in the asked type, or raises UserError with the `code` given. Unknown fields are an
    error of `finish`: a version that needs more fields has a higher version number.
    """

    __slots__ = ("_code", "_left", "_values")

    def __init__(self, value: JsonValue, code: str) -> None:
        if not isinstance(value, Mapping):
            raise UserError(code)
        self._values = value
        self._left = set(value)
        self._code = code

    @classmethod
    def parse(cls, data: bytes, code: str) -> "JsonFields":
        """Return the fields of the canonical JSON object `data`."""
        try:
            return cls(parse_canonical(data), code)
        except UserError as error:
            raise UserError(code) from error

    def value(self, name: str) -> JsonValue:
        """Return field `name` of any type."""
        if name not in self._values:
            raise UserError(self._code)
        self._left.discard(name)
        return self._values[name]

    def has(self, name: str) -> bool:
        """Tell whether there is a field `name`, for files whose older versions lack it."""
        return name in self._values

    def text(self, name: str) -> str:
        """Return a string."""
        value = self.value(name)
        if not isinstance(value, str):
            raise UserError(self._code)
        return value

    def identifier(self, name: str) -> str:
        """Return an identifier of 32 hexadecimal characters."""
        value = self.text(name)
        if not is_id(value):
            raise UserError(self._code)
        return value

    def number(self, name: str) -> int:
        """Return a whole number that is not negative."""
        value = self.value(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise UserError(self._code)
        return value

    def binary(self, name: str, size: int | None = None) -> bytes:
        """Return bytes written by `to_base64`, of exactly `size` bytes where that is given."""
        data = from_base64(self.text(name), self._code)
        if size is not None and len(data) != size:
            raise UserError(self._code)
        return data

    def moment(self, name: str) -> datetime:
        """Return a time written by `time_text`."""
        return parse_time(self.text(name), self._code)

    def items(self, name: str) -> Sequence[JsonValue]:
        """Return an array."""
        value = self.value(name)
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise UserError(self._code)
        return value

    def binaries(self, name: str) -> tuple[bytes, ...]:
        """Return an array of bytes, each written by `to_base64`."""
        return tuple(JsonFields({name: item}, self._code).binary(name) for item in self.items(name))

    def object(self, name: str) -> "JsonFields":
        """Return an object as fields."""
        return JsonFields(self.value(name), self._code)

    def finish(self) -> None:
        """Raise UserError when fields are left that nobody asked for."""
        if self._left:
            raise UserError(self._code)
