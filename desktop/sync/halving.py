"""Pushing rows so that one the server cannot take holds up its own dossier and no other. Network thread."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.sync.client import Client
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from protocol.limits import PAGE_BODY_BYTES
from protocol.messages.rows import Batch, Row, Segment, batch_bytes, signed_bytes

ABOUT_ONE_DOSSIER = frozenset({"sync.row_conflict", "sync.not_member", "sync.dossier_erased"})
"""Refusals that name the dossier they are about."""

PERHAPS_TOO_LARGE = frozenset({"sync.too_large", "sync.not_opmaat"})
"""Answers that a smaller message may not get: a proxy on the way may refuse a long body with a page of its own."""

_OF_THE_WHOLE = PERHAPS_TOO_LARGE | {"sync.message_broken"}
_SMALL_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many rows the server took, and per dossier of which it took not all the code of its refusal.

    `room` is how many bytes a message may have: half of the shortest that was too long for something on the way.
    """

    rows: int
    blocked: Mapping[DossierId, str]
    room: int = PAGE_BODY_BYTES


def push(client: Client, batch: Batch, device: DeviceIdentity) -> Pushed:
    """Push all of `batch` that the server takes, halving what it refuses as a whole until one row is left.

    Raises what concerns no single dossier, such as a server that is away; what was pushed until then may be repeated.
    """
    blocked: dict[DossierId, str] = {}
    rows, room, left = 0, PAGE_BODY_BYTES, [batch]
    while left:
        part = _without(left.pop(), blocked)
        if not part.segments:
            continue
        try:
            client.push(part)
        except OpmaatError as error:
            about = _dossier_of(error, part)
            if about is not None:
                blocked[about] = error.code
                left.append(part)
            elif _may_be_halved(error, part):
                left += reversed(_halves(part, device))
                if error.code in PERHAPS_TOO_LARGE:
                    room = min(room, _size(part) // 2)
            else:
                raise
        else:
            rows += sum(len(segment.rows) for segment in part.segments)
    return Pushed(rows, blocked, room)


def _without(batch: Batch, blocked: Collection[DossierId]) -> Batch:
    return Batch(tuple(segment for segment in batch.segments if segment.dossier not in blocked))


def _dossier_of(error: OpmaatError, part: Batch) -> DossierId | None:
    """Return the only dossier of `part` that a refusal is about."""
    if error.code in ABOUT_ONE_DOSSIER:
        named = error.details.get("dossier")
        return next((DossierId(each.dossier) for each in part.segments if each.dossier == named), None)
    first = part.segments[0]
    alone = len(part.segments) == 1 and len(first.rows) == 1
    return DossierId(first.dossier) if alone and _may_be_halved(error, part) else None


def _may_be_halved(error: OpmaatError, part: Batch) -> bool:
    """Tell whether less may be taken: of a short body an answer that is not the server's says nothing."""
    if error.code not in _OF_THE_WHOLE:
        return False
    return error.code != "sync.not_opmaat" or _size(part) > _SMALL_BYTES


def _size(part: Batch) -> int:
    return len(batch_bytes(part))


def _halves(batch: Batch, device: DeviceIdentity) -> tuple[Batch, Batch]:
    segments = batch.segments
    if len(segments) > 1:
        middle = len(segments) // 2
        return Batch(segments[:middle]), Batch(segments[middle:])
    first, second = _split(segments[0], device)
    return Batch((first,)), Batch((second,))


def _split(segment: Segment, device: DeviceIdentity) -> tuple[Segment, Segment]:
    middle = len(segment.rows) // 2
    first, second = segment.rows[:middle], segment.rows[middle:]
    return _signed(segment, segment.first, first, device), _signed(segment, segment.first + middle, second, device)


def _signed(whole: Segment, first: int, rows: tuple[Row, ...], device: DeviceIdentity) -> Segment:
    part = Segment.of(whole.dossier, whole.device, first, rows)
    return replace(part, signature=device.sign(signed_bytes(part)))
