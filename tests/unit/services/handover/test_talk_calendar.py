from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from icalendar import Calendar, Component, Event

from desktop.i18n import load_catalogue
from desktop.services.caseload.caseload_rows import NextStep
from desktop.services.handover.handover_parts import TalkPlan
from protocol.errors import UserError
from protocol.identifiers import case_number
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import AZC, TOWN, Laptop, World, carry, make_world

TALK = TalkPlan(
    datetime(2026, 11, 26, 10, 0, tzinfo=UTC), "video", "Karim Kanarie", "Tolk Tigrinya Kanarie, 0612345678"
)
SUMMER = TalkPlan(datetime(2027, 7, 1, 9, 30, tzinfo=UTC), "room")


@pytest.fixture
def world(world: World) -> World:
    """The case received at the municipality, with a talk."""
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    plan(world, TALK)
    return world


def plan(world: World, talk: TalkPlan) -> None:
    world.azc.services.handover.plan_talk(world.dossier, talk)
    carry(world)


def read(laptop: Laptop, world: World, folder: Path, *tags: str) -> tuple[Calendar, ...]:
    texts = [load_catalogue(tag, "app") for tag in tags or ("nl",)]
    files = laptop.services.talks.save(world.dossier, folder / "talk", AZC, texts)
    return tuple(_parsed(file.read_bytes()) for file in files)


def _parsed(data: bytes) -> Calendar:
    found = Calendar.from_ical(data)
    assert isinstance(found, Calendar)
    return found


def event(calendar: Calendar) -> Event:
    (found,) = calendar.events
    return found


def said(component: Component, name: str) -> str:
    """Return the value of a property as it stands in the file."""
    prop: Any = component[name]
    value = prop.to_ical()
    return value.decode() if isinstance(value, bytes) else str(value)


def test_both_sides_make_the_same_talk_of_it(world: World, tmp_path: Path) -> None:
    (here,), (there,) = (read(laptop, world, tmp_path) for laptop in (world.azc, world.town))
    assert here.to_ical() == there.to_ical()
    found = event(here)
    assert [said(here, "METHOD"), said(found, "STATUS"), said(found, "SEQUENCE")] == ["PUBLISH", "CONFIRMED", "0"]
    assert (found.start, found.end) == (TALK.moment, TALK.moment + timedelta(hours=1))
    assert AZC in said(found, "SUMMARY")
    assert TOWN in said(found, "SUMMARY")
    assert [said(alarm, "TRIGGER") for alarm in found.walk("VALARM")] == ["-P1D", "-PT1H"]


