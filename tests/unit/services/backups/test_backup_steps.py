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
from desktop.services.backups.backups import KEPT_DAYS, Backups, PreparedBackup
from desktop.vault.backup_restoring import unlock_with_passphrase
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop
from tests.unit.services.backup_parts import ignore_progress
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.vault.people import PASSPHRASE

FAILURES = pytest.mark.parametrize(
    "failure", [EnvironmentProblem("files.disk_full"), ProcessDiedError()], ids=["disk full", "killed"]
)
pytestmark = pytest.mark.expects_log


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path / "vaults", create_organisation("AZC", "reception"))
    made.journal.create_dossier("Selam", ("ti",), CONTEXT)
    yield made
    made.journal.close()
    made.vault.lock()


def _backups(laptop: Laptop) -> Backups:
    return Backups(laptop.journal, laptop.vault, laptop.clock)


def _start_again(laptop: Laptop) -> Backups:
    """Close everything and open it as the next start does."""
    laptop.journal.close()
    laptop.vault.lock()
    laptop.vault = open_vault(laptop.vault.directory, PASSPHRASE, laptop.clock)
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    backups = _backups(laptop)
    backups.settle()
    return backups


def _make(laptop: Laptop, path: Path) -> None:
    _backups(laptop).make(path, ignore_progress, Cancelled())


def _erase(laptop: Laptop) -> DossierId:
    (dossier,) = laptop.journal.dossiers()
    laptop.journal.erase(dossier, "azc_copy", CONTEXT, "", _backups(laptop).current())
    return dossier


def _waits_for(laptop: Laptop) -> set[str]:
    return {backup for stone in laptop.journal.erasures.tombstones() for backup in stone.backups}


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
        laptop = new_laptop(folder / "vaults", create_organisation("AZC", "reception"))
        laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
        stick = folder / "stick"
        _make(laptop, stick)
        failed = attempt(lambda: _make(laptop, stick), FailingWrites(number, failure))
        backups = _start_again(laptop)
        (known,) = backups.state().backups
        assert known.reachable
        prove(stick, laptop.vault, folder / "proof")
        assert laptop.journal.intentions.pending() == ()
        assert [each.name for each in folder.iterdir() if each.name.endswith(".part")] == []
        assert list(laptop.vault.directory.glob("backup-work*")) == []
        _make(laptop, stick)
        assert len(_backups(laptop).state().backups) == 1
        laptop.journal.close()
        laptop.vault.lock()
        return failed

    _until_it_holds(step)


@FAILURES
def test_a_backup_past_its_day_is_deleted_wholly(tmp_path: Path, failure: BaseException) -> None:
    def step(number: int) -> bool:
        folder = tmp_path / str(number)
        laptop = new_laptop(folder / "vaults", create_organisation("AZC", "reception"))
        laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
        old, new = folder / "old", folder / "new"
        _make(laptop, old)
        laptop.clock.moment += timedelta(days=KEPT_DAYS + 1)
        prepared = _backups(laptop).prepare(new)
        _backups(laptop).write(prepared, ignore_progress, Cancelled())
        failed = attempt(lambda: _backups(laptop).keep(prepared), FailingWrites(number, failure))
        backups = _start_again(laptop)
        assert [each.path for each in backups.state().backups] == [new]
        assert (old.exists(), new.exists()) == (False, True)
        assert laptop.journal.intentions.pending() == ()
        laptop.journal.close()
        laptop.vault.lock()
        return failed

    _until_it_holds(step)


@FAILURES
def test_a_persons_word_is_taken_wholly_or_can_be_given_again(tmp_path: Path, failure: BaseException) -> None:
    def step(number: int) -> bool:
        folder = tmp_path / str(number)
        laptop = new_laptop(folder / "vaults", create_organisation("AZC", "reception"))
        laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
        _make(laptop, folder / "stick")
        (backup,) = _backups(laptop).current()
        (folder / "stick").rename(folder / "lost")
        _erase(laptop)
        failed = attempt(lambda: _backups(laptop).confirm_destroyed(backup), FailingWrites(number, failure))
        backups = _start_again(laptop)
        assert set(backups.current()) == _waits_for(laptop)
        backups.confirm_destroyed(backup)
        assert (backups.current(), _waits_for(laptop)) == ((), set())
        assert [each.kind for each in laptop.journal.intentions.pending()] == ["erasure.report"], "for the server"
        laptop.journal.close()
        laptop.vault.lock()
        return failed

    _until_it_holds(step)


