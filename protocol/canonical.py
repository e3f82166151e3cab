"""One byte form per value: what is sealed, signed or hashed must be the same everywhere.

The form is JSON (RFC 8259) restricted to objects with string keys, arrays, strings, integers, booleans
and null; keys sorted by code point, no white space, UTF-8, no escapes beyond those JSON demands.
Floating point numbers are refused: their text differs between platforms.
"""

import json
from collections.abc import Mapping, Sequence

from protocol.errors import UserError

_ALLOWED = "only objects, arrays, strings, integers, booleans and null have a canonical form"
JsonValue = None | bool | int | str | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
"""Any value that has a canonical form."""

_DEEPEST = 64


def canonical_bytes(value: JsonValue) -> bytes:
    """Return the one canonical byte form of `value`.

    Raises TypeError for a value outside `JsonValue`; that is a bug in the caller.
    """
    _refuse_floats(value, 0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def parse_canonical(data: bytes) -> JsonValue:
    """Return the value whose canonical form is `data`.

    Raises UserError `canonical.broken` for anything else, also for JSON that is valid but not canonical:
    two byte forms of one value would let a signed document be changed without notice.
    """
    try:
        value: JsonValue = json.loads(data.decode("utf-8"))
        again = canonical_bytes(value)
    except (UnicodeDecodeError, ValueError, TypeError, RecursionError) as error:
        raise UserError("canonical.broken") from error
    if again != data:
        raise UserError("canonical.broken")
    return value


def _refuse_floats(value: object, depth: int) -> None:
    if depth > _DEEPEST:
        raise TypeError(_ALLOWED)
    if value is None or isinstance(value, bool | int | str):
        return
    if isinstance(value, Mapping):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(_ALLOWED)
            _refuse_floats(item, depth + 1)
        return
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        for item in value:
            _refuse_floats(item, depth + 1)
        return
    raise TypeError(_ALLOWED)
