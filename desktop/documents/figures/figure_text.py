"""Words in a figure: Dutch, and the person's language under or beside it."""

from dataclasses import dataclass

from desktop.documents.figures.canvas import Anchor, Canvas, wrapped
from desktop.documents.figures.palette import INK
from desktop.documents.script_styles import SCRIPTS
from desktop.i18n.languages import Script


@dataclass(frozen=True, slots=True)
class FigureText:
    """A text in Dutch and in the person's language; `other` is blank when they are the same or not translated."""

    dutch: str
    other: str
    script: Script


@dataclass(frozen=True, slots=True)
class FigureTextStyle:
    """Nominal size in points, colour, weight of the Dutch line, and where the lines hang."""

    size: float
    colour: str = INK
    bold: bool = True
    anchor: Anchor = "middle"
    most_lines: int = 2


def lines(words: FigureText, width: float, style: FigureTextStyle) -> list[tuple[str, Script, bool]]:
    """Return the lines of `words` within `width` points: text, script, bold."""
    dutch = wrapped(words.dutch, width, style.size, bold=style.bold)[: style.most_lines]
    other = wrapped(words.other, width, style.size, script=words.script)[: style.most_lines] if words.other else []
    return [(text, "Latn", style.bold) for text in dutch] + [(text, words.script, False) for text in other]


def height(found: list[tuple[str, Script, bool]], size: float) -> float:
    """Return the height of `found` in points."""
    return sum(size * SCRIPTS[script].figure_pitch for _text, script, _bold in found)


def stack(
    canvas: Canvas, x: float, middle: float, found: list[tuple[str, Script, bool]], style: FigureTextStyle
) -> None:
    """Write `found` under each other, centred on the height `middle`."""
    top = middle - height(found, style.size) / 2
    for text, script, bold in found:
        pitch = style.size * SCRIPTS[script].figure_pitch
        baseline = top + pitch / 2 + style.size * (0.36 if script == "Latn" else 0.34 * SCRIPTS[script].size_factor)
        canvas.words(x, baseline, text, style.size, script=script, bold=bold, anchor=style.anchor, colour=style.colour)
        top += pitch
