"""Sanitise an untrusted file: strip its metadata and prove that it renders, or refuse it with a code. Pure; slow."""

from dataclasses import dataclass

from desktop.media.jpeg import clean_photo
from desktop.media.media_types import MediaType, detect_media_type
from desktop.media.pdf import clean_pdf
from desktop.media.png import clean_png
from desktop.media.rendering import render, thumbnail
from desktop.media.tiff import clean_tiff
from desktop.media.webp import clean_webp

_PICTURES = {
    MediaType.PNG: clean_png,
    MediaType.WEBP: clean_webp,
    MediaType.TIFF: clean_tiff,
}
_WARNING = {MediaType.JPEG: clean_photo, MediaType.PDF: clean_pdf}
"""What also returns the codes of what to tell the person."""

_SMALL = 400


@dataclass(frozen=True, slots=True, repr=False)
class CleanFile:
    """A file without metadata, its thumbnail (JPEG), how many pages it has, and codes of what to tell the person."""

    kind: MediaType
    data: bytes
    thumbnail: bytes
    pages: int
    warnings: tuple[str, ...] = ()


def clean(data: bytes) -> CleanFile:
    """Return `data` without metadata; it opens and its first page can be drawn.

    Raises UserError: the codes of `detect_media_type`, `attachment.damaged`, `attachment.locked`,
    `attachment.too_many_pixels`, `attachment.too_many_pages`.
    """
    kind = detect_media_type(data)
    warnings: tuple[str, ...] = ()
    if kind in _WARNING:
        kept, warnings = _WARNING[kind](data)
    else:
        kept = _PICTURES[kind](data)
    picture = render(kept, kind, 0, _SMALL)
    return CleanFile(kind, kept, thumbnail(picture), picture.pages, warnings)
