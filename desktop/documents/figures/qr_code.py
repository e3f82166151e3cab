"""QR codes."""

from desktop.documents.figures.canvas import MM, Canvas, ShapeStyle
from desktop.documents.figures.palette import INK, WHITE

_QUIET = 4
"""Modules of empty border that readers need (ISO/IEC 18004)."""


def draw_code(text: str, size_mm: float = 20) -> str:
    """Return a QR code of `text` as SVG, `size_mm` wide with its quiet zone, error correction level M."""
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    side = size_mm * MM
    cell = side / (count + 2 * _QUIET)
    canvas = Canvas(side, side)
    canvas.box(0, 0, side, side, ShapeStyle(WHITE, stroke=None))
    for row in range(count):
        for start, length in _runs([bool(code.isDark(row, column)) for column in range(count)]):
            left, top = (start + _QUIET) * cell, (row + _QUIET) * cell
            canvas.box(left, top, length * cell, cell * 1.02, ShapeStyle(INK, stroke=None, width=0))
    return canvas.svg()


def _runs(cells: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number, dark in enumerate(cells):
        if dark and found and found[-1][0] + found[-1][1] == number:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((number, 1))
    return found
