"""Draws shapes with ReportLab and writes SVG that typst and Qt show alike.

ReportLab's own SVG text is not used: it anchors by unshaped widths, which is wrong for Arabic, and names a font where
SVG wants a family. Text is written here as `<text>` with `text-anchor`, and shaped by whoever shows the figure.
Lengths are in points; y grows downwards, from the top of the figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from math import ceil
from typing import Literal

from desktop.documents.figures.palette import INK, PRINT_COLOURS, WHITE
from desktop.documents.script_styles import SCRIPTS, families
from desktop.i18n.languages import Script
from desktop.kernel.resources import asset_directory

MM = 72 / 25.4
"""Points in a millimetre."""

_PERCENT = re.compile(r"rgb\([0-9]+%,[0-9]+%,[0-9]+%\)")
"""ReportLab rounds colours to whole per cent."""

Pattern = Literal["solid", "hatch", "dots", "dashed"]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class ShapeStyle:
    """How a box looks: its fill, its pattern over it, its outline."""

    fill: str | None
    pattern: Pattern = "solid"
    stroke: str | None = INK
    text: str = INK
    width: float = 0.8


@dataclass(slots=True)
class Canvas:
    """One figure of `width` by `height` points. Shapes go in first, words on top."""

    width: float
    height: float
    _shapes: list[object] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Round the height up: ReportLab flips around a whole number of points."""
        self.height = float(ceil(self.height))

    def box(self, left: float, top: float, width: float, height: float, ink: ShapeStyle, radius: float = 0) -> None:
        """Draw a rectangle with round corners, its pattern inside it."""
        from reportlab.graphics.shapes import Rect

        dash = [2.4, 2.0] if ink.pattern == "dashed" else None
        self._shapes.append(
            Rect(
                left,
                self.height - top - height,
                width,
                height,
                rx=radius,
                ry=radius,
                fillColor=_colour(ink.fill),
                strokeColor=_colour(ink.stroke),
                strokeWidth=ink.width,
                strokeDashArray=dash,
            )
        )
        if ink.pattern == "hatch":
            self._hatch(left, top, width, height, ink.stroke or INK)
        if ink.pattern == "dots":
            self._dots(left, top, width, height, ink.stroke or INK)

    def patch(self, left: float, top: float, width: float, height: float, fill: str) -> None:
        """Draw a plain patch under words that stand on a pattern."""
        self.box(left, top, width, height, ShapeStyle(fill, stroke=None), radius=2)

    def line(
        self, points: Sequence[tuple[float, float]], colour: str = INK, width: float = 0.8, *, dashed: bool = False
    ) -> None:
        """Draw a line through `points`."""
        from reportlab.graphics.shapes import PolyLine

        self._shapes.append(
            PolyLine(
                self._flip(points),
                strokeColor=_colour(colour),
                strokeWidth=width,
                strokeDashArray=[3, 2] if dashed else None,
            )
        )

    def area(
        self, points: Sequence[tuple[float, float]], fill: str | None, stroke: str | None, width: float = 0.8
    ) -> None:
        """Draw a closed shape through `points`."""
        from reportlab.graphics.shapes import Polygon

        self._shapes.append(
            Polygon(self._flip(points), fillColor=_colour(fill), strokeColor=_colour(stroke), strokeWidth=width)
        )

    def disc(self, x: float, y: float, radius: float, fill: str = INK, stroke: str | None = None) -> None:
        """Draw a disc around (x, y)."""
        from reportlab.graphics.shapes import Circle

        self._shapes.append(
            Circle(x, self.height - y, radius, fillColor=_colour(fill), strokeColor=_colour(stroke), strokeWidth=0.8)
        )

    def diamond(self, x: float, y: float, radius: float) -> None:
        """Draw an open diamond around (x, y)."""
        self.area([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], WHITE, INK, 1)

    def words(  # noqa: PLR0913  # a place, a text and how it looks
        self,
        x: float,
        y: float,
        text: str,
        size: float,
        *,
        script: Script = "Latn",
        bold: bool = False,
        anchor: Anchor = "start",
        colour: str = INK,
    ) -> None:
        """Write one line with its baseline at `y`; `size` is the nominal size, corrected for the script.

        Arabic is one right-to-left isolate: the direction of a line that begins with a Dutch term must not change.
        """
        text = f"\u2067{text}\u2069" if script == "Arab" else text
        weight = ' font-weight="700"' if bold else ""
        fonts, factor = ", ".join(families(script)), SCRIPTS[script].size_factor
        self._texts.append(
            f'<text x="{x:.2f}" y="{y:.2f}" font-family="{fonts}" font-size="{size * factor:.2f}"'
            f'{weight} text-anchor="{anchor}" fill="{colour}">{escape(text)}</text>'
        )

    def svg(self) -> str:
        """Return the figure; the same shapes give the same text."""
        from reportlab.graphics.renderSVG import drawToString
        from reportlab.graphics.shapes import Drawing

        drawing = Drawing(self.width, self.height)
        for shape in self._shapes:
            drawing.add(shape)
        drawn: str = drawToString(drawing)
        inner = drawn[drawn.index('<g id="group"') : drawn.rindex("</svg>")].replace("clip-path: url(#clip)", "")
        inner = _PERCENT.sub(_format_exactly, inner.replace("fill: None", "fill: none"))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:.2f}pt" height="{self.height:.2f}pt" '
            f'viewBox="0 0 {self.width:.2f} {self.height:.2f}">{inner}{"".join(self._texts)}</svg>'
        )

    def _flip(self, points: Sequence[tuple[float, float]]) -> list[float]:
        return [value for x, y in points for value in (x, self.height - y)]

    def _hatch(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        step, inset = 4.5, 0.8
        reach = width + height
        offset = step
        while offset < reach:
            first = (max(left + inset, left + offset - height), min(top + height - inset, top + offset))
            last = (min(left + width - inset, left + offset), max(top + inset, top + offset - width))
            if last[0] > first[0]:
                self.line([(first[0], first[1]), (last[0], last[1])], colour, 0.35)
            offset += step

    def _dots(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        step = 5.0
        rows, columns = int((height - 3) // step) + 1, int((width - 3) // step) + 1
        for row in range(rows):
            for column in range(columns):
                x = left + 2.5 + column * step + (step / 2 if row % 2 else 0)
                if x < left + width - 1.5:
                    self.disc(x, top + 2.5 + row * step, 0.5, colour)


def text_width(text: str, size: float, *, script: Script = "Latn", bold: bool = False) -> float:
    """Return the width of `text` in points, as unshaped letters: exact but for Arabic, where it is an upper bound."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, _font(script, bold=bold), size * SCRIPTS[script].size_factor))


def wrapped(text: str, width: float, size: float, *, script: Script = "Latn", bold: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` points; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, script=script, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(script: Script, *, bold: bool) -> str:
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"{SCRIPTS[script].file}-{'Bold' if bold else 'Regular'}"
    registerFont(TTFont(name, asset_directory("fonts") / f"{name}.ttf"))
    return name


@cache
def _by_percent() -> dict[str, str]:
    from reportlab.lib.colors import HexColor

    found = {}
    for name in PRINT_COLOURS:
        colour = HexColor(name)
        found[f"rgb({colour.red * 100:.0f}%,{colour.green * 100:.0f}%,{colour.blue * 100:.0f}%)"] = name
    return found


def _format_exactly(match: re.Match[str]) -> str:
    return _by_percent().get(match.group(0), match.group(0))


def _colour(value: str | None) -> object:
    from reportlab.lib.colors import HexColor

    return None if value is None else HexColor(value)
