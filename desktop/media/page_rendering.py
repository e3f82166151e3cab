"""Pages of a PDF of our own making, rendered for the screen. Slow: off the screen's thread, and always on the same one.

PDFium is not safe on two threads at once. What came from outside is never opened here but in a process of its own
(`isolated_process`): these bytes were made by `desktop.documents` a moment ago.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class PagePixels:
    """A page as it looks: four bytes per pixel (red, green, blue, unused), rows of `stride` bytes from the top."""

    width: int
    height: int
    stride: int
    data: bytes


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page, in points of 1/72 inch."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(document.get_page_size(number) for number in range(len(document)))
    finally:
        document.close()


def draw_page(pdf: bytes, page: int, width: int) -> PagePixels:
    """Return `page` (from 0), `width` pixels wide."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        scale = width / max(1.0, sheet.get_width())
        bitmap = sheet.render(scale=scale, rev_byteorder=True, force_bitmap_format=pypdfium2.raw.FPDFBitmap_BGRx)
        return PagePixels(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
    finally:
        document.close()
