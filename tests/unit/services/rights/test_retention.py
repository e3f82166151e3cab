"""Retention from acceptance to erasure, with the backups this vault made: struck, out of reach, past their day."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, open_journal
from desktop.services.backups.backup_file import Cancelled, look, restore
from desktop.services.backups.backups import KEPT_DAYS, Backups
from desktop.services.caseload.summary import DIED, ENDED
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.rights.retention import RetentionService
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.file.slots import SlotKind
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.messages.membership import MembershipLog
from tests.unit.services.backup_parts import ignore_progress, make_private, unlock
from tests.unit.services.plan_world import Laptop, World, carry, decide, hand_over
from tests.unit.vault.people import still_clock


def _backups(laptop: Laptop) -> Backups:
    return Backups(laptop.journal, laptop.vault, laptop.clock)


def _retention(laptop: Laptop) -> RetentionService:
    return RetentionService(HandoverContext(laptop.journal, laptop.vault, laptop.book), _backups(laptop), laptop.clock)


def _hand_over(world: World, heard_after: timedelta = timedelta()) -> None:
    decide(world.azc, world.dossier)
    hand_over(world)
    carry(world)
    world.town.services.received.accept(world.dossier)
    world.azc.clock.moment += heard_after
    carry(world)
    for laptop in (world.azc, world.town):
        rows = laptop.journal.outbox.rows_after(0, 100_000)
        laptop.journal.outbox.acknowledge(rows[-1].position)


def _number(world: World) -> str:
    return case_number(world.dossier)


def _keys_in(path: Path, tmp_path: Path) -> frozenset[DossierId]:
    """Return the dossiers a restored copy of the backup at `path` can open."""
    root = make_private(tmp_path / f"restored {path.name}")
    vault = restore(path, root, unlock, SlotKind.PASSPHRASE, still_clock())
    journal = open_journal(vault.directory, vault, still_clock())
    found = frozenset(each for each in journal.dossiers() if journal.compartments(each))
    journal.close()
    vault.lock()
    return found


def test_nothing_is_due_before_thirty_days_after_acceptance(world: World) -> None:
    _hand_over(world)
    retention = _retention(world.azc)
    (row,) = retention.view().rows
    assert (row.term.rule.key, row.due, row.unsent) == ("azc_copy", False, False)
    with pytest.raises(UserError) as error:
        retention.erase(world.dossier, "azc_copy", _number(world))
    assert error.value.code == "retention.not_due"
    world.azc.clock.moment += timedelta(days=30)
    assert retention.view().due


@pytest.mark.parametrize("wrong", [timedelta(days=-400), timedelta(days=400)])
def test_the_clock_of_the_other_side_sets_no_term(world: World, wrong: timedelta) -> None:
    day = world.azc.clock.now().date()
    world.town.clock.moment += wrong
    _hand_over(world)
    (row,) = _retention(world.azc).view().rows
    assert row.term.rule.key == "azc_copy"
    assert row.term.day == day + timedelta(days=30)
    assert row.claimed == day + wrong
    assert _retention(world.azc).due() == 0
    world.azc.clock.moment += timedelta(days=30)
    assert _retention(world.azc).due() == 1


def test_an_answer_that_was_long_under_way_counts_from_the_day_it_was_given(world: World) -> None:
    _hand_over(world, heard_after=timedelta(days=20))
    (row,) = _retention(world.azc).view().rows
    assert row.claimed is None
    assert row.term.day == world.town.clock.now().date() + timedelta(days=30)


def test_erasing_takes_the_case_number_and_leaves_a_tombstone(world: World) -> None:
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    retention = _retention(world.azc)
    with pytest.raises(UserError) as error:
        retention.erase(world.dossier, "azc_copy", "OP-0000-0000")
    assert error.value.code == "retention.not_confirmed"
    done = retention.erase(world.dossier, "azc_copy", _number(world).lower())
    assert (done.view.rows, done.view.waiting) == ((), ())
    stone, health = done.view.erased
    assert (stone.reason, stone.moment, stone.backups) == ("azc_copy", world.azc.clock.now(), ())
    assert (health.reason, health.compartment) == ("health_key", HEALTH)
    assert world.azc.services.caseload.people().people == ()
    world.azc.services.handover.settle()


def test_what_the_server_lacks_is_not_erased(world: World) -> None:
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    world.azc.services.handover.tick(world.dossier, "paper_plan", done=True)
    with pytest.raises(UserError) as error:
        _retention(world.azc).erase(world.dossier, "azc_copy", _number(world))
    assert error.value.code == "retention.not_sent"


def test_a_reachable_backup_is_struck_and_still_opens_for_the_others(world: World, tmp_path: Path) -> None:
    other = world.azc.services.caseload.begin("Somebody Else", ("ar",))[0]
    path = tmp_path / "stick"
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    _backups(world.azc).make(path, ignore_progress, Cancelled())
    assert not any(record.erased for record in look(path).records)
    rows = world.azc.journal.outbox.rows_after(0, 100_000)
    world.azc.journal.outbox.acknowledge(rows[-1].position)
    done = _retention(world.azc).erase(world.dossier, "azc_copy", _number(world))
    assert done.view.waiting == ()
    assert done.view.erased[0].backups == ()
    assert any(record.erased for record in look(path).records)
    assert _keys_in(path, tmp_path) == {other}


def test_a_backup_out_of_reach_is_named_and_struck_when_it_is_back(world: World, tmp_path: Path) -> None:
    path, away = tmp_path / "stick", tmp_path / "in somebody's pocket"
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    _backups(world.azc).make(path, ignore_progress, Cancelled())
    path.rename(away)
    retention = _retention(world.azc)
    done = retention.erase(world.dossier, "azc_copy", _number(world))
    (waiting,) = done.view.waiting
    assert done.view.erased[0].backups == (waiting.id,)
    assert retention.crypto_erase_again().waiting != ()
    assert world.dossier in _keys_in(away, tmp_path), "which is why it is not claimed"
    away.rename(path)
    assert retention.crypto_erase_again().waiting == ()
    assert _keys_in(path, tmp_path) == frozenset()


def test_a_destroyed_backup_is_waited_for_no_longer(world: World, tmp_path: Path) -> None:
    path = tmp_path / "stick"
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    _backups(world.azc).make(path, ignore_progress, Cancelled())
    path.rename(tmp_path / "lost")
    retention = _retention(world.azc)
    (waiting,) = retention.erase(world.dossier, "azc_copy", _number(world)).view.waiting
    assert retention.destroyed(waiting.id).waiting == ()
    assert retention.view().erased[0].backups == ()


def test_a_backup_past_its_day_is_deleted_only_when_there_is_a_newer_one(world: World, tmp_path: Path) -> None:
    path = tmp_path / "stick"
    _hand_over(world)
    backups = _backups(world.azc)
    backups.make(path, ignore_progress, Cancelled())
    world.azc.clock.moment += timedelta(days=KEPT_DAYS + 1)
    done = _retention(world.azc).erase(world.dossier, "azc_copy", _number(world))
    assert (done.view.waiting, done.view.erased[0].backups) == ((), ())
    assert any(record.erased for record in look(path).records)
    backups.make(tmp_path / "newer", ignore_progress, Cancelled())
    assert not path.exists()
    assert [each.path.name for each in backups.state().backups] == ["newer"]


def test_a_backup_out_of_reach_past_its_day_is_waited_for_until_a_person_says_it_is_gone(
    world: World, tmp_path: Path
) -> None:
    path = tmp_path / "stick"
    _hand_over(world)
    _backups(world.azc).make(path, ignore_progress, Cancelled())
    path.rename(tmp_path / "lost")
    world.azc.clock.moment += timedelta(days=KEPT_DAYS + 1)
    done = _retention(world.azc).erase(world.dossier, "azc_copy", _number(world))
    (waiting,) = done.view.waiting
    assert done.view.erased[0].backups == (waiting.id,)
    assert _retention(world.azc).destroyed(waiting.id).waiting == ()


def test_a_backup_under_way_during_an_erasure_is_struck_too(world: World, tmp_path: Path) -> None:
    path = tmp_path / "stick"
    _hand_over(world)
    world.azc.clock.moment += timedelta(days=31)
    backups = _backups(world.azc)
    prepared = backups.prepare(path)
    done = _retention(world.azc).erase(world.dossier, "azc_copy", _number(world))
    assert [each.id for each in done.view.waiting] == [prepared.metadata.backup]
    backups.write(prepared, ignore_progress, Cancelled())
    backups.keep(prepared)
    assert _retention(world.azc).view().waiting == ()
    assert _keys_in(path, tmp_path) == frozenset()


def test_the_municipality_notes_the_end_of_the_duty_and_keeps_five_years(world: World) -> None:
    _hand_over(world)
    retention = _retention(world.town)
    today = world.town.clock.now().date()
    with pytest.raises(UserError) as error:
        retention.note(world.dossier, ENDED, today + timedelta(days=1))
    assert error.value.code == "retention.future"
    (row,) = retention.note(world.dossier, ENDED, today).view.rows
    assert (row.term.rule.key, row.due) == ("duty_ended", False)
    assert retention.due() == 0
    assert retention.note(world.dossier, ENDED, today.replace(year=today.year - 5)).view.due
    assert retention.due() == 1
    assert retention.note(world.dossier, ENDED, None).view.rows == ()
    assert retention.due() == 0
    assert [row.term.rule.key for row in retention.note(world.dossier, DIED, today).view.due] == ["died"]
    assert retention.due() == 1
    assert world.town.services.plan.view(world.dossier) is not None


def test_a_key_to_health_that_came_back_with_a_restored_backup_is_due(world: World, tmp_path: Path) -> None:
    path = tmp_path / "stick"
    _backups(world.azc).make(path, ignore_progress, Cancelled())
    _hand_over(world)
    assert HEALTH not in world.azc.journal.compartments(world.dossier)
    vault = restore(path, make_private(tmp_path / "new"), unlock, SlotKind.PASSPHRASE, still_clock())
    journal, book = open_journal(vault.directory, vault, still_clock()), KnownDirectory(vault)
    state = world.azc.journal.membership.of(world.dossier)
    assert state is not None
    journal.accept_logs([MembershipLog(state.statements)])
    context = HandoverContext(journal, vault, book)
    again = RetentionService(context, Backups(journal, vault, still_clock()), still_clock())
    (due,) = again.view().due
    assert (due.term.rule.key, due.term.rule.label, due.term.rule.compartment) == ("health_key", "law", HEALTH)
    journal.outbox.acknowledge(10_000)
    again.erase(world.dossier, "health_key", _number(world))
    assert HEALTH not in journal.compartments(world.dossier)
    assert journal.view(world.dossier).name
    journal.close()
    vault.lock()


def test_the_key_to_health_leaves_the_backups_when_the_municipality_has_received(world: World, tmp_path: Path) -> None:
    path = tmp_path / "stick"
    backups = world.azc.services.backups
    backups.make(path, ignore_progress, Cancelled())
    _hand_over(world)
    stones = world.azc.journal.erasures.tombstones()
    assert [(stone.compartment, stone.reason, len(stone.backups)) for stone in stones] == [(HEALTH, "health_key", 1)]
    backups.crypto_erase()
    assert world.azc.journal.erasures.tombstones()[0].backups == ()
    vault = restore(path, make_private(tmp_path / "new"), unlock, SlotKind.PASSPHRASE, still_clock())
    journal = open_journal(vault.directory, vault, still_clock())
    assert journal.compartments(world.dossier) == {CORE}
    assert journal.view(world.dossier).name
    journal.close()
    vault.lock()
