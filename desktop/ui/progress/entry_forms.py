"""The forms in which entries are typed: their fields, what they become, how an entry fills them. No widgets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from desktop.i18n import format_date, with_plain_figures
from desktop.i18n.mark import N_
from desktop.plan.progress.entries import day_in
from desktop.plan.progress.entry_texts import hours_text
from desktop.plan.progress.progress import LEVEL_NAMES, LEVELS, SKILLS
from desktop.records import (
    AbsenceRecorded,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)
from desktop.ui.kit.controls.date_input import read_date
from desktop.ui.progress import progress_texts as said

FieldKind = Literal["day", "number", "line", "words", "own", "choice", "ticks", "list"]
Typed = Mapping[str, str]
_MINUTES = 60


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its key, label and hint (msgids), what is typed in it, and the values and words of a choice.

    `own` is written in the language of the person. A `list` has official names that no language changes.
    """

    key: str
    label: str
    kind: FieldKind = "line"
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """One kind of form. `build` makes the bodies of what was typed, under an id; `start` is what stands there first."""

    title: str
    specs: tuple[FieldSpec, ...]
    build: Callable[[Typed, str], tuple[ProgressBody, ...]]
    start: Mapping[str, str]


def _options(words: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), word) for key, word in words.items())


def read_day(typed: str) -> str:
    """Return a day typed as dd-mm-jjjj as it is kept; what is no day comes back as it was typed, and is refused."""
    day = read_date(typed)
    return typed.strip() if day is None else day.isoformat()


def show_day(kept: str) -> str:
    """Return a kept day as people type it."""
    day = day_in(kept)
    return kept if day is None else format_date(day)


def read_minutes(typed: str) -> int:
    """Return hours such as `2`, `2,5` or `2:30` in minutes; 0 for what is none, which is refused."""
    text = with_plain_figures(typed).strip().replace(",", ".")
    hours, colon, minutes = text.partition(":")
    if colon and hours.isdecimal() and minutes.isdecimal() and int(minutes) < _MINUTES:
        return int(hours) * _MINUTES + int(minutes)
    whole, point, part = text.partition(".")
    if colon or not whole.isdecimal() or (point and not part.isdecimal()):
        return 0
    return round(float(text) * _MINUTES)


def _whole(typed: str) -> int:
    figures = with_plain_figures(typed).strip()
    return int(figures) if figures.isdecimal() else 0


