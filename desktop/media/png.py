"""PNG without texts, times, places and hidden chunks; not a pixel changes.

Kept are the chunks a picture is drawn from and its colours. Everything else goes: tEXt, iTXt, zTXt, tIME, eXIf, private
chunks, animation, and what follows the end. Source: PNG (W3C, third edition), section 11.
"""

import zlib
from collections.abc import Iterator

from desktop.media.exif import UPRIGHT, orientation_block, orientation_of
from desktop.media.media_types import DAMAGED, require_pixels
from protocol.errors import UserError

_MAGIC = b"\x89PNG\r\n\x1a\n"
_DRAWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"pHYs"})
_COLOURS = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP"})
_KEPT = _DRAWN | _COLOURS
_HEAD_BYTES = 13
_FRAME_BYTES = 12


def clean_png(data: bytes) -> bytes:
    """Return the picture without metadata. Raises UserError `attachment.damaged`, `attachment.too_many_pixels`."""
    kept: list[bytes] = [_MAGIC]
    names: list[bytes] = []
    orientation = UPRIGHT
    for name, body in _chunks(data):
        if name == b"eXIf":
            orientation = orientation_of(body)
        if name == b"IHDR":
            _require_head(body, first=not names)
        names.append(name)
        if name == b"IDAT" and orientation != UPRIGHT:
            kept.append(_encode_chunk(b"eXIf", orientation_block(orientation)))
            orientation = UPRIGHT
        if name in _KEPT:
            kept.append(_encode_chunk(name, body))
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names:
        raise UserError(DAMAGED)
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_MAGIC)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        name, body, check = data[at + 4 : at + 8], data[at + 8 : at + 8 + size], data[at + 8 + size : at + 12 + size]
        if len(body) != size or check != _sum(name, body):
            raise UserError(DAMAGED)
        yield name, body
        if name == b"IEND":
            return
        at += size + _FRAME_BYTES


def _require_head(body: bytes, *, first: bool) -> None:
    if not first or len(body) != _HEAD_BYTES:
        raise UserError(DAMAGED)
    require_pixels(int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"))


def _encode_chunk(name: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + name + body + _sum(name, body)


def _sum(name: bytes, body: bytes) -> bytes:
    return zlib.crc32(name + body).to_bytes(4, "big")
