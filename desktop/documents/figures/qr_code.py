"""QR codes."""

from desktop.documents.figures.canvas import MM
from desktop.documents.figures.palette import INK, WHITE

_QUIET = 4
"""Modules of empty border that readers need (ISO/IEC 18004)."""


def draw_code(text: str, size_mm: float = 20) -> str:
    """Return a QR code of `text` as SVG, `size_mm` wide with its quiet zone, error correction level M.

    One path, a module of the code being its unit; rows overlap a little, or a viewer shows a hair between them.
    """
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    count = code.getModuleCount()
    side, whole = size_mm * MM, count + 2 * _QUIET
    dark = "".join(
        f"M{start + _QUIET} {row + _QUIET}h{length}v1.02h-{length}z"
        for row in range(count)
        for start, length in _runs([bool(code.isDark(row, column)) for column in range(count)])
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side:.2f}pt" height="{side:.2f}pt" '
        f'viewBox="0 0 {whole} {whole}"><rect width="{whole}" height="{whole}" fill="{WHITE}"/>'
        f'<path d="{dark}" fill="{INK}"/></svg>'
    )


def _runs(cells: list[bool]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number, dark in enumerate(cells):
        if dark and found and found[-1][0] + found[-1][1] == number:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((number, 1))
    return found
