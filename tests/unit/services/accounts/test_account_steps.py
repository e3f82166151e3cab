"""Joining, joining again, restoring, help of the organisation: every write fails once, and the step is taken again."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from desktop.records import Journal, open_journal
from desktop.services.accounts.accounts import Accounts, NewColleague
from desktop.services.accounts.own_vault import OwnVault
from desktop.services.accounts.rejoining import RejoinService
from desktop.services.backups.backup_file import Cancelled
from desktop.services.backups.backups import Backups
from desktop.services.backups.restoring import RestoreService
from desktop.vault.file.listing import list_vaults
from desktop.vault.file.process_lock import ProcessLock
from desktop.vault.file.slots import SlotKind
from desktop.vault.file.unfinished import unfinished_directory
from desktop.vault.trust.escrow import EscrowRequest, answer_request
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault, open_vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import VaultId, new_id
from tests.unit.records.cases import CONTEXT
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, SERVER, enrolled_vault, new_vault, still_clock

NEW = "een heel nieuwe wachtzin"
FAILURES = pytest.mark.parametrize(
    "failure", [EnvironmentProblem("files.disk_full"), ProcessDiedError()], ids=["disk full", "killed"]
)


@pytest.fixture
def office() -> OrganisationRoot:
    return create_organisation("AZC", "reception")


def _invite(office: OrganisationRoot, folder: Path) -> tuple[Path, str]:
    data, code = make_invitation(office, server=SERVER, expires=MOMENT + timedelta(days=7), cost=CHEAP)
    path = folder / "invitation"
    path.write_bytes(data)
    return path, code


def _until_it_holds(tmp_path: Path, step: Callable[[int, Path], bool]) -> None:
    """Call `step` with 1, 2, … and a folder of its own until the write with that number is never reached."""
    for number in count(1):
        assert number < MOST_WRITES
        folder = tmp_path / str(number)
        (folder / "vaults").mkdir(mode=0o700, parents=True)
        if not step(number, folder):
            assert number > 1
            return


@FAILURES
def test_joining_makes_a_whole_vault_or_none(tmp_path: Path, office: OrganisationRoot, failure: BaseException) -> None:
    def step(number: int, folder: Path) -> bool:
        root, (invitation, code) = folder / "vaults", _invite(office, folder)
        colleague = NewColleague("Anna", PASSPHRASE)

        def join() -> None:
            Accounts(root, still_clock(), CHEAP).join(invitation, code, colleague).vault.lock()

        failed = attempt(join, FailingWrites(number, failure))
        assert len(list_vaults(root)) == (0 if failed else 1)
        if failed:
            join()
        (card,) = list_vaults(root)
        assert (card.organisation, SlotKind.ESCROW in card.slot_kinds) == ("AZC", True)
        return failed

    _until_it_holds(tmp_path, step)


def _open(vault: Vault) -> Journal:
    return open_journal(vault.directory, vault, still_clock())


def _back_up(folder: Path, office: OrganisationRoot) -> tuple[Path, tuple[str, ...]]:
    """Return a backup with one case, made on another laptop, and the words that open it."""
    vault = enrolled_vault(folder / "old", office, "Anna")
    words = vault.renew_recovery_key()
    journal = _open(vault)
    journal.create_dossier("Selam", ("ti",), CONTEXT)
    Backups(journal, vault, still_clock()).make(folder / "stick", lambda _done, _total: None, Cancelled())
    journal.close()
    vault.lock()
    return folder / "stick", words


@FAILURES
def test_restoring_makes_a_whole_vault_with_its_passphrase_or_none(
    tmp_path: Path, office: OrganisationRoot, failure: BaseException
) -> None:
    def step(number: int, folder: Path) -> bool:
        root, (stick, words) = folder / "vaults", _back_up(folder, office)
        restoring = RestoreService(root, still_clock())
        failed = attempt(lambda: restoring.with_words(stick, words, NEW).lock(), FailingWrites(number, failure))
        if failed:
            assert list(root.iterdir()) == []
            restoring.with_words(stick, words, NEW).lock()
        (card,) = list_vaults(root)
        vault = open_vault(card.directory, NEW, still_clock())
        journal = _open(vault)
        assert [journal.view(each).name for each in journal.dossiers()] == ["Selam"]
        journal.close()
        vault.lock()
        return failed

    _until_it_holds(tmp_path, step)


@pytest.mark.expects_log
@FAILURES
def test_joining_again_gives_the_keys_to_colleagues_or_can_be_done_again(
    tmp_path: Path, office: OrganisationRoot, failure: BaseException
) -> None:
    def step(number: int, folder: Path) -> bool:
        stick, words = _back_up(folder, office)
        vault = RestoreService(folder / "vaults", still_clock()).with_words(stick, words, NEW)
        journal, (invitation, code) = _open(vault), _invite(office, folder)
        before = len(journal.outbox.wraps_waiting(1000))
        failed = attempt(
            lambda: RejoinService(vault, journal, still_clock()).rejoin(invitation, code),
            FailingWrites(number, failure),
        )
        journal.close()
        vault.lock()
        vault = open_vault(vault.directory, NEW, still_clock())
        journal = _open(vault)
        rejoining = RejoinService(vault, journal, still_clock())
        rejoining.settle()
        given = len(journal.outbox.wraps_waiting(1000)) - before
        assert (given > 0) is not rejoining.needed, "whoever joined gave its keys"
        assert journal.intentions.pending() == ()
        if rejoining.needed:
            rejoining.rejoin(invitation, code)
        assert (rejoining.needed, len(journal.outbox.wraps_waiting(1000)) > before) == (False, True)
        journal.close()
        vault.lock()
        return failed

    _until_it_holds(tmp_path, step)


@FAILURES
def test_help_of_the_organisation_opens_again_until_the_new_passphrase_is_kept(
    tmp_path: Path, office: OrganisationRoot, failure: BaseException
) -> None:
    def step(number: int, folder: Path) -> bool:
        root = folder / "vaults"
        vault = enrolled_vault(root, office, "Anna")
        vault.lock()
        accounts = Accounts(root, still_clock(), CHEAP)
        identifier = VaultId(vault.directory.name)
        accounts.save_request(identifier, folder / "request")
        request = EscrowRequest.from_bytes((folder / "request").read_bytes())
        answer, code = answer_request(request, office.card.id, office.root, CHEAP)
        (folder / "answer").write_bytes(answer)
        failed = attempt(
            lambda: accounts.open_answer(identifier, folder / "answer", code, NEW).lock(),
            FailingWrites(number, failure),
        )
        if failed:
            open_vault(vault.directory, PASSPHRASE, still_clock()).lock()
            accounts.open_answer(identifier, folder / "answer", code, NEW).lock()
        open_vault(vault.directory, NEW, still_clock()).lock()
        with pytest.raises(UserError, match=r"escrow\.used"):
            accounts.open_answer(identifier, folder / "answer", code, NEW)
        return failed

    _until_it_holds(tmp_path, step)


@pytest.mark.parametrize("change", ["remove", "set_escrow", "renew", "passphrase"])
def test_every_change_of_a_way_to_open_asks_for_the_passphrase(
    tmp_path: Path, office: OrganisationRoot, change: str
) -> None:
    vault = enrolled_vault(tmp_path, office)
    own = OwnVault(vault, still_clock())
    before = (vault.directory / "vault.opv").read_bytes()
    steps: dict[str, Callable[[str], object]] = {
        "remove": lambda typed: own.remove(SlotKind.ESCROW, typed),
        "set_escrow": own.set_escrow,
        "renew": own.renew_recovery_key,
        "passphrase": lambda typed: own.change_passphrase(typed, NEW),
    }
    with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
        steps[change]("what somebody else types")
    assert (vault.directory / "vault.opv").read_bytes() == before
    steps[change](PASSPHRASE)
    assert (vault.directory / "vault.opv").read_bytes() != before
    vault.lock()


def test_a_start_removes_what_a_crash_left_and_nothing_else(tmp_path: Path) -> None:
    vault, _words = new_vault(tmp_path)
    vault.lock()
    left = tmp_path / f".restore-{new_id()}"
    (left / "vault").mkdir(parents=True)
    (left / "vault" / "journal.db").write_bytes(b"sealed")
    never_written, lost = tmp_path / new_id(), tmp_path / new_id()
    ProcessLock.acquire(_make(never_written)).release()
    _make(lost).joinpath("journal.db").write_bytes(b"sealed")
    (tmp_path / "notes").mkdir()
    with unfinished_directory(tmp_path, VaultId(new_id())) as being_made:
        Accounts(tmp_path, still_clock(), CHEAP)
        assert being_made.is_dir()
    assert {path.name for path in tmp_path.iterdir()} == {vault.directory.name, lost.name, "notes"}


def test_two_programs_do_not_restore_one_vault_at_once(tmp_path: Path) -> None:
    identifier = VaultId(new_id())
    with (
        unfinished_directory(tmp_path, identifier),
        pytest.raises(UserError, match=r"vault\.in_use"),
        unfinished_directory(tmp_path, identifier),
    ):
        pass


def _make(folder: Path) -> Path:
    folder.mkdir(mode=0o700)
    return folder