def _talk(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    clock = typed["time"].strip()
    moment = read_day(typed["day"]) + (f"T{clock}" if clock else "")
    body = TalkRecorded(
        entry=entry,
        number=_whole(typed["number"]),
        state=cast("Any", typed["state"]),
        moment=moment,
        place=typed["place"].strip(),
        present=typed["present"].strip(),
        agreed=typed["agreed"].strip(),
        said=typed["said"].strip(),
        said_other=typed["said_other"].strip(),
        language=typed.get("language", ""),
    )
    return (body,)


def _hours(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    first, last = read_day(typed["first"]), read_day(typed["last"] or typed["first"])
    minutes, source = read_minutes(typed["hours"]), typed["source"].strip()
    return (HoursRecorded(entry, cast("Any", typed["about"]), first, last, minutes, source),)


def _absence(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    notice, reason, source = typed["notice"] == "yes", typed["reason"].strip(), typed["source"].strip()
    return (AbsenceRecorded(entry, read_day(typed["day"]), _whole(typed["half_days"]), notice, reason, source),)


def _levels(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    day, basis, source = read_day(typed["day"]), cast("Any", typed["basis"]), typed["source"].strip()
    return tuple(LevelRecorded(entry, skill, typed[skill], day, basis, source) for skill in SKILLS if typed.get(skill))


def _module(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    state, day = cast("Any", typed["state"]), read_day(typed["day"])
    return (ModuleRecorded(entry, typed["route"], typed["module"], state, day, typed["remark"].strip()),)


def _exam(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    part, result, level = (cast("Any", typed[key]) for key in ("part", "result", "level"))
    return (ExamRecorded(entry, part, result, level, read_day(typed["day"])),)


def _exemption(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    form, state = cast("Any", typed["form"]), cast("Any", typed["state"])
    return (ExemptionRecorded(entry, form, state, tuple(typed["parts"].split()), read_day(typed["day"])),)


def _milestone(typed: Typed, entry: str) -> tuple[ProgressBody, ...]:
    return (MilestoneRecorded(entry, cast("Any", typed["milestone"]), read_day(typed["day"])),)


_DAY = FieldSpec("day", N_("Day"), "day")
_SOURCE = FieldSpec("source", N_("Counted or seen by"), hint=N_("The school, a company, a colleague."))

FORMS: Mapping[str, EntryForm] = {
    "talk": EntryForm(
        N_("Talk about the progress"),
        (
            FieldSpec(
                "state",
                N_("The talk"),
                "choice",
                (("held", N_("was held")), ("planned", N_("is planned")), ("missed", N_("did not happen"))),
            ),
            FieldSpec("number", N_("Which talk is it?"), "number"),
            _DAY,
            FieldSpec("time", N_("Time"), "line", hint=N_("As 10:00. Blank: only the day.")),
            FieldSpec("present", N_("Who is there?")),
            FieldSpec("place", N_("Where, and with which interpreter?"), hint=N_("No name of an interpreter.")),
            FieldSpec("said_other", N_("What the person says, in the own language"), "own"),
            FieldSpec("said", N_("What the person says, in Dutch"), "words"),
            FieldSpec("agreed", N_("What was agreed, in Dutch"), "words"),
        ),
        _talk,
        {"state": "held"},
    ),
    "hours": EntryForm(
        N_("Hours that were followed"),
        (
            FieldSpec("about", N_("Of what?"), "choice", _options({k: said.HOURS[k] for k in said.FOLLOWED})),
            FieldSpec("first", N_("From"), "day"),
            FieldSpec("last", N_("Until and including"), "day", hint=N_("Blank: one day.")),
            FieldSpec("hours", N_("Hours"), "number", hint=N_("As 12, 2,5 or 2:30.")),
            _SOURCE,
        ),
        _hours,
        {"about": "language"},
    ),
    "absence": EntryForm(
        N_("Not there"),
        (
            FieldSpec("day", N_("From which day?"), "day"),
            FieldSpec("half_days", N_("How many half-days?"), "number"),
            FieldSpec("notice", N_("Was it said before?"), "choice", (("yes", N_("yes")), ("no", N_("no")))),
            FieldSpec(
                "reason",
                N_("Why?"),
                hint=N_("Ask before anything is concluded. Write nothing about illness: that is kept apart."),
            ),
            _SOURCE,
        ),
        _absence,
        {"half_days": "1", "notice": "yes"},
    ),
    "levels": EntryForm(
        N_("Levels of Dutch"),
        (
            _DAY,
            FieldSpec("basis", N_("By"), "choice", _options(said.BASES)),
            _SOURCE,
            *(
                FieldSpec(skill, said.SKILLS[skill], "list", tuple((code, LEVEL_NAMES[code]) for code in LEVELS))
                for skill in SKILLS
            ),
        ),
        _levels,
        {"basis": "test"},
    ),
    "module": EntryForm(
        N_("Module"),
        (
            FieldSpec("state", N_("How did it go?"), "choice", _options(said.MODULE_CHOICES)),
            _DAY,
            FieldSpec("remark", N_("Why, or what comes next?")),
        ),
        _module,
        {"state": "done"},
    ),
    "exam": EntryForm(
        N_("Exam"),
        (
            FieldSpec("part", N_("Which part?"), "choice", _options(said.PARTS)),
            FieldSpec("result", N_("What happened?"), "choice", _options(said.EXAM_CHOICES)),
            FieldSpec("level", N_("At which level?"), "list", (("A2", "A2"), ("B1", "B1"), ("B2", "B2"))),
            _DAY,
        ),
        _exam,
        {"part": "KNM", "result": "registered"},
    ),
    "exemption": EntryForm(
        N_("Exemption"),
        (
            FieldSpec("form", N_("What was asked of DUO?"), "choice", _options(said.EXEMPTION_FORMS)),
            FieldSpec("state", N_("How does it stand?"), "choice", _options(said.EXEMPTION_STATES)),
            FieldSpec("parts", N_("For which parts?"), "ticks", _options(said.PARTS), N_("None: for everything.")),
            FieldSpec("day", N_("Day"), "day", hint=N_("The reason is not kept here: it may be about health.")),
        ),
        _exemption,
        {"form": "exemption", "state": "asked"},
    ),
    "milestone": EntryForm(
        N_("Part finished"),
        (FieldSpec("milestone", N_("What was closed?"), "choice", _options(said.MILESTONES)), _DAY),
        _milestone,
        {"milestone": "pvt_signed"},
    ),
}


def form_of(body: ProgressBody) -> EntryForm | None:
    """Return the form in which an entry is corrected, with the field of its own skill alone; None for a withdrawal."""
    name = _FORM_OF.get(type(body))
    if name is None or not isinstance(body, LevelRecorded):
        return None if name is None else FORMS[name]
    form = FORMS[name]
    others = frozenset(SKILLS) - {body.skill}
    return replace(form, specs=tuple(spec for spec in form.specs if spec.key not in others))


def typed_of(body: ProgressBody) -> dict[str, str]:
    """Return what stands in its form for an entry that was recorded."""
    fields = {key: value for key, value in body.to_json().items() if isinstance(value, (str, int))}
    typed = {key: str(value) for key, value in fields.items() if key != "entry"}
    typed |= {key: show_day(typed[key]) for key in ("day", "first", "last") if key in typed}
    if isinstance(body, TalkRecorded):
        day, _t, clock = body.moment.partition("T")
        typed |= {"day": show_day(day), "time": clock}
    if isinstance(body, HoursRecorded):
        typed["hours"] = hours_text(body.minutes)
    if isinstance(body, AbsenceRecorded):
        typed["notice"] = "yes" if body.notice else "no"
    if isinstance(body, LevelRecorded):
        typed[body.skill] = body.level
    if isinstance(body, ExemptionRecorded):
        typed["parts"] = " ".join(body.parts)
    return typed


_FORM_OF: Mapping[type[object], str] = {
    AbsenceRecorded: "absence",
    ExamRecorded: "exam",
    ExemptionRecorded: "exemption",
    HoursRecorded: "hours",
    LevelRecorded: "levels",
    MilestoneRecorded: "milestone",
    ModuleRecorded: "module",
    TalkRecorded: "talk",
}
