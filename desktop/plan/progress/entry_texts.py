"""Each entry as one sentence, in Dutch with the places that a catalogue fills in another language. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.model.plan_text import PlanText, free
from desktop.plan.progress.entries import day_in
from desktop.plan.progress.progress import LEVEL_NAMES
from desktop.records import (
    AbsenceRecorded,
    Body,
    EntryWithdrawn,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)

_MINUTES = 60

HOURS_NAMES: Mapping[str, str] = {
    "lessons": N_("Lessen: taal en KNM"),
    "language": N_("Taalles"),
    "knm": N_("Samenleving (KNM)"),
    "map": N_("Werk en meedoen (MAP)"),
    "pvt": N_("Eerste weken (PVT)"),
    "activities": N_("Meedoen en oefenen"),
}
SKILL_NAMES: Mapping[str, str] = {
    "listening": N_("Luisteren"),
    "speaking": N_("Spreken"),
    "conversation": N_("Gesprekken"),
    "reading": N_("Lezen"),
    "writing": N_("Schrijven"),
}
EXAM_NAMES: Mapping[str, str] = {
    "KNM": N_("Samenleving (KNM)"),
    "LE": N_("Lezen"),
    "LU": N_("Luisteren"),
    "SC": N_("Schrijven"),
    "SP": N_("Spreken"),
}
MILESTONES: Mapping[str, str] = {
    "pvt_signed": N_("Participatieverklaring (PVT) getekend op ${datum}"),
    "map_talk": N_("Eindgesprek van de MAP gehouden op ${datum}"),
    "z_talk": N_("Eindgesprek van de Z-route gehouden op ${datum}"),
}
_TALKS = {
    "planned": N_("Gesprek ${nummer} over de voortgang gepland op ${datum}"),
    "held": N_("Gesprek ${nummer} over de voortgang gehouden op ${datum}"),
    "missed": N_("Gesprek ${nummer} over de voortgang op ${datum} ging niet door"),
}
_MODULES = {
    "started": N_("Module ${module} begonnen op ${datum}"),
    "done": N_("Module ${module} klaar op ${datum}"),
    "not_done": N_("Module ${module} niet klaar op ${datum}"),
    "skipped": N_("Module ${module} overgeslagen op ${datum}"),
    "repeated": N_("Module ${module} nog een keer vanaf ${datum}"),
}
_LEVELS = {
    "test": N_("${vaardigheid}: ${niveau}, toets van ${datum}"),
    "observation": N_("${vaardigheid}: ${niveau}, gezien op ${datum}"),
    "self": N_("${vaardigheid}: ${niveau}, zelf gezegd op ${datum}"),
}
_EXAMS = {
    "registered": N_("Examen ${onderdeel}: aangemeld voor ${datum}"),
    "passed": N_("Examen ${onderdeel}: gehaald op ${datum}"),
    "failed": N_("Examen ${onderdeel}: nog niet gehaald op ${datum}"),
}
_EXEMPTIONS = {
    ("exemption", "asked"): N_("Vrijstelling gevraagd op ${datum}: ${onderdelen}"),
    ("exemption", "granted"): N_("Vrijstelling gekregen op ${datum}: ${onderdelen}"),
    ("exemption", "refused"): N_("Vrijstelling niet gekregen op ${datum}: ${onderdelen}"),
    ("dispensation", "asked"): N_("Ontheffing gevraagd op ${datum}: ${onderdelen}"),
    ("dispensation", "granted"): N_("Ontheffing gekregen op ${datum}: ${onderdelen}"),
    ("dispensation", "refused"): N_("Ontheffing niet gekregen op ${datum}: ${onderdelen}"),
}
_HOURS = N_("${uren} uur ${wat}, van ${van} tot en met ${tot}")
_ABSENT = {
    True: N_("Niet geweest met bericht, vanaf ${datum}. Dagdelen: ${aantal}"),
    False: N_("Niet geweest zonder bericht, vanaf ${datum}. Dagdelen: ${aantal}"),
}
_WHOLE_DUTY = N_("de hele inburgering")
_WITHDRAWN = N_("Telt niet mee. ${reden}")


def sentence_of(body: ProgressBody) -> PlanText:
    """Return what was recorded in one sentence."""
    return _SENTENCES[type(body)](body)


def hours_text(minutes: int) -> str:
    """Return hours as they are written in the Netherlands: whole, or with quarters as a decimal comma."""
    hours, left = divmod(minutes, _MINUTES)
    return str(hours) if not left else f"{minutes / _MINUTES:.2f}".rstrip("0").replace(".", ",")


def _day(text: str) -> str:
    day = day_in(text)
    return text if day is None else format_date(day)


def _talk(body: TalkRecorded) -> PlanText:
    return PlanText(_TALKS[body.state], (("nummer", str(body.number)), ("datum", _day(body.moment))))


def _hours(body: HoursRecorded) -> PlanText:
    values = (("uren", hours_text(body.minutes)), ("wat", PlanText(HOURS_NAMES[body.about])))
    return PlanText(_HOURS, (*values, ("van", _day(body.first)), ("tot", _day(body.last))))


def _absence(body: AbsenceRecorded) -> PlanText:
    return PlanText(_ABSENT[body.notice], (("datum", _day(body.day)), ("aantal", str(body.half_days))))


def _module(body: ModuleRecorded) -> PlanText:
    return PlanText(_MODULES[body.state], (("module", body.module), ("datum", _day(body.day))))


def _level(body: LevelRecorded) -> PlanText:
    level = LEVEL_NAMES.get(body.level, body.level)
    values = (("vaardigheid", PlanText(SKILL_NAMES[body.skill])), ("niveau", level), ("datum", _day(body.day)))
    return PlanText(_LEVELS[body.basis], values)


def _exam(body: ExamRecorded) -> PlanText:
    values = (("onderdeel", PlanText(EXAM_NAMES[body.part])), ("datum", _day(body.day)))
    return PlanText(_EXAMS[body.result], values)


def _exemption(body: ExemptionRecorded) -> PlanText:
    names = ", ".join(EXAM_NAMES.get(part, part) for part in body.parts)
    parts = free(names) if names else PlanText(_WHOLE_DUTY)
    return PlanText(_EXEMPTIONS[body.form, body.state], (("datum", _day(body.day)), ("onderdelen", parts)))


def _milestone(body: MilestoneRecorded) -> PlanText:
    return PlanText(MILESTONES[body.milestone], (("datum", _day(body.day)),))


def _withdrawal(body: EntryWithdrawn) -> PlanText:
    return PlanText(_WITHDRAWN, (("reden", body.reason or "–"),))


_SENTENCES: Mapping[type[Body], Callable[[Any], PlanText]] = {
    AbsenceRecorded: _absence,
    EntryWithdrawn: _withdrawal,
    ExamRecorded: _exam,
    ExemptionRecorded: _exemption,
    HoursRecorded: _hours,
    LevelRecorded: _level,
    MilestoneRecorded: _milestone,
    ModuleRecorded: _module,
    TalkRecorded: _talk,
}
