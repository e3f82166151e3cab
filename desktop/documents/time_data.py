"""The week and the year of a plan as figures, with alternative texts that tell all of it."""

from collections.abc import Sequence

from desktop.documents.bilingual import Bilingual
from desktop.documents.figures.canvas import Canvas
from desktop.documents.figures.figure_text import FigureText
from desktop.documents.figures.week import CareBox, CareRow, WeekBox, WeekRow, draw_week
from desktop.documents.figures.year import INKS, draw_year
from desktop.documents.texts import DUTCH, PLAN
from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.derive.timetable import PARTS
from desktop.plan.model.support_plan import ChildWeek, Part, SupportPlan, Year
from desktop.plan.model.topics import DAYS

_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def week_data(plan: SupportPlan, both: Bilingual) -> dict[str, object] | None:
    """Return the week, None while no route is proposed."""
    if plan.region_route is None:
        return None
    rows = [_row(plan, part, time, both) for part, time in zip(PARTS, plan.times, strict=True)]
    care = [_care(child, part, both) for child in plan.children for part in PARTS]
    title = both.pair(PLAN["week_from"], datum=format_date(plan.start)) if plan.start else both.pair(PLAN["week"])
    return {
        "title": title,
        "svg": draw_week([both.words(day) for day in DAYS], rows, care),
        "alt": _week_alt(plan),
    }


def _row(plan: SupportPlan, part: Part, time: str, both: Bilingual) -> WeekRow:
    boxes = tuple(WeekBox(item.kind, both.words(item.label)) for item in plan.week if item.part == part)
    return WeekRow(both.words(PLAN[part]), time, boxes)


def _care(child: ChildWeek, part: Part, both: Bilingual) -> CareRow:
    name = both.words(PLAN[part])
    boxes = tuple(CareBox(item.kind, both.words(item.label)) for item in child.half_days if item.part == part)
    return CareRow(FigureText(f"{child.name}, {name.dutch}", name.other, name.script), boxes)


def _week_alt(plan: SupportPlan) -> str:
    own = [(item.day, item.part, item.label.dutch) for item in plan.week]
    sentences = [f"{PLAN['week']}. {_by_day(own)}"]
    sentences += [
        f"{child.name}: {_by_day([(item.day, item.part, item.label.dutch) for item in child.half_days])}"
        for child in plan.children
    ]
    return " ".join(sentences)


def _by_day(half_days: Sequence[tuple[int, Part, str]]) -> str:
    days = []
    for number, day in enumerate(DAYS):
        parts = [f"{PLAN[part]} {label}" for at, part, label in half_days if at == number]
        days.append(f"{day} {', '.join(parts)}")
    return f"{'; '.join(days)}."


def year_data(plan: SupportPlan, both: Bilingual) -> dict[str, object] | None:
    """Return the year, None while the route has no start date."""
    if plan.year is None:
        return None
    year = plan.year
    modules = [(both.words(span.label), both.words(span.note)) for span in year.modules]
    lessons = sum(1 for week in year.weeks if week.lesson)
    return {
        "title": both.pair(PLAN["year"], weken=str(lessons)),
        "svg": draw_year(year, modules, _MONTHS),
        "alt": _year_alt(year, lessons),
        "legend": _legend(both),
        "closed": _list_closed_days(year),
    }


def _year_alt(year: Year, lessons: int) -> str:
    sentences = [PLAN["year"].replace("${weken}", str(lessons)) + f", {DUTCH['from']} {format_date(year.start)}."]
    sentences += [
        f"{span.number}. {span.label.dutch} ({span.note.dutch}): {format_date(span.first)} – {format_date(span.last)}."
        for span in year.modules
    ]
    sentences += (
        [f"{PLAN['may_change']}: {', '.join(map(format_date, year.change_moments))}."] if year.change_moments else []
    )
    sentences += [f"{PLAN['talk']}: {', '.join(map(format_date, year.talks))}."] if year.talks else []
    holidays = dict.fromkeys(week.holiday.dutch for week in year.weeks if not week.lesson)
    sentences += [f"{N_('Vakantie: geen les')}: {', '.join(holidays)}."] if holidays else []
    return " ".join(sentences)


def _list_closed_days(year: Year) -> str:
    days = ", ".join(f"{format_date(closed.day)} ({closed.name.dutch})" for closed in year.closed_days)
    return f"{PLAN['closed']} {days}." if days else ""


def _legend(both: Bilingual) -> list[dict[str, object]]:
    diamond, disc, holiday = Canvas(14, 14), Canvas(14, 14), Canvas(14, 14)
    diamond.diamond(7, 7, 5.5)
    disc.disc(7, 7, 5)
    holiday.box(3, 1, 8, 12, INKS[3].__class__("#FFFFFF", "dashed", "#7B8A93"))
    return [
        {"svg": canvas.svg(), "text": both.pair(PLAN[key])}
        for canvas, key in ((diamond, "may_change"), (disc, "talk"), (holiday, "holiday"))
    ]
