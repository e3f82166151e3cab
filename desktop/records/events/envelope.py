"""An event with everything around it, and its plaintext: the canonical JSON that is sealed.

One pass of msgspec turns plaintext into an event and refuses what is not exactly one; what a later version wrote, or an
earlier one, takes the long way. Bytes: docs/formats/journal.md.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal, Union, cast

import msgspec
from msgspec import UNSET, Meta, Raw, Struct, UnsetType, field
from msgspec.structs import force_setattr

from desktop.records.events.bodies import Body, ConflictSettled, FromNewerVersion, PlanFieldSet
from desktop.records.events.kinds import BODIES
from desktop.records.events.upcasting import lift
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

CLOCK_JUMPED = "records.clock_jumped"
CLAIMED_BYTES = 16
"""How much of a row's hash a claim names: as hard to make up as a key of 128 bits is to guess, and half as long."""

_DAMAGED = "records.event_damaged"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_OPENS, _CLOSES = b"{}"
_LATEST = 253402300799999  # the last millisecond of the year 9999

StreamAddress = tuple[DossierId, str, int, DeviceId]
"""Dossier, compartment, epoch of the key, device: what many rows have in common."""


class Claim(Struct, frozen=True, gc=False, array_like=True, forbid_unknown_fields=True):
    """That a row was seen: its number in its stream, and the start of its hash (`claimed_digest`), in base64url."""

    sequence: Annotated[int, Meta(gt=0, le=2**63 - 1)]
    digest: Annotated[str, Meta(pattern="^[A-Za-z0-9_-]{22}$")]


if TYPE_CHECKING:
    _Milliseconds = int
    _Claims = Mapping[DeviceId, Claim]
    _Address = StreamAddress
    _Sequence = int
    _Seen = Mapping[DeviceId, int]
else:
    _Milliseconds = Annotated[int, Meta(ge=0, le=_LATEST)]
    _Claims = dict[str, Claim]
    _Address = _Sequence = _Seen = UnsetType  # refused in a plaintext: who reads a stream sets them


