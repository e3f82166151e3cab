"""The self-reliance web: one axis per domain, 1 to 5; now a line with discs, the target dashed with open squares."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from desktop.documents.figures.canvas import MM, Canvas
from desktop.documents.figures.palette import INK, LINE, MIST, PETROL, PETROL_LIGHT, RUST, SOFT, WHITE

WIDTH = 83 * MM
HEIGHT = 58 * MM
_HIGHEST = 5
_RADIUS = 19.5 * MM
_CENTRE = (WIDTH / 2 - 1.5 * MM, 26.5 * MM)
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Axis:
    """One domain: its Dutch name, the score now, and the target (0: none)."""

    label: str
    now: int
    target: int


def draw_web(axes: Sequence[Axis], now: str, target: str) -> str:
    """Return the web as SVG, 83 mm wide, with the legend `now` and, where there are targets, `target`.

    With fewer than three axes there is no web: the result is an empty string, and the words beside it tell all.
    """
    if len(axes) < _FEWEST:
        return ""
    canvas = Canvas(WIDTH, HEIGHT)
    canvas.area(_ring(axes, lambda _axis: _HIGHEST), MIST, LINE, 0.5)
    for number in range(len(axes)):
        canvas.line([_CENTRE, _point(number, len(axes), _HIGHEST)], LINE, 0.4)
    inner = _ring(axes, lambda axis: axis.now)
    canvas.area(inner, PETROL_LIGHT, PETROL, 1.6)
    for x, y in inner:
        canvas.disc(x, y, 2.4, PETROL)
    aims = [(number, axis.target) for number, axis in enumerate(axes) if axis.target]
    if aims:
        points = [_point(number, len(axes), aim) for number, aim in aims]
        canvas.line([*points, points[0]], RUST, 1.2, dashed=True)
        for x, y in points:
            canvas.area([(x - 2.2, y - 2.2), (x + 2.2, y - 2.2), (x + 2.2, y + 2.2), (x - 2.2, y + 2.2)], WHITE, RUST)
    for level in (1, 3, 5):
        canvas.words(_CENTRE[0] + 3, _point(0, len(axes), level)[1] + 3, str(level), 8, colour=SOFT)
    for number, axis in enumerate(axes):
        _label(canvas, number, len(axes), axis)
    _legend(canvas, now, target if aims else "")
    return canvas.svg()


def _ring(axes: Sequence[Axis], level: Callable[[Axis], int]) -> list[tuple[float, float]]:
    return [_point(number, len(axes), level(axis)) for number, axis in enumerate(axes)]


def _point(number: int, count: int, level: float) -> tuple[float, float]:
    angle = 2 * pi * number / count
    distance = _RADIUS * level / _HIGHEST
    return _CENTRE[0] + distance * sin(angle), _CENTRE[1] - distance * cos(angle)


def _label(canvas: Canvas, number: int, count: int, axis: Axis) -> None:
    angle = 2 * pi * number / count
    x, y = _point(number, count, _HIGHEST)
    side = sin(angle)
    text = f"{axis.label} {axis.now}"
    if abs(side) < 0.1:  # noqa: PLR2004  # straight up or down
        canvas.words(x, y - 4 if cos(angle) > 0 else y + 10, text, 8.6, anchor="middle")
    else:
        canvas.words(
            x + (4 if side > 0 else -4), y + 3 - 3 * cos(angle), text, 8.6, anchor="start" if side > 0 else "end"
        )


def _legend(canvas: Canvas, now: str, target: str) -> None:
    y = HEIGHT - 8
    canvas.line([(2, y), (18, y)], PETROL, 1.6)
    canvas.disc(10, y, 2.4, PETROL)
    canvas.words(22, y + 3, now, 8.4)
    if target:
        left = WIDTH / 2 + 4
        canvas.line([(left, y), (left + 16, y)], RUST, 1.2, dashed=True)
        canvas.area(
            [(left + 6, y - 2.2), (left + 10.4, y - 2.2), (left + 10.4, y + 2.2), (left + 6, y + 2.2)], WHITE, RUST
        )
        canvas.words(left + 20, y + 3, target, 8.4, colour=INK)
