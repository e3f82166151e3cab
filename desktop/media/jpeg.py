"""JPEG without what it tells of maker, place and time; not a pixel changes.

Kept: what the picture is made of, the colour profile, and which way up it is. Dropped: every other application segment
(EXIF with GPS and thumbnail, XMP, IPTC, maker's notes), comments, and all that follows the end of the picture (a film,
a second picture). Source: ITU-T T.81, annex B.

A photo from a telephone may have a few bytes too many before a marker, or lack its end: `clean_photo` takes these too,
and writes it as it should be. Inside a PDF or TIFF nothing of it is forgiven.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.media.exif import UPRIGHT, orientation_block, orientation_of
from desktop.media.media_types import DAMAGED, MOST_PHOTO_PIXELS, MOST_PIXELS, require_pixels
from protocol.errors import UserError

_START, _END, _SCAN, _NONE = 0xD8, 0xD9, 0xDA, -1
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SEQUENTIAL = frozenset({0xC0, 0xC1})
"""Frames that are unpacked line by line, at a fraction of their size, where one scan holds all of it."""

ENDS_EARLY = "attachment.ends_early"
_MOST_STRAY_BYTES = 16
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
    return _clean([*_segments(data, stray=0)], MOST_PIXELS)


def clean_photo(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return what `clean_jpeg` does, also of a large photo or one with slips, and codes of what to tell the person.

    One without its end is ended where it breaks off, and that is told (`attachment.ends_early`): nobody can see from
    the bytes whether a part is missing. Raises as `clean_jpeg`.
    """
    start = data.find(b"\xff\xd8")
    segments = [*_segments(data, max(start, 0) + 2, _MOST_STRAY_BYTES)]
    scans = [segment for segment in segments if segment.marker == _SCAN]
    ended = bool(segments) and segments[-1].marker == _END
    if not ended and not any(scan.data for scan in scans[-1:]):
        raise UserError(DAMAGED)
    in_lines = len(scans) == 1 and all(each.marker in _SEQUENTIAL for each in segments if each.marker in _FRAMES)
    kept = _clean(segments, MOST_PHOTO_PIXELS if in_lines else MOST_PIXELS)
    return kept, () if ended else (ENDS_EARLY,)


def _clean(segments: Sequence[_Segment], most: int) -> bytes:
    orientation, frames = UPRIGHT, 0
    kept: list[bytes] = []
    for segment in segments:
        if segment.marker == _END:
            break
        if segment.marker in _FRAMES:
            frames += 1
            _require_size(segment.body, most)
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
    tables = [segment for segment in _segments(data, stray=0) if segment.marker != _END]
    kept = [(segment.marker, _clean_segment(segment)) for segment in tables]
    return b"".join((b"\xff\xd8", *(_encode(marker, body) for marker, body in kept if body is not None), b"\xff\xd9"))


def _clean_segment(segment: _Segment) -> bytes | None:
    """Return the body to write, or None for a segment to drop."""
    if segment.marker == _APPLICATION[0]:
        return segment.body[:_JFIF_BYTES] + b"\0\0" if segment.body.startswith(_JFIF) else None
    if segment.marker in _APPLICATION:
        start = _KEPT.get(segment.marker)
        return segment.body if start is not None and segment.body.startswith(start) else None
    return None if segment.marker == _COMMENT else segment.body


def _segments(data: bytes, at: int = 2, stray: int = 0) -> Iterator[_Segment]:
    """Walk from the start to the end of the first picture, which is the last segment where it is there.

    At most `stray` bytes before each marker are passed over; where that is none, the end must be there too.
    """
    while True:
        marker, at = _marker(data, at, stray)
        if marker == _END:
            yield _Segment(marker, b"", b"")
            return
        if marker == _NONE:
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
        end = _end_of_scan(data, at, must_end=not stray) if marker == _SCAN else at
        yield _Segment(marker, body, data[at:end])
        at = end


def _marker(data: bytes, at: int, stray: int) -> tuple[int, int]:
    if stray and at >= len(data):
        return _NONE, at
    found = data.find(b"\xff", at, at + stray + 1)
    if found < 0:
        raise UserError(DAMAGED)
    at = found
    while data[at : at + 1] == b"\xff":
        at += 1
    if at >= len(data) or data[at] == 0:
        raise UserError(DAMAGED)
    return data[at], at + 1


def _end_of_scan(data: bytes, at: int, *, must_end: bool) -> int:
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            if must_end:
                raise UserError(DAMAGED)
            return len(data)
        if data[at + 1] != 0 and data[at + 1] not in _BARE and data[at + 1] != 0xFF:  # noqa: PLR2004  # fill
            return at
        at += 1 if data[at + 1] == 0xFF else 2  # noqa: PLR2004  # fill


def _require_size(body: bytes, most: int) -> None:
    require_pixels(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), most)


def _encode(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