NOTHING_SEEN: Mapping[DeviceId, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class EventContext:
    """Who is at the table: the worker's display name, the interview language, whether an interpreter takes part."""

    author: str
    language: str
    interpreter: bool = False


class Event(Struct, frozen=True, gc=False, kw_only=True, forbid_unknown_fields=True):
    """Something that happened in a dossier, and the circumstances.

    Its first fields are those of the plaintext, by the same single letters; `address` and `sequence` are those of the
    row it came in.

    `claims` is what its author says to have seen, as written: per other device the last row it had read, where that is
    not what its event before under the same key named. `seen` is what of these and earlier claims the rows here bear
    out: per other device, the last event its author had before this one.
    """

    author: str = field(name="a")
    body: Body = field(name="b")
    clock_milliseconds: _Milliseconds | UnsetType = field(name="c", default=UNSET)
    interpreter: bool = field(name="i")
    language: str = field(name="l")
    claims: _Claims = field(name="s")
    milliseconds: _Milliseconds = field(name="t")
    version: int = field(name="v")
    address: _Address = cast("_Address", UNSET)
    sequence: _Sequence = cast("_Sequence", UNSET)
    seen: _Seen = NOTHING_SEEN

    @property
    def dossier(self) -> DossierId:
        """Return the dossier it happened in."""
        return self.address[0]

    @property
    def compartment(self) -> str:
        """Return the compartment it is sealed for."""
        return self.address[1]

    @property
    def epoch(self) -> int:
        """Return the epoch of the key it is sealed with."""
        return self.address[2]

    @property
    def device(self) -> DeviceId:
        """Return the device that wrote it."""
        return self.address[3]

    @property
    def time(self) -> datetime:
        """Return when it happened (UTC, milliseconds); it never runs backwards within a device and dossier."""
        return from_milliseconds(self.milliseconds)

    @property
    def clock(self) -> datetime | None:
        """Return what the machine's clock said, where it was over five minutes behind the event before; else None."""
        return None if self.clock_milliseconds is UNSET else from_milliseconds(self.clock_milliseconds)

    @property
    def order(self) -> tuple[int, DeviceId, int]:
        """Return what sorts events the same on every device."""
        return (self.milliseconds, self.address[3], self.sequence)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return codes the worker should be told: the answer is safe, the clock is not."""
        return () if self.clock_milliseconds is UNSET else (CLOCK_JUMPED,)


class _Plaintext(Struct, frozen=True, gc=False, omit_defaults=True):
    """What is written of an event; its fields and those of the body are sorted by name when they are encoded."""

    a: str
    b: Body
    i: bool
    k: str
    l: str  # noqa: E741  # the letter of the format
    s: Mapping[DeviceId, Claim]
    t: int
    v: int
    c: int | UnsetType = UNSET


class _Foreign(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event of any kind and version, its body not looked at."""

    author: str = field(name="a")
    body: Raw = field(name="b")
    clock: _Milliseconds | UnsetType = field(name="c", default=UNSET)
    interpreter: bool = field(name="i")
    kind: str = field(name="k")
    language: str = field(name="l")
    claims: _Claims = field(name="s")
    time: _Milliseconds = field(name="t")
    version: int = field(name="v")


def _event_of(kind: str, body: type[Body]) -> type[Event]:
    """Return the class of the present events of one kind; its tag is the kind."""
    made = msgspec.defstruct(
        f"{body.__name__}Event",
        [("body", body, field(name="b")), ("version", Literal[body.VERSION], field(name="v"))],
        bases=(Event,),
        tag_field="k",
        tag=kind,
        frozen=True,
        gc=False,
        kw_only=True,
        forbid_unknown_fields=True,
    )
    return cast("type[Event]", made)


_decode = cast(
    "msgspec.json.Decoder[Event]",
    msgspec.json.Decoder(Union[tuple(_event_of(kind, body) for kind, body in BODIES.items())]),  # noqa: UP007  # made
).decode
_decode_foreign = msgspec.json.Decoder(_Foreign).decode
_exhaust = deque[None](maxlen=0).extend
_encode = msgspec.json.Encoder(order="sorted").encode
_FREE = (ConflictSettled, PlanFieldSet)


def plaintext(
    body: Body, context: EventContext, time: datetime, clock: datetime | None, claims: Mapping[DeviceId, Claim]
) -> bytes:
    """Return the bytes to seal: those of `canonical_bytes`, for a body of any JSON by that function itself."""
    value = _Plaintext(
        context.author,
        body,
        context.interpreter,
        body.KIND,
        context.language,
        claims,
        to_milliseconds(time),
        body.VERSION,
        UNSET if clock is None else to_milliseconds(clock),
    )
    if isinstance(body, _FREE):
        return canonical_bytes({**cast("dict[str, JsonValue]", msgspec.to_builtins(value))})
    return _encode(value)


def decode_at(address: StreamAddress, sequence: int, data: bytes) -> Event:
    """Return the event in an opened row, number `sequence` of a stream.

    A kind or version of later date becomes `FromNewerVersion`. Raises UserError `records.event_damaged` for anything
    else that `plaintext` did not write.
    """
    event = _decode_any(data)
    if data[0] != _OPENS or data[-1] != _CLOSES:  # msgspec takes white space around it, which is never written
        raise UserError(_DAMAGED)
    force_setattr(event, "address", address)
    force_setattr(event, "sequence", sequence)
    return event


def decode_all(addresses: Sequence[StreamAddress], first: int, texts: Sequence[bytes]) -> list[Event]:
    """Return what `decode_at` returns for rows that follow one another from number `first` on."""
    try:
        events = list(map(_decode, texts))
    except (ValueError, RecursionError):
        events = list(map(_decode_any, texts))
    for text in texts:
        if text[0] != _OPENS or text[-1] != _CLOSES:
            raise UserError(_DAMAGED)
    _exhaust(map(force_setattr, events, repeat("address"), addresses))
    _exhaust(map(force_setattr, events, repeat("sequence"), range(first, first + len(events))))
    return events


def claimed_digest(digest: bytes) -> str:
    """Return what a claim names of the hash of a row."""
    return to_base64(digest[:CLAIMED_BYTES])


def to_milliseconds(moment: datetime) -> int:
    """Return `moment` as whole milliseconds since 1970-01-01 UTC."""
    return (moment - _EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the moment `to_milliseconds` was given, to the millisecond."""
    return _EPOCH + milliseconds * _MILLISECOND


def _decode_any(data: bytes) -> Event:
    try:
        return _decode(data)
    except (ValueError, RecursionError):
        return _decode_other_version(data)


def _decode_other_version(data: bytes) -> Event:
    """Return an event that another version of Opmaat wrote. Raises UserError for what none did."""
    try:
        found = _decode_foreign(data)
        body = _decode_body(found)
    except (ValueError, RecursionError) as error:
        raise UserError(_DAMAGED) from error
    return Event(
        author=found.author,
        body=body,
        clock_milliseconds=found.clock,
        interpreter=found.interpreter,
        language=found.language,
        claims=found.claims,
        milliseconds=found.time,
        version=found.version,
    )


def _decode_body(found: _Foreign) -> Body:
    body = BODIES.get(found.kind)
    if body is None or found.version > body.VERSION:
        msgspec.json.decode(found.body)
        return FromNewerVersion(found.kind, found.version)
    if found.version == body.VERSION:
        raise UserError(_DAMAGED)
    value = msgspec.json.decode(found.body, type=dict[str, object])
    return body.from_json(lift(found.kind, found.version, body.VERSION, cast("Mapping[str, JsonValue]", value)))
