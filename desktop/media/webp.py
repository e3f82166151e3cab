"""WebP without EXIF, XMP and unknown chunks; not a pixel changes. Source: RFC 9649, section 2."""

from collections.abc import Iterator

from desktop.media.exif import UPRIGHT, orientation_block, orientation_of
from desktop.media.media_types import DAMAGED, require_pixels
from protocol.errors import UserError

_KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_PICTURES = (b"VP8 ", b"VP8L", b"ANMF")
_HEAD_BYTES = 12
_EXTENDED_BYTES = 10
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04
_LOSSLESS_SIGN, _LOSSY_SIGN = b"\x2f", b"\x9d\x01\x2a"


def clean_webp(data: bytes) -> bytes:
    """Return the picture without metadata. Raises UserError `attachment.damaged`, `attachment.too_many_pixels`."""
    chunks = list(_chunks(data))
    if not chunks or not any(name in _PICTURES for name, _ in chunks):
        raise UserError(DAMAGED)
    orientation = next((orientation_of(_clean_exif(body)) for name, body in chunks if name == b"EXIF"), UPRIGHT)
    turned = orientation != UPRIGHT and chunks[0][0] == b"VP8X"
    kept = [_encode_chunk(name, _set_flags(name, body, turned=turned)) for name, body in _select_chunks(chunks)]
    if turned:
        kept.append(_encode_chunk(b"EXIF", orientation_block(orientation)))
    whole = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(whole).to_bytes(4, "little") + whole


def _select_chunks(chunks: list[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    for name, body in chunks:
        if name in _KEPT:
            width, height = _size(name, body)
            if width or height:
                require_pixels(width, height)
            yield name, body


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise UserError(DAMAGED)
    at = _HEAD_BYTES
    while at < end:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + size]
        if len(body) != size or at + 8 + size > end:
            raise UserError(DAMAGED)
        yield data[at : at + 4], body
        at += 8 + size + size % 2


def _size(name: bytes, body: bytes) -> tuple[int, int]:
    """Return width and height where this chunk says them, or two zeros."""
    if name == b"VP8X":
        if len(body) != _EXTENDED_BYTES:
            raise UserError(DAMAGED)
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if name == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        if body[:1] != _LOSSLESS_SIGN:
            raise UserError(DAMAGED)
        return 1 + bits % 2**14, 1 + (bits >> 14) % 2**14
    if name == b"VP8 ":
        if body[3:6] != _LOSSY_SIGN:
            raise UserError(DAMAGED)
        return int.from_bytes(body[6:8], "little") % 2**14, int.from_bytes(body[8:10], "little") % 2**14
    return 0, 0


def _set_flags(name: bytes, body: bytes, *, turned: bool) -> bytes:
    """Return the body; the head of an extended file no longer announces what was taken out."""
    if name != b"VP8X":
        return body
    return bytes((body[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if turned else 0),)) + body[1:]


def _clean_exif(body: bytes) -> bytes:
    return body.removeprefix(b"Exif\0\0")


def _encode_chunk(name: bytes, body: bytes) -> bytes:
    return name + len(body).to_bytes(4, "little") + body + bytes(len(body) % 2)
