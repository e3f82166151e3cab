"""Making, deleting and forgetting a backup: every write fails once, the program starts again, and nothing is half done.

What must hold at any moment: a backup in the list is there or away, an erasure waits for no backup that nobody can
name, and one counts as destroyed only when this program removed its file or a person said so.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from desktop.records import open_journal
from desktop.services.backups.backup_file import Cancelled, prove, restore
from desktop.services.backups.backups import KEPT_DAYS, Backups, Prepared
from desktop.vault.backup_restoring import unlock_with_passphrase
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from tests.unit.records.cases import CONTEXT, Desk, desk_of
from tests.unit.services.backup_parts import ignore_progress
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.vault.people import PASSPHRASE

FAILURES = pytest.mark.parametrize(
    "failure", [EnvironmentProblem("files.disk_full"), ProcessDiedError()], ids=["disk full", "killed"]
)
pytestmark = pytest.mark.expects_log


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = desk_of(tmp_path / "vaults", create_organisation("AZC", "reception"))
    made.journal.create_dossier("Selam", ("ti",), CONTEXT)
    yield made
    made.journal.close()
    made.vault.lock()


def _backups(desk: Desk) -> Backups:
    return Backups(desk.journal, desk.vault, desk.clock)


def _start_again(desk: Desk) -> Backups:
    """Close everything and open it as the next start does."""
    desk.journal.close()
    desk.vault.lock()
    desk.vault = open_vault(desk.vault.directory, PASSPHRASE, desk.clock)
    desk.journal = open_journal(desk.vault.directory, desk.vault, desk.clock)
    backups = _backups(desk)
    backups.settle()
    return backups


def _make(desk: Desk, path: Path) -> None:
    _backups(desk).make(path, ignore_progress, Cancelled())


def _erase(desk: Desk) -> DossierId:
    (dossier,) = desk.journal.dossiers()
    desk.journal.erase(dossier, "azc_copy", CONTEXT, "", _backups(desk).current())
    return dossier


def _waits_for(desk: Desk) -> set[str]:
    return {backup for stone in desk.journal.erasures.tombstones() for backup in stone.backups}


def _until_it_holds(step: Callable[[int], bool]) -> None:
    """Call `step` with 1, 2, … until the write with that number is never reached."""
    for number in count(1):
        assert number < MOST_WRITES
        if not step(number):
            assert number > 1
            return


@FAILURES
def test_a_backup_that_replaces_another_is_made_or_not(tmp_path: Path, failure: BaseException) -> None:
    def step(number: int) -> bool:
        folder = tmp_path / str(number)
        desk = desk_of(folder / "vaults", create_organisation("AZC", "reception"))
        desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
        stick = folder / "stick"
        _make(desk, stick)
        failed = attempt(lambda: _make(desk, stick), FailingWrites(number, failure))
        backups = _start_again(desk)
        (known,) = backups.state().backups
        assert known.reachable
        prove(stick, desk.vault, folder / "proof")
        assert desk.journal.intentions.pending() == ()
        assert [each.name for each in folder.iterdir() if each.name.endswith(".part")] == []
        assert list(desk.vault.directory.glob("backup-work*")) == []
        _make(desk, stick)
        assert len(_backups(desk).state().backups) == 1
        desk.journal.close()
        desk.vault.lock()
        return failed

    _until_it_holds(step)


@FAILURES
def test_a_backup_past_its_day_is_deleted_wholly(tmp_path: Path, failure: BaseException) -> None:
    def step(number: int) -> bool:
        folder = tmp_path / str(number)
        desk = desk_of(folder / "vaults", create_organisation("AZC", "reception"))
        desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
        old, new = folder / "old", folder / "new"
        _make(desk, old)
        desk.clock.moment += timedelta(days=KEPT_DAYS + 1)
        prepared = _backups(desk).prepare(new)
        _backups(desk).write(prepared, ignore_progress, Cancelled())
        failed = attempt(lambda: _backups(desk).keep(prepared), FailingWrites(number, failure))
        backups = _start_again(desk)
        assert [each.path for each in backups.state().backups] == [new]
        assert (old.exists(), new.exists()) == (False, True)
        assert desk.journal.intentions.pending() == ()
        desk.journal.close()
        desk.vault.lock()
        return failed

    _until_it_holds(step)


@FAILURES
def test_a_persons_word_is_taken_wholly_or_can_be_given_again(tmp_path: Path, failure: BaseException) -> None:
    def step(number: int) -> bool:
        folder = tmp_path / str(number)
        desk = desk_of(folder / "vaults", create_organisation("AZC", "reception"))
        desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
        _make(desk, folder / "stick")
        (backup,) = _backups(desk).current()
        (folder / "stick").rename(folder / "lost")
        _erase(desk)
        failed = attempt(lambda: _backups(desk).confirm_destroyed(backup), FailingWrites(number, failure))
        backups = _start_again(desk)
        assert set(backups.current()) == _waits_for(desk)
        backups.confirm_destroyed(backup)
        assert (backups.current(), _waits_for(desk), desk.journal.intentions.pending()) == ((), set(), ())
        desk.journal.close()
        desk.vault.lock()
        return failed

    _until_it_holds(step)


def test_an_expired_backup_that_cannot_be_written_is_waited_for(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    _make(desk, stick)
    desk.clock.moment += timedelta(days=KEPT_DAYS + 1)
    dossier = _erase(desk)
    backups = _backups(desk)

    def refuse(*_arguments: object) -> int:
        raise EnvironmentProblem("files.read_only")

    with monkeypatch.context() as write_protected:
        write_protected.setattr("desktop.services.backups.backups.crypto_erase", refuse)
        (waiting,) = backups.crypto_erase()
    assert (waiting.id, {waiting.id}) == (backups.current()[0], _waits_for(desk))
    assert dossier in _dossiers_in(desk, stick, tmp_path / "before")
    assert backups.crypto_erase() == ()
    assert _waits_for(desk) == set()
    assert dossier not in _dossiers_in(desk, stick, tmp_path / "after")


def test_an_expired_backup_that_is_away_is_waited_for_until_a_person_says_so(desk: Desk, tmp_path: Path) -> None:
    _make(desk, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "in somebody's pocket")
    desk.clock.moment += timedelta(days=KEPT_DAYS + 1)
    _erase(desk)
    backups = _backups(desk)
    (waiting,) = backups.crypto_erase()
    assert _waits_for(desk) == {waiting.id}
    backups.confirm_destroyed(waiting.id)
    assert (backups.crypto_erase(), _waits_for(desk)) == ((), set())


def test_a_backup_on_another_stick_at_the_same_place_is_not_replaced(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    _make(desk, stick)
    (first,) = _backups(desk).current()
    stick.rename(tmp_path / "the other stick")
    _make(desk, stick)
    assert first in _backups(desk).current()
    _erase(desk)
    _backups(desk).crypto_erase()
    assert _waits_for(desk) == {first}


def test_a_stick_pulled_out_after_the_file_was_written_is_settled_when_it_is_back(desk: Desk, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    prepared = _written(desk, usb / "stick")
    usb.rename(tmp_path / "pulled out")
    with pytest.raises(EnvironmentProblem):
        _backups(desk).keep(prepared)
    backups = _start_again(desk)
    assert [each.reachable for each in backups.state().backups] == [False]
    assert len(desk.journal.intentions.pending()) == 1
    (tmp_path / "pulled out").rename(usb)
    backups = _start_again(desk)
    assert [each.reachable for each in backups.state().backups] == [True]
    assert desk.journal.intentions.pending() == ()


def test_what_a_pulled_stick_may_hold_is_not_forgotten(desk: Desk, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    backups = _backups(desk)
    prepared = backups.prepare(usb / "stick")
    (usb / "stick.part").write_bytes(b"half of it")
    usb.rename(tmp_path / "pulled out")
    assert [each.id for each in backups.forget(prepared).backups] == [prepared.metadata.backup]
    (tmp_path / "pulled out").rename(usb)
    assert _start_again(desk).state().backups == ()
    assert list(usb.iterdir()) == []


def test_a_restored_copy_judges_nothing_about_the_other_laptops_disk(desk: Desk, tmp_path: Path) -> None:
    unfinished = _backups(desk).prepare(tmp_path / "never written")
    _make(desk, tmp_path / "stick")
    (tmp_path / "new").mkdir(mode=0o700)
    vault = restore(
        tmp_path / "stick",
        tmp_path / "new",
        lambda header: unlock_with_passphrase(header, PASSPHRASE),
        SlotKind.PASSPHRASE,
        desk.clock,
    )
    journal = open_journal(vault.directory, vault, desk.clock)
    backups = Backups(journal, vault, desk.clock)
    backups.settle()
    assert unfinished.metadata.backup in backups.current()
    journal.close()
    vault.lock()


def test_a_file_that_cannot_be_read_is_no_proof_that_the_backup_is_gone(desk: Desk, tmp_path: Path) -> None:
    prepared = _written(desk, tmp_path / "stick")
    whole = (tmp_path / "stick").read_bytes()
    (tmp_path / "stick").write_bytes(b"X" + whole[1:])
    backups = _start_again(desk)
    assert backups.current() == (prepared.metadata.backup,)
    (tmp_path / "stick").write_bytes(whole)
    assert [each.reachable for each in _start_again(desk).state().backups] == [True]


def _written(desk: Desk, path: Path) -> Prepared:
    backups = _backups(desk)
    prepared = backups.prepare(path)
    backups.write(prepared, ignore_progress, Cancelled())
    return prepared


def _dossiers_in(desk: Desk, path: Path, folder: Path) -> tuple[DossierId, ...]:
    """Return the dossiers that open from a backup."""
    folder.mkdir(mode=0o700)
    vault = restore(
        path, folder, lambda header: unlock_with_passphrase(header, PASSPHRASE), SlotKind.PASSPHRASE, desk.clock
    )
    journal = open_journal(vault.directory, vault, desk.clock)
    found = tuple(each for each in journal.dossiers() if journal.view(each).name)
    journal.close()
    vault.lock()
    return found
