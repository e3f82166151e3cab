"""Recording, correcting, withdrawing and taking back, by the organisation that holds the case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from desktop.kernel.changes import Aspect
from desktop.records import (
    AbsenceRecorded,
    EntryWithdrawn,
    EventContext,
    HoursRecorded,
    MilestoneRecorded,
    ProgressBody,
)
from desktop.services.progress.progress_service import ProgressService
from protocol.errors import EnvironmentProblem, UserError
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.services.followed_case import LATER, SCHOOL, accept, entries, follow
from tests.unit.services.plan_world import World, add_organisation, carry, decide, hand_over, make_world

LESSONS = HoursRecorded("", "language", "2026-11-01", "2026-11-20", 90, SCHOOL)


@pytest.fixture
def accepted(tmp_path: Path) -> Iterator[World]:
    """Return a world in which the municipality accepted the case."""
    world = make_world(tmp_path, accept)
    yield world
    world.close()


@pytest.fixture
def work(accepted: World) -> ProgressService:
    """Return what the municipality records with."""
    return accepted.town.services.progress


def _minutes(work: ProgressService, world: World) -> int:
    bars = work.view(world.dossier).progress.hours
    return next(bar.minutes for bar in bars if bar.kind == "language")


def _bodies(work: ProgressService, world: World) -> list[ProgressBody]:
    return [each.body for each in work.view(world.dossier).progress.entries]


def test_only_who_holds_the_case_and_is_no_reception_location_records(world: World) -> None:
    azc, town, case = world.azc.services.progress, world.town.services.progress, world.dossier
    assert (azc.follows(case), azc.view(case).follows) == (False, False)
    decide(world.azc, case)
    hand_over(world)
    assert not town.follows(case)
    for each in (azc, town):
        with pytest.raises(UserError, match=r"progress\.not_yours"):
            each.record(case, [LESSONS])
        with pytest.raises(UserError, match=r"progress\.not_yours"):
            each.settle(case, "e", LESSONS)
    world.town.services.received.accept(case)
    assert town.follows(case)
    assert town.record(case, [LESSONS]).view.follows


def test_a_municipality_records_in_its_own_cases(world: World, tmp_path: Path) -> None:
    other = add_organisation(world, tmp_path / "heideveld", "Gemeente Heideveld (voorbeeld)", "municipality")
    case, _changes = other.services.caseload.begin("Farid", ("prs",))
    assert other.services.progress.follows(case)
    other.close()


def test_what_is_recorded_is_there_with_what_changed(work: ProgressService, accepted: World) -> None:
    done = work.record(accepted.dossier, [LESSONS])
    (entry,) = done.view.progress.entries
    assert (len(entry.id), entry.author, replace(LESSONS, entry=entry.id)) == (16, "Karim Jansen", entry.body)
    assert (done.changes.aspects, done.changes.dossiers) == (
        frozenset({Aspect.PROGRESS, Aspect.CASELOAD}),
        frozenset({accepted.dossier}),
    )
    assert (done.view.can_undo, done.view.second.tag, done.view.name) == (True, "ti", "Luwam")
    assert work.view(accepted.dossier, "ar").second.tag == "ar"


def test_the_same_entry_again_corrects_and_nothing_is_lost(work: ProgressService, accepted: World) -> None:
    (entry,) = work.record(accepted.dossier, [LESSONS]).view.progress.entries
    work.record(accepted.dossier, [HoursRecorded(entry.id, "language", "2026-11-01", "2026-11-20", 120, SCHOOL)])
    assert _minutes(work, accepted) == 120
    work.withdraw(accepted.dossier, entry.id, " dubbel ingevoerd ")
    assert work.view(accepted.dossier).progress.is_empty
    kept = accepted.town.journal.view(accepted.dossier).progress[entry.id]
    assert [each.event.body for each in kept.past][1:] == [
        HoursRecorded(entry.id, "language", "2026-11-01", "2026-11-20", 120, SCHOOL)
    ]
    assert kept[0].event.body == EntryWithdrawn(entry.id, "dubbel ingevoerd")


def test_what_cannot_be_kept_writes_nothing(work: ProgressService, accepted: World) -> None:
    ahead = MilestoneRecorded("", "pvt_signed", "2027-01-29")
    refused: tuple[tuple[list[ProgressBody], str], ...] = (
        ([], "progress.nothing"),
        ([LESSONS, ahead], "progress.day_ahead"),
        ([replace(LESSONS, entry="nobody")], "progress.unknown_entry"),
        ([EntryWithdrawn("nobody", "waarom")], "progress.unknown_entry"),
    )
    for bodies, code in refused:
        with pytest.raises(UserError, match=code):
            work.record(accepted.dossier, bodies)
    assert accepted.town.journal.view(accepted.dossier).progress == {}
    (entry,) = work.record(accepted.dossier, [LESSONS]).view.progress.entries
    with pytest.raises(UserError, match=r"progress\.reason_missing"):
        work.withdraw(accepted.dossier, entry.id, "  ")


def test_undo_takes_back_a_whole_step_and_brings_back_what_stood(work: ProgressService, accepted: World) -> None:
    work.record(accepted.dossier, [LESSONS, AbsenceRecorded("", "2026-11-20", 1, notice=True, reason="", source="")])
    (entry, _absent) = work.view(accepted.dossier).progress.entries
    work.record(accepted.dossier, [HoursRecorded(entry.id, "language", "2026-11-01", "2026-11-20", 120, SCHOOL)])
    work.withdraw(accepted.dossier, entry.id, "vergissing")
    undone = work.undo(accepted.dossier)
    assert undone.undone is not None
    assert (undone.undone.kind, _minutes(work, accepted)) == ("progress", 120)
    work.undo(accepted.dossier)
    assert _minutes(work, accepted) == 90
    work.undo(accepted.dossier)
    assert _bodies(work, accepted) == []
    for _ in range(60):
        done = work.undo(accepted.dossier)
    assert (done.undone, bool(done.changes)) == (None, False)


@pytest.mark.parametrize("failure", [EnvironmentProblem("records.disk_full"), ProcessDiedError()], ids=["full", "died"])
def test_a_step_is_whole_or_not_there(work: ProgressService, accepted: World, failure: BaseException) -> None:
    accepted.town.clock.moment += LATER
    for at in range(1, MOST_WRITES):
        if not attempt(lambda: work.record(accepted.dossier, entries()), FailingWrites(at, failure)):
            break
        assert accepted.town.journal.view(accepted.dossier).progress == {}
    assert len(_bodies(work, accepted)) == len(entries())


def test_two_devices_that_correct_at_once_are_shown_until_a_person_chooses(world: World) -> None:
    decide(world.azc, world.dossier)
    hand_over(world)
    here, there = (replace(LESSONS, entry="e1", minutes=minutes) for minutes in (100, 200))
    for laptop, body in ((world.azc, here), (world.town, there)):
        laptop.journal.append(world.dossier, body, EventContext("Sanne", "ti"))
    carry(world)
    world.town.services.received.accept(world.dossier)
    work = world.town.services.progress
    (dispute,) = work.view(world.dossier).progress.disputes
    assert {each.body for each in dispute.sides} == {here, there}
    with pytest.raises(UserError, match=r"progress\.unknown_entry"):
        work.settle(world.dossier, "e1", replace(here, minutes=300))
    with pytest.raises(UserError, match=r"progress\.unknown_entry"):
        work.settle(world.dossier, "nobody", here)
    done = work.settle(world.dossier, "e1", here)
    assert (done.view.progress.disputes, _minutes(work, world)) == ((), 100)


def test_a_case_that_was_followed_for_months_adds_up(tmp_path: Path) -> None:
    world = make_world(tmp_path, follow)
    world.town.clock.moment += LATER
    found = world.town.services.progress.view(world.dossier)
    progress = found.progress
    assert (progress.decided, progress.route, found.modules["werk_1"]) == (True, "B1", "Starten")
    assert [(each.minutes // 60, each.of) for each in progress.hours] == [(112, 900), (14, 24), (6, 40), (12, 12)]
    assert [each.state for each in progress.modules] == ["done", "now", "later", "later"]
    assert progress.talks.next is not None
    assert (progress.talks.next.talk.number, progress.talks.agreed, progress.absence.half_days) == (2, 5, 5)
    assert progress.notices == ()
    copy = world.town.services.own_copy
    told = copy.json(world.dossier).decode()
    assert '"progress_hours"' in told
    world.close()


def test_what_the_municipality_records_stays_with_it(accepted: World) -> None:
    accepted.town.services.progress.record(accepted.dossier, [LESSONS])
    carry(accepted)
    assert accepted.azc.journal.view(accepted.dossier).progress == {}
