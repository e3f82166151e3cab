"""The week as a timetable: two rows of half-days by five days, and below it each child's week in the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.documents.figures.canvas import MM, Canvas, ShapeStyle, text_width
from desktop.documents.figures.figure_text import FigureText, FigureTextStyle, height, lines, stack
from desktop.documents.figures.palette import APRICOT, INK, LINE, MIST, PETROL, PETROL_LIGHT, RUST, SOFT, WHITE
from desktop.plan.model.support_plan import CareKind, HalfDayKind

WIDTH = 174 * MM
_LABELS = 33.8 * MM
_GAP = 1.3 * MM
_BOX = (WIDTH - 1 - _LABELS - 5 * _GAP) / 5
_HEAD = 11.5 * MM
_HALF_DAY = 18.8 * MM
_CHILD = 8.4 * MM
_RADIUS = 3.0

INKS: dict[HalfDayKind, ShapeStyle] = {
    "language": ShapeStyle(PETROL, text=WHITE),
    "participation": ShapeStyle(PETROL_LIGHT),
    "work": ShapeStyle(APRICOT, "hatch", RUST),
    "own": ShapeStyle(WHITE, "dots", PETROL),
    "free": ShapeStyle(WHITE, "dashed", LINE, SOFT),
    "blocked": ShapeStyle(MIST, "hatch", LINE),
}
_CARE_INKS: dict[CareKind, ShapeStyle] = {
    "vve": ShapeStyle(PETROL_LIGHT),
    "school": ShapeStyle(PETROL_LIGHT),
    "care": ShapeStyle(MIST),
    "home": ShapeStyle(WHITE, "dashed", LINE),
}


@dataclass(frozen=True, slots=True)
class WeekBox:
    """One half-day as it is drawn."""

    kind: HalfDayKind
    words: FigureText


@dataclass(frozen=True, slots=True)
class CareBox:
    """Where a child is on one half-day."""

    kind: CareKind
    words: FigureText


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One row of half-days from Monday to Friday: what it is called, at what time, and its boxes."""

    label: FigureText
    time: str
    boxes: tuple[WeekBox, ...]


@dataclass(frozen=True, slots=True)
class CareRow:
    """One row of a child's week."""

    label: FigureText
    boxes: tuple[CareBox, ...]


def draw_week(days: Sequence[FigureText], rows: Sequence[WeekRow], children: Sequence[CareRow]) -> str:
    """Return the timetable as SVG, 174 mm wide."""
    total = _HEAD + len(rows) * (_HALF_DAY + _GAP) + (3 * MM if children else 0) + len(children) * (_CHILD + _GAP)
    canvas = Canvas(WIDTH, total)
    for number, day in enumerate(days):
        style = FigureTextStyle(9.6, most_lines=1)
        stack(canvas, _left(number) + _BOX / 2, _HEAD / 2 - 2, lines(day, _BOX, style), style)
    top = _HEAD
    for row in rows:
        _half_days(canvas, top, row)
        top += _HALF_DAY + _GAP
    if children:
        canvas.line([(0, top + 1 * MM), (WIDTH, top + 1 * MM)])
        top += 3 * MM
    for care in children:
        _child(canvas, top, care)
        top += _CHILD + _GAP
    return canvas.svg()


def _left(number: int) -> float:
    return _LABELS + _GAP + number * (_BOX + _GAP)


def _half_days(canvas: Canvas, top: float, row: WeekRow) -> None:
    style = FigureTextStyle(9.3, anchor="start", most_lines=1)
    found = lines(row.label, _LABELS, style)
    middle = top + _HALF_DAY / 2 - (5 if row.time else 0)
    stack(canvas, 0, middle, found, style)
    if row.time:
        canvas.words(0, middle + height(found, 9.3) / 2 + 9.5, row.time, 8.5, colour=SOFT)
    for number, box in enumerate(row.boxes):
        _half_day(canvas, _left(number), top, box)


def _half_day(canvas: Canvas, left: float, top: float, box: WeekBox) -> None:
    ink = INKS[box.kind]
    canvas.box(left, top, _BOX, _HALF_DAY, ink, _RADIUS)
    style = FigureTextStyle(_fitting(box.words.dutch), ink.text, bold=True)
    found = lines(box.words, _BOX - 6, style)
    if ink.pattern in {"hatch", "dots"} and found:
        high = height(found, style.size) + 3
        canvas.patch(left + 1.5, top + (_HALF_DAY - high) / 2, _BOX - 3, high, ink.fill or WHITE)
    stack(canvas, left + _BOX / 2, top + _HALF_DAY / 2, found, style)


def _fitting(text: str) -> float:
    """Return the largest size, from 9.3 down to 8 points, at which the longest word fits in a box."""
    longest = max(text.split() or [""], key=len)
    return next((size for size in (9.3, 8.8, 8.4) if text_width(longest, size, bold=True) <= _BOX - 6), 8.0)


def _child(canvas: Canvas, top: float, row: CareRow) -> None:
    style = FigureTextStyle(8.6, anchor="start", most_lines=1)
    stack(canvas, 0, top + _CHILD / 2, lines(row.label, _LABELS, style), style)
    for number, box in enumerate(row.boxes):
        left = _left(number)
        canvas.box(left, top, _BOX, _CHILD, _CARE_INKS[box.kind], _CHILD / 2)
        _side_by_side(canvas, left + _BOX / 2, top + _CHILD / 2, box.words)


def _side_by_side(canvas: Canvas, middle: float, height_at: float, words: FigureText) -> None:
    size, gap = 8.4, 6.0
    dutch = text_width(words.dutch, size, bold=True)
    other = text_width(words.other, size, script=words.script) if words.other and words.other != words.dutch else 0
    if not other or dutch + gap + other > _BOX - 6:
        canvas.words(middle, height_at + 3, words.dutch, size, bold=True, anchor="middle")
        return
    start = middle - (dutch + gap + other) / 2
    canvas.words(start, height_at + 3, words.dutch, size, bold=True)
    canvas.words(
        start + dutch + gap + other, height_at + 3, words.other, size, script=words.script, anchor="end", colour=INK
    )
