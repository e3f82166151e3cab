"""An event with everything around it, and its plaintext: the canonical JSON that is sealed.

Bytes: docs/formats/journal.md.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from desktop.kernel.canonical import JsonValue, canonical_bytes
from desktop.kernel.errors import UserError
from desktop.kernel.ids import DeviceId, DossierId
from desktop.records.events import BODIES, Body, FromNewerVersion
from desktop.records.upcasting import lift
from desktop.vault.sealing import RowHeader

CLOCK_JUMPED = "records.clock_jumped"

_DAMAGED = "records.event_damaged"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LATEST = 253402300799999  # the last millisecond of the year 9999
_T = TypeVar("_T")
_KEYS = frozenset("abiklstv")


@dataclass(frozen=True, slots=True)
class Context:
    """Who is at the table: the worker's display name, the interview language, whether an interpreter takes part."""

    author: str
    language: str
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a dossier, and the circumstances.

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
    body: Body, context: Context, *, time: datetime, clock: datetime | None, seen: Mapping[DeviceId, int]
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
    try:
        value = json.loads(data)
        clock = value.pop("c", None)
        if value.keys() != _KEYS:
            raise UserError(_DAMAGED)
        return Event(
            dossier=header.dossier,
            compartment=header.compartment,
            epoch=header.epoch,
            device=header.device,
            sequence=header.sequence,
            time=_moment(value["t"]),
            author=_exactly(str, value["a"]),
            language=_exactly(str, value["l"]),
            interpreter=_exactly(bool, value["i"]),
            seen=_seen(value["s"]),
            body=_body(_exactly(str, value["k"]), _exactly(int, value["v"]), value["b"]),
            clock=None if clock is None else _moment(clock),
        )
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(_DAMAGED) from error


def to_milliseconds(moment: datetime) -> int:
    """Return `moment` as whole milliseconds since 1970-01-01 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def _moment(value: object) -> datetime:
    milliseconds = _exactly(int, value)
    if not 0 <= milliseconds <= _LATEST:
        raise UserError(_DAMAGED)
    return _EPOCH + milliseconds * _MILLISECOND


def _exactly(wanted: type[_T], value: object) -> _T:
    if type(value) is not wanted:
        raise UserError(_DAMAGED)
    return value


def _seen(value: object) -> dict[DeviceId, int]:
    seen = _exactly(dict, value)
    if not all(type(last) is int and last > 0 for last in seen.values()):
        raise UserError(_DAMAGED)
    return seen


def _body(kind: str, version: int, value: object) -> Body:
    body = BODIES.get(kind)
    if body is None or version > body.VERSION:
        return FromNewerVersion(kind, version)
    return body.from_json(lift(kind, version, body.VERSION, _exactly(dict, value)))
