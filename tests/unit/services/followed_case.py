"""A case that the municipality accepted, decided on and followed for some months."""

from datetime import timedelta

from desktop.records import (
    AbsenceRecorded,
    ExamRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)
from desktop.records.events.progress_bodies import HoursAbout, Skill
from tests.unit.plan.pip.pip_case import FILLED
from tests.unit.services.plan_world import World, decide, hand_over

LATER = timedelta(days=138)
"""From the day of the tests to 8 April of the next year."""
SCHOOL = "Taalschool De Brug (voorbeeld)"


def accept(world: World) -> None:
    """Decide at the reception, hand the case over, and accept it."""
    decide(world.azc, world.dossier)
    hand_over(world)
    world.town.services.received.accept(world.dossier)


def follow(world: World) -> None:
    """Issue the decision, and record what happened until 8 April."""
    accept(world)
    plan, pip = world.town.services.plan, world.town.services.pip
    decide(world.town, world.dossier)
    for field, value in FILLED.items():
        pip.set_field(world.dossier, field, value)
    pip.issue(world.dossier)
    plan.choose_start(world.dossier, plan.plan(world.dossier).region_route.start_dates[0])  # type: ignore[union-attr]
    world.town.clock.moment += LATER
    world.town.services.progress.record(world.dossier, entries())


def entries() -> list[ProgressBody]:
    """Return what was recorded."""
    return [
        HoursRecorded("", "language", "2027-01-11", "2027-04-02", 112 * 60, SCHOOL),
        _hours("knm", 14),
        _hours("map", 6),
        _hours("pvt", 12),
        MilestoneRecorded("", "pvt_signed", "2027-01-29"),
        AbsenceRecorded("", "2027-02-09", 4, notice=True, reason="afspraak op school", source=SCHOOL),
        AbsenceRecorded("", "2027-03-16", 1, notice=False, reason="", source=SCHOOL),
        ModuleRecorded("", "werk", "werk_1", "done", "2027-03-26", ""),
        _level("listening", "a2"),
        _level("speaking", "a1"),
        _level("reading", "a2"),
        _level("writing", "a1"),
        ExamRecorded("", "KNM", "registered", "", "2027-06-14"),
        _talk(1, "held", "2027-03-11T10:00", "Ik begrijp de dokter nu zonder tolk.", "ሕጂ ንሓኪም ብዘይ ተርጓሚ ይርድኦ።"),
        _talk(2, "planned", "2027-04-15T10:00"),
    ]


def _hours(about: HoursAbout, hours: int) -> HoursRecorded:
    return HoursRecorded("", about, "2027-01-11", "2027-03-31", hours * 60, SCHOOL)


def _level(skill: Skill, level: str) -> LevelRecorded:
    return LevelRecorded("", skill, level, "2027-04-02", "test", SCHOOL)


def _talk(number: int, state: str, moment: str, said: str = "", other: str = "") -> TalkRecorded:
    return TalkRecorded(
        entry="",
        number=number,
        state=state,  # type: ignore[arg-type]  # one of the three
        moment=moment,
        place="Tolk op video · kamer 2",
        present="Selam, Karim en Ineke van de taalschool",
        agreed="Elke week een uur oefenen met het taalmaatje.",
        said=said,
        said_other=other,
        language="ti",
    )
