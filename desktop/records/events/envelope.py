"""An event with everything around it, and its plaintext: the canonical JSON that is sealed.

Bytes: docs/formats/journal.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, cast

from desktop.records.events.bodies import BODIES, Body, FromNewerVersion
from desktop.records.events.upcasting import lift
from desktop.vault.crypto.sealing import RowHeader
from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

CLOCK_JUMPED = "records.clock_jumped"

_DAMAGED = "records.event_damaged"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST = 253402300799999  # the last millisecond of the year 9999
_KEYS = len("abiklstv")
_parse = json.JSONDecoder().raw_decode  # what `json.loads` calls after looking for encodings and white space

StreamAddress = tuple[DossierId, str, int, DeviceId]
"""Dossier, compartment, epoch of the key, device: what many rows have in common."""


@dataclass(frozen=True, slots=True)
class EventContext:
    """Who is at the table: the worker's display name, the interview language, whether an interpreter takes part."""

    author: str
    language: str
    interpreter: bool = False


class Event(NamedTuple):
    """Something that happened in a dossier, and the circumstances.

    A tuple, because a journal makes hundreds of thousands of them at once.

    `time` never runs backwards within a device and dossier. Where the machine's clock was more than five minutes behind
    the event before, `clock` keeps what it said. `seen` is, per other device, the last event its author had before him.
    """

    dossier: DossierId
    compartment: str
    epoch: int
    device: DeviceId
    sequence: int
    time: datetime
    author: str
    language: str
    interpreter: bool
    seen: Mapping[DeviceId, int]
    body: Body
    clock: datetime | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return codes the worker should be told: the answer is safe, the clock is not."""
        return () if self.clock is None else (CLOCK_JUMPED,)


def plaintext(
    body: Body, context: EventContext, *, time: datetime, clock: datetime | None, seen: Mapping[DeviceId, int]
) -> bytes:
    """Return the bytes to seal."""
    value: dict[str, JsonValue] = {
        "a": context.author,
        "b": body.to_json(),
        "i": context.interpreter,
        "k": body.KIND,
        "l": context.language,
        "s": {str(device): last for device, last in seen.items()},
        "t": to_milliseconds(time),
        "v": body.VERSION,
    }
    if clock is not None:
        value["c"] = to_milliseconds(clock)
    return canonical_bytes(value)


def decode(header: RowHeader, data: bytes) -> Event:
    """Return the event in an opened row.

    A kind or version of later date becomes `FromNewerVersion`. Raises UserError `records.event_damaged` for anything
    else that `plaintext` did not write.
    """
    return decode_at((header.dossier, header.compartment, header.epoch, header.device), header.sequence, data)


def decode_at(stream: StreamAddress, sequence: int, data: bytes) -> Event:
    """Return what `decode` returns, for row `sequence` of a stream."""
    try:
        text = data.decode("utf-8")
        value, end = _parse(text)
        clock = value.pop("c", None)
        author, language, interpreter, seen = value["a"], value["l"], value["i"], value["s"]
        exact = type(author) is type(language) is str and type(interpreter) is bool and type(seen) is dict
        if not exact or len(value) != _KEYS or end != len(text):
            raise UserError(_DAMAGED)
        return Event(
            *stream,
            sequence,
            _moment(value["t"]),
            author,
            language,
            interpreter,
            _seen(seen) if seen else seen,
            _body(value["k"], value["v"], value["b"]),
            None if clock is None else _moment(clock),
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise UserError(_DAMAGED) from error


def to_milliseconds(moment: datetime) -> int:
    """Return `moment` as whole milliseconds since 1970-01-01 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the moment `to_milliseconds` was given, to the millisecond."""
    return _EPOCH + milliseconds * _MILLISECOND


def _moment(value: object) -> datetime:
    if type(value) is not int or not 0 <= value <= _LATEST:
        raise UserError(_DAMAGED)
    return _EPOCH + value * _MILLISECOND


def _seen(value: dict[object, object]) -> dict[DeviceId, int]:
    if not all(type(last) is int and last > 0 for last in value.values()):
        raise UserError(_DAMAGED)
    return cast("dict[DeviceId, int]", value)


def _body(kind: object, version: object, value: object) -> Body:
    if type(kind) is not str or type(version) is not int:
        raise UserError(_DAMAGED)
    body = BODIES.get(kind)
    if body is None or version > body.VERSION:
        return FromNewerVersion(kind, version)
    if type(value) is not dict:
        raise UserError(_DAMAGED)
    return body.from_json(value if version == body.VERSION else lift(kind, version, body.VERSION, value))