@pytest.mark.parametrize(("talk", "local"), [(TALK, "20261126T110000"), (SUMMER, "20270701T113000")])
def test_the_file_says_itself_what_time_it_is_in_the_netherlands(
    world: World, tmp_path: Path, talk: TalkPlan, local: str
) -> None:
    plan(world, talk)
    (calendar,) = read(world.azc, world, tmp_path)
    assert f"DTSTART;TZID=Europe/Amsterdam:{local}".encode() in calendar.to_ical()
    (zone,) = calendar.walk("VTIMEZONE")
    naive, begun = _naive(local), []
    for rule in zone.subcomponents:
        dates = rrulestr(said(rule, "RRULE"), dtstart=_naive(said(rule, "DTSTART")))
        begun.append((dates.before(naive), timedelta(hours=int(said(rule, "TZOFFSETTO")) // 100)))
    assert naive - max(begun)[1] == talk.moment.replace(tzinfo=None)


def _naive(moment: str) -> datetime:
    return datetime.strptime(moment, "%Y%m%dT%H%M%S")  # noqa: DTZ007  # the rules are of local time


def test_a_moved_talk_replaces_the_one_before(world: World, tmp_path: Path) -> None:
    (before,) = read(world.azc, world, tmp_path)
    plan(world, SUMMER)
    (after,) = read(world.town, world, tmp_path)
    assert said(event(before), "UID") == said(event(after), "UID")
    assert int(said(event(after), "SEQUENCE")) > int(said(event(before), "SEQUENCE"))
    assert event(after).start == SUMMER.moment


def test_a_talk_that_was_held_is_over_and_the_next_is_another(world: World, tmp_path: Path) -> None:
    (before,) = read(world.azc, world, tmp_path)
    world.azc.services.handover.hold_talk(world.dossier)
    carry(world)
    for laptop in (world.azc, world.town):
        with pytest.raises(UserError, match=r"handover\.talk_was_held"):
            laptop.services.talks.call_off(world.dossier)
        (held,) = read(laptop, world, tmp_path)
        assert (said(held, "METHOD"), said(event(held), "UID")) == ("PUBLISH", said(event(before), "UID"))
    plan(world, SUMMER)
    (after,) = read(world.town, world, tmp_path)
    assert said(event(after), "UID") != said(event(before), "UID")
    world.town.services.talks.call_off(world.dossier)
    carry(world)
    assert world.azc.services.handover.view(world.dossier).talk is None


def test_a_talk_that_was_held_though_somebody_called_it_off_was_held(world: World, tmp_path: Path) -> None:
    (before,) = read(world.azc, world, tmp_path)
    world.town.services.talks.call_off(world.dossier)
    world.azc.clock.moment += timedelta(hours=1)
    world.azc.services.handover.hold_talk(world.dossier)
    carry(world)
    for laptop in (world.azc, world.town):
        (after,) = read(laptop, world, tmp_path)
        assert (said(after, "METHOD"), said(event(after), "UID")) == ("PUBLISH", said(event(before), "UID"))
        assert int(said(event(after), "SEQUENCE")) == int(said(event(before), "SEQUENCE")) + 2
        with pytest.raises(UserError, match=r"handover\.talk_was_held"):
            laptop.services.talks.call_off(world.dossier)


def test_a_talk_that_is_called_off_leaves_calendars_and_lists(world: World, tmp_path: Path) -> None:
    (before,) = read(world.azc, world, tmp_path)
    world.town.clock.moment += timedelta(minutes=1)
    world.town.services.talks.call_off(world.dossier)
    carry(world)
    (after,) = read(world.azc, world, tmp_path)
    assert (said(after, "METHOD"), said(event(after), "STATUS")) == ("CANCEL", "CANCELLED")
    assert said(event(after), "UID") == said(event(before), "UID")
    assert int(said(event(after), "SEQUENCE")) > int(said(event(before), "SEQUENCE"))
    assert world.azc.services.handover.view(world.dossier).talk is None
    assert world.azc.services.caseload.person(world.dossier).step is NextStep.PLAN_TALK
    with pytest.raises(UserError) as twice:
        world.azc.services.talks.call_off(world.dossier)
    assert twice.value.code == "handover.no_talk"
    world.azc.clock.moment += timedelta(minutes=2)
    plan(world, SUMMER)
    (anew,) = read(world.azc, world, tmp_path)
    assert said(event(anew), "UID") != said(event(before), "UID")
    assert said(anew, "METHOD") == "PUBLISH"


def test_a_case_that_is_taken_back_cancels_the_talk(tmp_path: Path) -> None:
    world = make_world(tmp_path / "world")
    send(world)
    plan(world, TALK)
    world.azc.services.handover.withdraw(world.dossier)
    (calendar,) = read(world.azc, world, tmp_path)
    assert said(event(calendar), "STATUS") == "CANCELLED"
    world.close()


def test_the_person_gets_a_file_in_the_own_language(world: World, tmp_path: Path) -> None:
    dutch, own = read(world.azc, world, tmp_path, "nl", "ar")
    assert said(event(dutch), "UID") == said(event(own), "UID")
    assert said(event(dutch), "DESCRIPTION") != said(event(own), "DESCRIPTION")
    assert {path.name for path in tmp_path.glob("*.ics")} == {"talk.ics", "talk-ar.ics"}


def test_no_word_of_the_case_is_in_the_file(world: World, tmp_path: Path) -> None:
    for language in ("nl", "ar", "ti"):
        data = read(world.azc, world, tmp_path, language)[0].to_ical().decode().replace("\r\n ", "")
        record = world.azc.journal.view(world.dossier)
        answers = {register.latest.text for register in record.answers.values() if register.latest is not None}
        words = {word for word in answers if len(word) > 3 and word not in AZC + TOWN}
        assert len(words) > 20
        secrets = {record.name, world.dossier, case_number(world.dossier), TALK.contact, TALK.interpreter, "Kanarie"}
        assert [each for each in secrets | words if each in data] == []


def test_without_a_talk_there_is_no_file(tmp_path: Path, world: World) -> None:
    other, _ = world.azc.services.caseload.begin("Amina", ("ar",))
    assert world.azc.services.talks.planned(other) is None
    with pytest.raises(UserError) as caught:
        world.azc.services.talks.save(other, tmp_path / "talk", AZC, ())
    assert caught.value.code == "handover.no_talk"