def test_an_expired_backup_that_cannot_be_written_is_waited_for(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    _make(laptop, stick)
    laptop.clock.moment += timedelta(days=KEPT_DAYS + 1)
    dossier = _erase(laptop)
    backups = _backups(laptop)

    def refuse(*_arguments: object) -> int:
        raise EnvironmentProblem("files.read_only")

    with monkeypatch.context() as write_protected:
        write_protected.setattr("desktop.services.backups.backups.crypto_erase", refuse)
        (waiting,) = backups.crypto_erase()
    assert (waiting.id, {waiting.id}) == (backups.current()[0], _waits_for(laptop))
    assert dossier in _dossiers_in(laptop, stick, tmp_path / "before")
    assert backups.crypto_erase() == ()
    assert _waits_for(laptop) == set()
    assert dossier not in _dossiers_in(laptop, stick, tmp_path / "after")


def test_an_expired_backup_that_is_away_is_waited_for_until_a_person_says_so(laptop: Laptop, tmp_path: Path) -> None:
    _make(laptop, tmp_path / "stick")
    (tmp_path / "stick").rename(tmp_path / "in somebody's pocket")
    laptop.clock.moment += timedelta(days=KEPT_DAYS + 1)
    _erase(laptop)
    backups = _backups(laptop)
    (waiting,) = backups.crypto_erase()
    assert _waits_for(laptop) == {waiting.id}
    backups.confirm_destroyed(waiting.id)
    assert (backups.crypto_erase(), _waits_for(laptop)) == ((), set())


def test_a_backup_on_another_stick_at_the_same_place_is_not_replaced(laptop: Laptop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    _make(laptop, stick)
    (first,) = _backups(laptop).current()
    stick.rename(tmp_path / "the other stick")
    _make(laptop, stick)
    assert first in _backups(laptop).current()
    _erase(laptop)
    _backups(laptop).crypto_erase()
    assert _waits_for(laptop) == {first}


def test_a_stick_pulled_out_after_the_file_was_written_is_settled_when_it_is_back(
    laptop: Laptop, tmp_path: Path
) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    prepared = _written(laptop, usb / "stick")
    usb.rename(tmp_path / "pulled out")
    with pytest.raises(EnvironmentProblem):
        _backups(laptop).keep(prepared)
    backups = _start_again(laptop)
    assert [each.reachable for each in backups.state().backups] == [False]
    assert len(laptop.journal.intentions.pending()) == 1
    (tmp_path / "pulled out").rename(usb)
    backups = _start_again(laptop)
    assert [each.reachable for each in backups.state().backups] == [True]
    assert laptop.journal.intentions.pending() == ()


def test_what_a_pulled_stick_may_hold_is_not_forgotten(laptop: Laptop, tmp_path: Path) -> None:
    usb = tmp_path / "usb"
    usb.mkdir()
    backups = _backups(laptop)
    prepared = backups.prepare(usb / "stick")
    (usb / "stick.part").write_bytes(b"half of it")
    usb.rename(tmp_path / "pulled out")
    assert [each.id for each in backups.forget(prepared).backups] == [prepared.metadata.backup]
    (tmp_path / "pulled out").rename(usb)
    assert _start_again(laptop).state().backups == ()
    assert list(usb.iterdir()) == []


def test_a_restored_copy_judges_nothing_about_the_other_laptops_disk(laptop: Laptop, tmp_path: Path) -> None:
    unfinished = _backups(laptop).prepare(tmp_path / "never written")
    _make(laptop, tmp_path / "stick")
    (tmp_path / "new").mkdir(mode=0o700)
    vault = restore(
        tmp_path / "stick",
        tmp_path / "new",
        lambda header: unlock_with_passphrase(header, PASSPHRASE),
        SlotKind.PASSPHRASE,
        laptop.clock,
    )
    journal = open_journal(vault.directory, vault, laptop.clock)
    backups = Backups(journal, vault, laptop.clock)
    backups.settle()
    assert unfinished.metadata.backup in backups.current()
    journal.close()
    vault.lock()


def test_a_file_that_cannot_be_read_is_no_proof_that_the_backup_is_gone(laptop: Laptop, tmp_path: Path) -> None:
    prepared = _written(laptop, tmp_path / "stick")
    whole = (tmp_path / "stick").read_bytes()
    (tmp_path / "stick").write_bytes(b"X" + whole[1:])
    backups = _start_again(laptop)
    assert backups.current() == (prepared.metadata.backup,)
    (tmp_path / "stick").write_bytes(whole)
    assert [each.reachable for each in _start_again(laptop).state().backups] == [True]


def _written(laptop: Laptop, path: Path) -> PreparedBackup:
    backups = _backups(laptop)
    prepared = backups.prepare(path)
    backups.write(prepared, ignore_progress, Cancelled())
    return prepared


def _dossiers_in(laptop: Laptop, path: Path, folder: Path) -> tuple[DossierId, ...]:
    """Return the dossiers that open from a backup."""
    folder.mkdir(mode=0o700)
    vault = restore(
        path, folder, lambda header: unlock_with_passphrase(header, PASSPHRASE), SlotKind.PASSPHRASE, laptop.clock
    )
    journal = open_journal(vault.directory, vault, laptop.clock)
    found = tuple(each for each in journal.dossiers() if journal.view(each).name)
    journal.close()
    vault.lock()
    return found
