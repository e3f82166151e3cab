"""Rich text for Qt out of plain or styled text. Every character of the text itself is escaped: no markup gets in."""

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from desktop.ui.design.tokens import Palette, TypeSize

if TYPE_CHECKING:  # the first page does not wait for the form engine
    from desktop.forms.document.styling import StyledText, TextLine, TextSpan

HEADINGS = {1: 1.25, 2: 1.15, 3: 1.08}
"""How much larger than its text a heading is set, by level; a lower one is only bold."""

_READABLE = 4.5
_NUMBER = re.compile(r"(?<![\u2066\w])[+]?[0-9][0-9]*(?:[ /.-][0-9]+)+")
"""A number of several parts: of a telephone, a date, an amount."""

_GROUNDS = ("paper", "surface", "surface_2")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: its size, direction ("ltr", "rtl") and alignment, the weight and script of its font.

    A colour of a form is used where it keeps a contrast of 4.5 with every ground of `palette` (WCAG 2.2, 1.4.3).
    """

    size: TypeSize
    direction: str
    align: str
    bold: bool
    latin: bool
    palette: Palette


def rich_text(text: str, styled: "StyledText", look: TextStyle) -> str:
    """Return the markup of `styled`, or of `text` where nothing is styled."""
    if not styled:
        text = numbers_apart(text) if look.direction == "rtl" else text
        return _block(html.escape(text).replace("\n", "<br>"), look, look.align, 1.0)
    stands_out = look.bold and any(piece.bold for line in styled for piece in line.pieces)
    return "".join(_line(line, look, plain_weight=stands_out) for line in styled)


def numbers_apart(text: str) -> str:
    """Return `text`, written from right to left, with each number of several parts kept in its own order.

    Without it 06 12345678 is shown as 12345678 06 (Unicode bidirectional algorithm, UAX #9, section 2.4).
    """
    return _NUMBER.sub(lambda found: f"\u2066{found[0]}\u2069", text)


def _line(line: "TextLine", look: TextStyle, *, plain_weight: bool) -> str:
    factor = HEADINGS.get(line.heading, 1.0)
    body = "".join(_piece(piece, look, plain_weight=plain_weight and not line.heading) for piece in line.pieces)
    if line.heading:
        body = f'<span style="font-size:{round(look.size.size * factor)}px; font-weight:700">{body}</span>'
    return _block(body or "<br>", look, line.align or look.align, factor)


def _block(body: str, look: TextStyle, align: str, factor: float) -> str:
    style = f"line-height:{round(look.size.leading * factor)}px; -qt-line-height-type:fixed"
    return f'<div dir="{look.direction}" align="{align}" style="{style}">{body}</div>'


def _piece(piece: "TextSpan", look: TextStyle, *, plain_weight: bool) -> str:
    """Return one piece. Where all is bold already, what is not steps back; scripts without italics are underlined."""
    text = numbers_apart(piece.text) if look.direction == "rtl" else piece.text
    body = html.escape(text).replace("\n", "<br>")
    if piece.italic or piece.link:
        mark = "i" if look.latin and not piece.link else "u"
        body = f"<{mark}>{body}</{mark}>"
    if piece.link and piece.link != piece.text:
        body += f" (\u2066{html.escape(piece.link)}\u2069)"
    style = "font-weight:700" if piece.bold else ("font-weight:400" if plain_weight else "")
    if piece.colour and is_readable(piece.colour, look.palette):
        style = f"{style}; color:{QColor(piece.colour).name()}".removeprefix("; ")
    return f'<span style="{style}">{body}</span>' if style else body


def is_readable(colour: str, palette: Palette) -> bool:
    """Tell whether `colour` is one that Qt knows and that can be read on every ground of `palette`."""
    given = QColor.fromString(colour)
    return given.isValid() and all(
        contrast(given, QColor(getattr(palette, ground))) >= _READABLE for ground in _GROUNDS
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    return 0.2126 * _linear(colour.redF()) + 0.7152 * _linear(colour.greenF()) + 0.0722 * _linear(colour.blueF())


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  # sRGB
