"""The way in: what came from outside becomes something that can be kept, or is refused with a code. Pure, and slow."""

from dataclasses import dataclass

from desktop.media.jpeg import clean_jpeg
from desktop.media.kinds import Kind, kind_of
from desktop.media.looking import look, thumbnail
from desktop.media.pdf import clean_pdf
from desktop.media.png import clean_png
from desktop.media.tiff import clean_tiff
from desktop.media.webp import clean_webp

_PICTURES = {Kind.JPEG: clean_jpeg, Kind.PNG: clean_png, Kind.WEBP: clean_webp, Kind.TIFF: clean_tiff}
_SMALL = 400


@dataclass(frozen=True, slots=True, repr=False)
class Cleaned:
    """A file without metadata, its thumbnail (JPEG), how many pages it has, and codes of what to tell the person."""

    kind: Kind
    data: bytes
    thumbnail: bytes
    pages: int
    warnings: tuple[str, ...] = ()


def clean(data: bytes) -> Cleaned:
    """Return `data` without metadata; it opens and its first page can be drawn.

    Raises UserError: the codes of `kind_of`, `attachment.damaged`, `attachment.locked`, `attachment.too_many_pixels`,
    `attachment.too_many_pages`.
    """
    kind = kind_of(data)
    warnings: tuple[str, ...] = ()
    if kind is Kind.PDF:
        kept, warnings = clean_pdf(data)
    else:
        kept = _PICTURES[kind](data)
    picture = look(kept, kind, 0, _SMALL)
    return Cleaned(kind, kept, thumbnail(picture), picture.pages, warnings)
