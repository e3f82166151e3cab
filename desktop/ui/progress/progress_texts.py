"""Words of the progress: what kinds, states and days are called on screen, in the language of the interface."""

from collections.abc import Mapping
from datetime import date

from desktop.i18n import Catalogue, format_day
from desktop.i18n.mark import N_
from desktop.plan.progress.entry_texts import hours_text
from desktop.plan.progress.progress import (
    LEVEL_NAMES,
    ExamState,
    HoursBar,
    HoursKind,
    LevelLine,
    Measure,
    ModuleMark,
    ModuleMarkState,
    Talks,
)
from desktop.records.events.progress_bodies import ExamPart, LevelBasis, Skill

HOURS: Mapping[HoursKind, str] = {
    "lessons": N_("Lessons: language and KNM"),
    "language": N_("Language lessons"),
    "knm": N_("Society (KNM)"),
    "map": N_("Work and taking part (MAP)"),
    "pvt": N_("First weeks (PVT)"),
    "activities": N_("Taking part and practising"),
}
FOLLOWED: tuple[HoursKind, ...] = ("language", "knm", "map", "pvt", "activities")
"""What hours are recorded of."""

MODULE_CHOICES: Mapping[str, str] = {
    "started": N_("begun"),
    "done": N_("done"),
    "not_done": N_("not done"),
    "repeated": N_("once more"),
    "skipped": N_("skipped"),
}
EXAM_CHOICES: Mapping[str, str] = {
    "registered": N_("registered"),
    "passed": N_("passed"),
    "failed": N_("not passed yet"),
}
EXEMPTION_FORMS: Mapping[str, str] = {
    "exemption": N_("exemption (vrijstelling)"),
    "dispensation": N_("dispensation (ontheffing)"),
}
EXEMPTION_STATES: Mapping[str, str] = {
    "asked": N_("asked"),
    "granted": N_("granted"),
    "refused": N_("refused"),
}
MILESTONES: Mapping[str, str] = {
    "pvt_signed": N_("participation statement (PVT) signed"),
    "map_talk": N_("final talk of MAP held"),
    "z_talk": N_("final talk of the Z-route held"),
}
SKILLS: Mapping[Skill, str] = {
    "listening": N_("Listening"),
    "speaking": N_("Speaking"),
    "conversation": N_("Conversations"),
    "reading": N_("Reading"),
    "writing": N_("Writing"),
}
PARTS: Mapping[ExamPart, str] = {
    "KNM": N_("Society (KNM)"),
    "LE": N_("Reading"),
    "LU": N_("Listening"),
    "SC": N_("Writing"),
    "SP": N_("Speaking"),
}
BASES: Mapping[LevelBasis, str] = {
    "test": N_("a test"),
    "observation": N_("what was seen"),
    "self": N_("what the person says"),
}
_OF: Mapping[Measure, str] = {
    "needed": N_("{done} of {number} hours"),
    "estimated": N_("{done} of {number} hours estimated"),
    "planned": N_("{done} of {number} hours planned"),
    "agreed": N_("{done} of {number} hours agreed"),
}
_MODULES: Mapping[ModuleMarkState, str] = {
    "later": N_("not begun yet"),
    "now": N_("now"),
    "done": N_("done"),
    "not_done": N_("not done"),
    "skipped": N_("skipped"),
    "repeated": N_("once more"),
    "past": N_("over; not said yet how it went"),
}
_EXAMS: Mapping[ExamState, str] = {
    "not_yet": N_("not yet"),
    "registered": N_("registered, {day}"),
    "passed": N_("passed, {day}"),
    "again": N_("once more after {day}"),
    "exempt": N_("not needed, {day}"),
}


def short_day(day: date | None, today: date, tag: str) -> str:
    """Return `day` as `8 mrt`, with its year where that is another one than today's; a dash for none."""
    if day is None:
        return "–"
    return format_day(day, tag) if day.year == today.year else f"{format_day(day, tag)} {day.year}"


def hours_sentence(bar: HoursBar, texts: Catalogue) -> str:
    """Return how many hours were followed, of how many."""
    done = hours_text(bar.minutes)
    if not bar.of:
        return texts.text("{done} hours", done=done)
    return texts.text(_OF[bar.measure], done=done, number=bar.of)


def module_sentence(mark: ModuleMark, today: date, texts: Catalogue) -> str:
    """Return one module in words: number, name, state, weeks, and whether the route may change after it."""
    tag = texts.language.tag
    parts = [
        texts.text("Module {n}", n=mark.number),
        mark.label.dutch,
        texts.text(_MODULES[mark.state]),
        f"{short_day(mark.first, today, tag)} – {short_day(mark.last, today, tag)}",
        mark.remark,
        texts.text("after it the route may change") if mark.may_change else "",
    ]
    return ", ".join(part for part in parts if part)


def level_sentence(line: LevelLine, today: date, texts: Catalogue) -> str:
    """Return one skill in words: then, now with day and source, goal."""
    said = [texts.text(SKILLS[line.skill])]
    if line.then:
        said.append(texts.text("at the intake {level}", level=LEVEL_NAMES[line.then]))
    if line.now:
        said.append(texts.text("now {level}", level=LEVEL_NAMES[line.now]))
        said.append(short_day(line.day, today, texts.language.tag))
    if line.basis is not None:
        said.append(texts.text(BASES[line.basis]))
    if line.source:
        said.append(line.source)
    if line.goal:
        said.append(texts.text("aim of the plan {level}", level=LEVEL_NAMES[line.goal]))
    if not line.now:
        said.append(texts.text("not tested yet"))
    return ", ".join(said)


def exam_words(state: ExamState, day: date | None, today: date, texts: Catalogue) -> str:
    """Return where one part of the exam stands."""
    return texts.text(_EXAMS[state], day=short_day(day, today, texts.language.tag))


def talk_count(talks: Talks, number: int, texts: Catalogue) -> str:
    """Return which talk it is, of how many the decision names."""
    if not talks.agreed:
        return texts.text("Talk {n}", n=number)
    return texts.text("Talk {n} of {number}", n=number, number=talks.agreed)
