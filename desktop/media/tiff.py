"""TIFF written anew with only the tags that a page is drawn from; not a pixel changes.

What is not on the list of tags does not come along: GPS, EXIF, XMP, IPTC, maker, software, names, dates, and anything
that no tag points to. Source: TIFF 6.0; old-style JPEG (compression 6) and BigTIFF are refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.media.jpeg import clean_jpeg, clean_tables
from desktop.media.media_types import DAMAGED, MOST_PAGES, require_pages, require_pixels
from protocol.errors import UserError

_WIDTH, _HEIGHT, _COMPRESSION = 256, 257, 259
_STRIPS, _TILES = (273, 279), (324, 325)
_POINTERS = frozenset({273, 279, 324, 325})
_DRAWN = frozenset(
    {254, 255, 256, 257, 258, 259, 262, 263, 266, 274, 277, 278, 280, 281, 282, 283, 284, 292, 293, 296, 301, 317}
    | {318, 319, 320, 322, 323, 332, 338, 339, 347, 529, 530, 531, 532, 34675}
)
_SINGLE = frozenset({254, 255, 256, 257, 259, 262, 263, 266, 274, 277, 278, 282, 283, 284, 296, 317, 322, 323})
_BYTES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_SHORT, _LONG = 3, 4
_ENTRY_BYTES, _INLINE_BYTES = 12, 4
_OLD_JPEG, _JPEG = 6, 7
_TABLES = 347

_Tags = dict[int, tuple[int, bytes]]
_Order = Literal["little", "big"]


@dataclass(slots=True)
class _Source:
    data: bytes
    order: _Order

    def number(self, at: int, size: int) -> int:
        piece = self.data[at : at + size]
        if len(piece) != size:
            raise UserError(DAMAGED)
        return int.from_bytes(piece, self.order)

    def piece(self, at: int, size: int) -> bytes:
        piece = self.data[at : at + size]
        if len(piece) != size:
            raise UserError(DAMAGED)
        return piece

    def numbers(self, tags: _Tags, tag: int) -> list[int]:
        form, value = tags.get(tag, (0, b""))
        size = {_SHORT: 2, _LONG: 4}.get(form, 0)
        if not size:
            raise UserError(DAMAGED)
        return [int.from_bytes(value[at : at + size], self.order) for at in range(0, len(value), size)]


def clean_tiff(data: bytes) -> bytes:
    """Return every page without metadata.

    Raises UserError `attachment.damaged`, `attachment.too_many_pixels`, `attachment.too_many_pages`.
    """
    source = _Source(data, "little" if data[:2] == b"II" else "big")
    pages = [_page(source, tags) for tags in _directories(source)]
    require_pages(len(pages))
    return _encode_file(pages, source.order)


def _directories(source: _Source) -> Iterator[_Tags]:
    at, seen = source.number(4, 4), set[int]()
    while at:
        if at in seen or len(seen) > MOST_PAGES:
            raise UserError(DAMAGED)
        seen.add(at)
        count = source.number(at, 2)
        yield dict(_read_entry(source, at + 2 + index * _ENTRY_BYTES) for index in range(count))
        at = source.number(at + 2 + count * _ENTRY_BYTES, 4)


def _read_entry(source: _Source, at: int) -> tuple[int, tuple[int, bytes]]:
    tag, form, count = source.number(at, 2), source.number(at + 2, 2), source.number(at + 4, 4)
    if tag not in _DRAWN | _POINTERS:
        return tag, (0, b"")
    size = _BYTES.get(form, 0) * count
    if not size or (tag in _SINGLE and count != 1):
        raise UserError(DAMAGED)
    return tag, (form, source.piece(at + 8 if size <= _INLINE_BYTES else source.number(at + 8, 4), size))


def _page(source: _Source, tags: _Tags) -> tuple[_Tags, list[bytes]]:
    """Return the tags to keep and the pieces of the picture."""
    require_pixels(source.numbers(tags, _WIDTH)[0], source.numbers(tags, _HEIGHT)[0])
    starts, sizes = _TILES if _TILES[0] in tags else _STRIPS
    where = list(zip(source.numbers(tags, starts), source.numbers(tags, sizes), strict=False))
    if len(where) != len(source.numbers(tags, starts)) or sum(size for _, size in where) > len(source.data):
        raise UserError(DAMAGED)
    pieces = [source.piece(at, size) for at, size in where]
    compression = source.numbers(tags, _COMPRESSION)[0] if _COMPRESSION in tags else 1
    if compression == _OLD_JPEG:
        raise UserError(DAMAGED)
    if compression == _JPEG:
        pieces = [clean_jpeg(piece) for piece in pieces]
    kept = {tag: value for tag, value in tags.items() if tag in _DRAWN}
    if _TABLES in kept:
        kept[_TABLES] = (kept[_TABLES][0], clean_tables(kept[_TABLES][1]))
    kept[starts] = (_LONG, b"")
    kept[sizes] = (_LONG, b"".join(len(piece).to_bytes(4, source.order) for piece in pieces))
    return kept, pieces


def _encode_file(pages: list[tuple[_Tags, list[bytes]]], order: _Order) -> bytes:
    out = bytearray((b"II*\0" if order == "little" else b"MM\0*") + bytes(4))
    link = 4
    for tags, pieces in pages:
        starts = [_append(out, piece) for piece in pieces]
        pointer = _TILES[0] if _TILES[0] in tags else _STRIPS[0]
        tags[pointer] = (_LONG, b"".join(start.to_bytes(4, order) for start in starts))
        entries = [_written_entry(out, tag, *tags[tag], order) for tag in sorted(tags)]
        at = _append(out, len(entries).to_bytes(2, order) + b"".join(entries) + bytes(4))
        out[link : link + 4] = at.to_bytes(4, order)
        link = at + 2 + len(entries) * _ENTRY_BYTES
    return bytes(out)


def _written_entry(out: bytearray, tag: int, form: int, value: bytes, order: _Order) -> bytes:
    count = len(value) // _BYTES[form]
    inline = value.ljust(4, b"\0") if len(value) <= _INLINE_BYTES else _append(out, value).to_bytes(4, order)
    return tag.to_bytes(2, order) + form.to_bytes(2, order) + count.to_bytes(4, order) + inline


def _append(out: bytearray, piece: bytes) -> int:
    """Put `piece` at the next even place and return that place."""
    out += bytes(len(out) % 2)
    at = len(out)
    out += piece
    return at
