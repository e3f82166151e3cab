"""What the law asks or allows now, each with its day and its article. Pure; a possibility is never said as a verdict.

Sources: Wet inburgering 2021 art. 11, 12 and 17; Besluit inburgering 2021 art. 3.1 (participation statement), 3.2
(MAP), 3.14 (self-reliance route), 4.4 and 4.5 (extension), 5.3 (number of talks), 5.4 (change of route), 5.5 (A2 in the
B1 route).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.model.plan_text import PlanText
from desktop.plan.progress.entries import bodies
from desktop.plan.progress.progress import HoursBar, HoursKind, Progress, ProgressNotice
from desktop.records import MilestoneRecorded
from desktop.records.events.progress_bodies import MilestoneName

COURSE_HOURS = 600
"""Hours of lessons in the B1-route after which a part may be done at A2 (Besluit 5.5)."""
SOON = timedelta(days=60)
"""How long before a last day it is told; ours, not the law's."""
NEAR_END = timedelta(days=183)
"""How long before the end of the term it is told in routes without an extension."""

_LANGUAGE_PARTS = frozenset({"LE", "LU", "SC", "SP"})
_EXTENSION_PARTS = 2
_MINUTES = 60

TALK = N_("Er is nog geen volgend gesprek over de voortgang gepland. Het plan noemt ${aantal} gesprekken.")
ROUTE_CHANGE = N_("Wisselen van route kan tot en met ${datum}. In een bijzonder geval mag het later.")
PVT = N_("De uren voor de participatieverklaring (PVT) zijn gevolgd. De verklaring is nog niet getekend.")
MAP = N_("De uren voor werk en meedoen (MAP) zijn gevolgd. Het eindgesprek is nog niet geweest.")
Z_TALK = N_("De uren van de Z-route zijn gevolgd. Het eindgesprek met de gemeente is nog niet geweest.")
DOWNSCALE = N_(
    "Er zijn ${uren} uur les gevolgd. Vanaf 600 uur mag de gemeente een onderdeel op A2 zetten, "
    "als u genoeg uw best hebt gedaan."
)
EXTENSION = N_("De termijn eindigt op ${datum}. Vraag nu zes maanden verlenging aan bij DUO: dat kan.")
EXTENSION_LACKS = N_(
    "De termijn eindigt op ${datum}. Verlenging kan nu gevraagd worden, als alle lessen, de PVT en de MAP klaar zijn "
    "en KNM en twee onderdelen van de taal zijn gehaald."
)
TERM_END = N_("De termijn eindigt op ${datum}.")


def notices(progress: Progress) -> Progress:
    """Return `progress` with what the law asks or allows on its day."""
    return replace(progress, notices=tuple(_all(progress)))


def _all(progress: Progress) -> Iterator[ProgressNotice]:
    yield from _talk(progress)
    yield from _closing(progress)
    yield from _downscale(progress)
    yield from _last_days(progress)


def _talk(progress: Progress) -> Iterator[ProgressNotice]:
    talks = progress.talks
    if talks.agreed > len(talks.held) and talks.next is None:
        text = PlanText(TALK, (("aantal", str(talks.agreed)),))
        yield ProgressNotice("talk", text, "Besluit inburgering 2021, art. 5.3 lid 4")


def _closing(progress: Progress) -> Iterator[ProgressNotice]:
    pvt, labour = _bar(progress, "pvt"), _bar(progress, "map")
    if pvt is not None and _is_full(pvt) and pvt.closed is None:
        yield ProgressNotice("pvt", PlanText(PVT), "Besluit inburgering 2021, art. 3.1")
    if labour is not None and labour.of and _is_full(labour) and labour.closed is None:
        yield ProgressNotice("map", PlanText(MAP), "Besluit inburgering 2021, art. 3.2")
    asked = [each for kind in ("lessons", "activities") if (each := _bar(progress, kind)) is not None]
    if progress.route == "Z" and all(map(_is_full, asked)) and not _reached(progress, "z_talk"):
        yield ProgressNotice("z_talk", PlanText(Z_TALK), "Besluit inburgering 2021, art. 3.14")


def _downscale(progress: Progress) -> Iterator[ProgressNotice]:
    lessons = _bar(progress, "language")
    to_b1 = any(line.goal == "b1" for line in progress.levels)
    open_parts = any(line.state in {"not_yet", "registered", "again"} for line in progress.exams)
    if progress.route == "B1" and to_b1 and open_parts and lessons is not None:
        hours = lessons.minutes // _MINUTES
        if hours >= COURSE_HOURS:
            text = PlanText(DOWNSCALE, (("uren", str(hours)),))
            yield ProgressNotice(
                "downscale", text, "Wet inburgering 2021, art. 17 lid 3; Besluit inburgering 2021, art. 5.5"
            )


def _last_days(progress: Progress) -> Iterator[ProgressNotice]:
    change, opens, end = (progress.legal_date(key) for key in ("route_change", "extension", "term_end"))
    if change is not None and change - SOON <= progress.today <= change:
        article = "Wet inburgering 2021, art. 17 lid 2; Besluit inburgering 2021, art. 5.4"
        yield ProgressNotice("route_change", _until(ROUTE_CHANGE, change), article, change)
    if end is None or opens is None or progress.today > end or not _left(progress):
        return
    if progress.route == "B1" and progress.today >= opens:
        text = EXTENSION if _may_extend(progress) else EXTENSION_LACKS
        yield ProgressNotice("extension", _until(text, end), "Besluit inburgering 2021, art. 4.4 en 4.5", end)
    elif progress.route != "B1" and end - NEAR_END <= progress.today:
        yield ProgressNotice("term_end", _until(TERM_END, end), "Wet inburgering 2021, art. 11", end)


def _left(progress: Progress) -> bool:
    """Tell whether something of the duty is still to be done."""
    if progress.route == "Z":
        return not _reached(progress, "z_talk")
    return any(line.state not in {"passed", "exempt"} for line in progress.exams)


def _may_extend(progress: Progress) -> bool:
    """Tell whether the conditions of the extension are met, as far as the record tells (Besluit 4.4)."""
    ready = {line.part for line in progress.exams if line.state in {"passed", "exempt"}}
    closed = _reached(progress, "pvt_signed") and _reached(progress, "map_talk")
    lessons = _bar(progress, "language")
    followed = lessons is not None and bool(lessons.of) and _is_full(lessons)
    return closed and followed and "KNM" in ready and len(ready & _LANGUAGE_PARTS) >= _EXTENSION_PARTS


def _bar(progress: Progress, kind: HoursKind) -> HoursBar | None:
    return next((bar for bar in progress.hours if bar.kind == kind), None)


def _is_full(bar: HoursBar) -> bool:
    return bar.minutes >= bar.of * _MINUTES


def _reached(progress: Progress, name: MilestoneName) -> bool:
    return any(each.milestone == name for each in bodies(progress.entries, MilestoneRecorded))


def _until(text: str, day: date) -> PlanText:
    return PlanText(text, (("datum", format_date(day)),))
