"""JPEG without what it tells of maker, place and time; not a pixel changes.

Kept: what the picture is made of, the colour profile, and which way up it is. Dropped: every other application segment
(EXIF with GPS and thumbnail, XMP, IPTC, maker's notes), comments, and all that follows the end of the picture (a film,
a second picture). Source: ITU-T T.81, annex B.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.media.exif import UPRIGHT, orientation_block, orientation_of
from desktop.media.media_types import DAMAGED, require_pixels
from protocol.errors import UserError

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF = b"Exif\0\0"
_KEPT = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
_JFIF, _JFIF_BYTES = b"JFIF\0", 12


@dataclass(frozen=True, slots=True)
class _Segment:
    marker: int
    body: bytes
    data: bytes
    """The coded pixels that follow the head of a scan; empty otherwise."""


def clean_jpeg(data: bytes) -> bytes:
    """Return the picture without metadata. Raises UserError `attachment.damaged`, `attachment.too_many_pixels`."""
    orientation, frames = UPRIGHT, 0
    kept: list[bytes] = []
    for segment in _segments(data):
        if segment.marker in _FRAMES:
            frames += 1
            _require_size(segment.body)
        if segment.marker == _APPLICATION[1] and segment.body.startswith(_EXIF):
            orientation = orientation_of(segment.body[len(_EXIF) :])
        body = _clean_segment(segment)
        if body is not None:
            kept.append(_encode(segment.marker, body) + segment.data)
    if not frames:
        raise UserError(DAMAGED)
    turned = [] if orientation == UPRIGHT else [_encode(_APPLICATION[1], _EXIF + orientation_block(orientation))]
    return b"".join((b"\xff\xd8", *turned, *kept, b"\xff\xd9"))


def clean_tables(data: bytes) -> bytes:
    """Return a run of tables (as TIFF keeps them apart from its pictures) without metadata."""
    if not data.startswith(b"\xff\xd8"):
        raise UserError(DAMAGED)
    kept = [(segment.marker, _clean_segment(segment)) for segment in _segments(data)]
    return b"".join((b"\xff\xd8", *(_encode(marker, body) for marker, body in kept if body is not None), b"\xff\xd9"))


def _clean_segment(segment: _Segment) -> bytes | None:
    """Return the body to write, or None for a segment to drop."""
    if segment.marker == _APPLICATION[0]:
        return segment.body[:_JFIF_BYTES] + b"\0\0" if segment.body.startswith(_JFIF) else None
    if segment.marker in _APPLICATION:
        start = _KEPT.get(segment.marker)
        return segment.body if start is not None and segment.body.startswith(start) else None
    return None if segment.marker == _COMMENT else segment.body


def _segments(data: bytes) -> Iterator[_Segment]:
    """Walk from the start to the end of the first picture."""
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == _END:
            return
        if marker in _BARE:
            continue
        if marker == _START:
            raise UserError(DAMAGED)
        size = int.from_bytes(data[at : at + 2], "big")
        body = data[at + 2 : at + size]
        if size < 2 or len(body) != size - 2:  # noqa: PLR2004  # the length counts itself
            raise UserError(DAMAGED)
        at += size
        end = _end_of_scan(data, at) if marker == _SCAN else at
        yield _Segment(marker, body, data[at:end])
        at = end


def _marker(data: bytes, at: int) -> tuple[int, int]:
    if data[at : at + 1] != b"\xff":
        raise UserError(DAMAGED)
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data) or data[at] == 0:
        raise UserError(DAMAGED)
    return data[at], at + 1


def _end_of_scan(data: bytes, at: int) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise UserError(DAMAGED)
        if data[at + 1] != 0 and data[at + 1] not in _BARE and data[at + 1] != 0xFF:  # noqa: PLR2004  # fill
            return at
        at += 1 if data[at + 1] == 0xFF else 2  # noqa: PLR2004  # fill


def _require_size(body: bytes) -> None:
    require_pixels(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))


def _encode(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
