"""The media types that are accepted, detected by magic bytes; a file name or its extension proves nothing."""

from enum import StrEnum

from protocol.errors import UserError
from protocol.limits import LARGEST_ATTACHMENT

MOST_PIXELS = 80_000_000
"""Pixels of the largest picture that is opened: about 240 MB once it is unpacked."""

MOST_PHOTO_PIXELS = 260_000_000
"""Pixels of the largest photo that can be unpacked at a fraction of its size, as telephones make them: 200 million."""

MOST_PAGES = 500
"""Pages of the longest document that is accepted."""

DAMAGED = "attachment.damaged"

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"})
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_PDF_WITHIN = 1024
_RIFF_HEAD = 12
_LINE_ENDS, _LINE_ENDS_WITHIN = b"\r\n", 8


class MediaType(StrEnum):
    """The media type of a format that can be sanitised and rendered."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    TIFF = "image/tiff"
    PDF = "application/pdf"

    @property
    def extension(self) -> str:
        """Return the usual end of a file name, with its dot."""
        return {"image/jpeg": ".jpg", "image/tiff": ".tif"}.get(self.value, f".{self.value.rpartition('/')[2]}")


_MAGIC = (
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"II*\0", MediaType.TIFF),
    (b"MM\0*", MediaType.TIFF),
)


def detect_media_type(data: bytes) -> MediaType:
    """Return the media type of `data`, from its magic bytes.

    Raises UserError `attachment.empty`, `attachment.too_large`, `attachment.heic`, `attachment.office` (a text
    document) or `attachment.kind_unknown`.
    """
    if not data:
        raise UserError("attachment.empty")
    if len(data) > LARGEST_ATTACHMENT:
        raise UserError("attachment.too_large")
    kind = _picture(data) or (MediaType.PDF if b"%PDF-" in data[:_PDF_WITHIN] else None)
    if kind is None:
        raise UserError(_refusal(data))
    return kind


def require_pixels(width: int, height: int, most: int = MOST_PIXELS) -> None:
    """Raise UserError `attachment.too_many_pixels` above `most`, `attachment.damaged` for a picture of no size."""
    if width < 1 or height < 1:
        raise UserError(DAMAGED)
    if width * height > most:
        raise UserError("attachment.too_many_pixels")


def require_pages(count: int) -> None:
    """Raise UserError `attachment.too_many_pages` above the limit, `attachment.damaged` for none."""
    if count < 1:
        raise UserError(DAMAGED)
    if count > MOST_PAGES:
        raise UserError("attachment.too_many_pages")


def _picture(data: bytes) -> MediaType | None:
    if data[:_LINE_ENDS_WITHIN].lstrip(_LINE_ENDS).startswith(_MAGIC[0][0]):
        return MediaType.JPEG
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    return MediaType.WEBP if data[:4] == b"RIFF" and data[8:_RIFF_HEAD] == b"WEBP" else None


def _refusal(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return "attachment.heic"
    return "attachment.office" if data.startswith(_OFFICE) else "attachment.kind_unknown"
