"""Render sanitised images and PDF pages to RGB bytes, and make thumbnails, in memory. Slow: off the screen thread.

PDFium is not safe on two threads at once: call from one thread only.
"""

import struct
import zlib
from dataclasses import dataclass
from io import BytesIO

from desktop.media.media_types import DAMAGED, MOST_PIXELS, MediaType
from protocol.errors import UserError

THUMBNAIL_SIDE = 192
_MOST_ZOOM = 4.0
_QUALITY = 80
_BROKEN = (
    *(OSError, EOFError, ValueError, SyntaxError, ArithmeticError, LookupError, RuntimeError, TypeError),
    *(AttributeError, MemoryError, struct.error, zlib.error),
)
"""Everything that the decoders are known to raise for content that is not what it says."""

_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG", MediaType.WEBP: "WEBP", MediaType.TIFF: "TIFF"}


@dataclass(frozen=True, slots=True, repr=False)
class RenderedPage:
    """A page in pixels: `rgb` has three bytes per pixel, rows from the top without padding. `pages` is how many."""

    width: int
    height: int
    rgb: bytes
    pages: int


def render(data: bytes, kind: MediaType, page: int = 0, side: int = 2000) -> RenderedPage:
    """Return `page` (from 0), at most `side` pixels wide and high, upright. Raises UserError `attachment.damaged`.

    `data` must have come through `clean`, which bounds its pixels and pages.
    """
    try:
        return _pdf_page(data, page, side) if kind is MediaType.PDF else _picture(data, kind, page, side)
    except _BROKEN as error:
        raise UserError(DAMAGED) from error


def thumbnail(picture: RenderedPage) -> bytes:
    """Return a JPEG of at most `THUMBNAIL_SIDE` pixels on either side, without metadata."""
    from PIL import Image

    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    out = BytesIO()
    image.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _picture(data: bytes, kind: MediaType, page: int, side: int) -> RenderedPage:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # `clean` has counted them already, by its own measure
    with Image.open(BytesIO(data), formats=[_FORMATS[kind]]) as image:
        pages = getattr(image, "n_frames", 1)
        image.seek(page)
        image.draft("RGB", _draft_size(image.size, side))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((side, side))
        flat = Image.new("RGB", upright.size, "white")
        alpha = upright.convert("RGBA") if upright.has_transparency_data else None
        flat.paste(alpha or upright.convert("RGB"), mask=alpha)
        return RenderedPage(flat.width, flat.height, flat.tobytes(), pages)


def _draft_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Return at which size to unpack a JPEG: no less than `side` needs, and at most `MOST_PIXELS`.

    Decoders halve as often as that leaves both sides at least this long.
    """
    most = 1 / 2 if size[0] * size[1] > MOST_PIXELS else 1
    part = min(side / max(size), most)
    return max(1, int(size[0] * part)), max(1, int(size[1] * part))


def _pdf_page(data: bytes, page: int, side: int) -> RenderedPage:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        pages = len(document)
        sheet = document[page]
        width, height = sheet.get_size()
        zoom = min(side / max(width, height, 1.0), _MOST_ZOOM)
        bitmap = sheet.render(scale=zoom, rev_byteorder=True)
        image = bitmap.to_pil().convert("RGB")
        return RenderedPage(image.width, image.height, image.tobytes(), pages)
    finally:
        document.close()
