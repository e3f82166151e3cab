"""The year of a route: one box per real week, lessons numbered, holidays dashed, change moments and talks marked."""

from collections.abc import Sequence
from datetime import date, timedelta

from desktop.documents.figures.canvas import MM, Canvas, ShapeStyle
from desktop.documents.figures.figure_text import FigureText, FigureTextStyle, lines, stack
from desktop.documents.figures.palette import APRICOT, INK, LINE, PETROL, PETROL_LIGHT, RUST, SOFT, WHITE
from desktop.plan.model.support_plan import ModuleSpan, Year, YearWeek

WIDTH = 174 * MM
_HEAD = 15 * MM
_BOX = 12 * MM
_MARKS = 8 * MM
_MONTHS = 6 * MM
_WIDEST = 3.6 * MM

INKS: tuple[ShapeStyle, ...] = (
    ShapeStyle(PETROL, text=WHITE),
    ShapeStyle(PETROL_LIGHT),
    ShapeStyle(APRICOT, "hatch", RUST),
    ShapeStyle(WHITE, "dots", PETROL),
)
"""How the modules are told apart, by lightness and pattern; a fifth starts again."""
_HOLIDAY = ShapeStyle(WHITE, "dashed", LINE, width=0.5)
_NUMBERED = 5


def draw_year(year: Year, modules: Sequence[tuple[FigureText, FigureText]], months: Sequence[str]) -> str:
    """Return the year as SVG, 174 mm wide; `modules` are names and notes, `months` the twelve short Dutch names."""
    canvas = Canvas(WIDTH, _HEAD + _BOX + _MARKS + _MONTHS)
    step = min((WIDTH - 1) / max(1, len(year.weeks)), _WIDEST)
    for number, week in enumerate(year.weeks):
        _week(canvas, number * step, step, week)
    starts = [_column(year, span.first) * step for span in year.modules]
    for number, (span, texts) in enumerate(zip(year.modules, modules, strict=True)):
        end = starts[number + 1] if number + 1 < len(starts) else WIDTH
        _module(canvas, starts[number], end - starts[number], span, texts)
    for day in year.change_moments:
        x = (_column(year, day) + 1) * step
        canvas.line([(x, _HEAD - 3), (x, _HEAD + _BOX + 1)], dashed=True)
        canvas.diamond(x, _HEAD + _BOX + 4 * MM, 5)
    for day in year.talks:
        canvas.disc((_column(year, day) + 0.5) * step, _HEAD + _BOX + 4 * MM, 4)
    _months(canvas, year, step, months)
    return canvas.svg()


def _week(canvas: Canvas, left: float, step: float, week: YearWeek) -> None:
    if not week.lesson:
        canvas.box(left + 0.3, _HEAD, step - 0.6, _BOX, _HOLIDAY)
        return
    ink = INKS[(max(week.module, 1) - 1) % len(INKS)]
    canvas.box(left + 0.4, _HEAD, step, _BOX, ink)
    if week.lesson == 1 or week.lesson % _NUMBERED == 0:
        if ink.pattern != "solid":
            canvas.patch(left + 0.6, _HEAD + _BOX - 10, step - 1.2, 9.2, ink.fill or WHITE)
        canvas.words(
            left + step / 2, _HEAD + _BOX - 3, str(week.lesson), 7.3, bold=True, anchor="middle", colour=ink.text
        )


def _module(canvas: Canvas, left: float, width: float, span: ModuleSpan, texts: tuple[FigureText, FigureText]) -> None:
    name, note = texts
    style = FigureTextStyle(8.8, anchor="start", most_lines=1)
    numbered = FigureText(f"{span.number}. {name.dutch}", name.other, name.script)
    found = (
        lines(numbered, width - 4, style)[:2]
        + lines(FigureText(note.dutch, "", note.script), width - 4, FigureTextStyle(8, bold=False))[:1]
    )
    stack(canvas, left + 1, _HEAD / 2 - 2, found, FigureTextStyle(8.6, SOFT if not found else INK, anchor="start"))


def _months(canvas: Canvas, year: Year, step: float, months: Sequence[str]) -> None:
    top = _HEAD + _BOX + _MARKS
    for number, week in enumerate(year.weeks):
        first = number == 0 or week.monday.month != year.weeks[number - 1].monday.month
        if first:
            canvas.line([(number * step, top), (number * step, top + 10)])
            canvas.words(number * step + 3, top + 9, months[week.monday.month - 1], 8.2)


def _column(year: Year, day: date) -> int:
    monday = day - timedelta(days=day.weekday())
    for number, week in enumerate(year.weeks):
        if week.monday >= monday:
            return number
    return len(year.weeks) - 1
