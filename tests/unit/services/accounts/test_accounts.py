from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.services.accounts.accounts import Accounts, NewColleague
from desktop.services.accounts.own_vault import OwnVault
from desktop.vault.crypto import stretching
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.errors import OpmaatError, UserError
from protocol.times import SettableClock

CHEAP = Cost(64, 1, 1, below_floor=True)
PASSPHRASE = "vier woorden zijn genoeg"
MARIEKE = NewColleague("Marieke", PASSPHRASE)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(datetime(2026, 11, 24, 9, 42, tzinfo=UTC))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = tmp_path / "vaults"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def accounts(root: Path, clock: SettableClock) -> Accounts:
    return Accounts(root, clock, CHEAP)


@pytest.fixture
def invitation(tmp_path: Path, clock: SettableClock) -> tuple[Path, str]:
    organisation = create_organisation("AZC Harderwijk", RECEPTION)
    expires = clock.now() + timedelta(days=3)
    data, code = make_invitation(organisation, server="https://example.test", expires=expires, cost=CHEAP)
    path = tmp_path / "uitnodiging"
    path.write_bytes(data)
    return path, code


def _code(error: pytest.ExceptionInfo[OpmaatError]) -> str:
    return error.value.code


def test_nobody_works_here_at_first(accounts: Accounts) -> None:
    assert accounts.accounts() == ()


def test_an_invitation_shows_whose_it_is_before_the_code(accounts: Accounts, invitation: tuple[Path, str]) -> None:
    shown = accounts.look(invitation[0])
    assert (shown.organisation, shown.server) == ("AZC Harderwijk", "https://example.test")
    assert len(shown.fingerprint) > 12


def test_joining_makes_an_open_vault_of_the_organisation(accounts: Accounts, invitation: tuple[Path, str]) -> None:
    joined = accounts.join(*invitation, MARIEKE)
    assert joined.vault.person == "Marieke"
    assert joined.vault.membership.card.name == "AZC Harderwijk"
    assert len(joined.words) == 17
    joined.vault.lock()
    (account,) = accounts.accounts()
    assert (account.person, account.organisation, account.problem) == ("Marieke", "AZC Harderwijk", None)


def test_who_is_invited_by_name_joins_under_it(accounts: Accounts, tmp_path: Path, clock: SettableClock) -> None:
    office, expires = create_organisation("AZC Harderwijk", RECEPTION), clock.now() + timedelta(days=3)
    path = tmp_path / "uitnodiging"
    data, code = make_invitation(office, server="", expires=expires, person="Anna de Boer", cost=CHEAP)
    path.write_bytes(data)
    assert accounts.look(path).person == "Anna de Boer"
    vault = accounts.join(path, code, NewColleague("", PASSPHRASE)).vault
    assert vault.person == vault.membership.chain.invitation.subject == "Anna de Boer"
    vault.lock()


@pytest.mark.parametrize(
    ("newcomer", "code", "expected"),
    [
        (NewColleague("  ", PASSPHRASE), None, "accounts.name_missing"),
        (NewColleague("x" * 61, PASSPHRASE), None, "accounts.name_missing"),
        (NewColleague("Marieke", "kort"), None, "vault.passphrase_too_short"),
        (MARIEKE, "0000-0000-0000", "enrol.wrong_code"),
    ],
)
def test_a_refused_join_leaves_nothing_behind(
    accounts: Accounts, invitation: tuple[Path, str], newcomer: NewColleague, code: str | None, expected: str
) -> None:
    path, right = invitation
    with pytest.raises(UserError) as error:
        accounts.join(path, code or right, newcomer)
    assert _code(error) == expected
    assert accounts.accounts() == ()


def test_an_expired_invitation_makes_no_vault(
    accounts: Accounts, invitation: tuple[Path, str], clock: SettableClock
) -> None:
    clock.moment += timedelta(days=4)
    with pytest.raises(UserError) as error:
        accounts.join(*invitation, MARIEKE)
    assert _code(error) == "enrol.invitation_expired"
    assert accounts.accounts() == ()


def test_a_file_that_is_no_invitation_is_refused(accounts: Accounts, tmp_path: Path) -> None:
    path = tmp_path / "brief.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(UserError) as error:
        accounts.look(path)
    assert _code(error) == "enrol.invitation_damaged"


def test_opening_takes_the_right_passphrase(accounts: Accounts, invitation: tuple[Path, str]) -> None:
    accounts.join(*invitation, MARIEKE).vault.lock()
    vault = accounts.accounts()[0].vault
    with pytest.raises(UserError) as error:
        accounts.open(vault, "een andere lange zin")
    assert _code(error) == "vault.wrong_passphrase"
    opened = accounts.open(vault, PASSPHRASE)
    assert opened.person == "Marieke"
    opened.lock()


def test_the_recovery_key_gives_a_new_passphrase(accounts: Accounts, invitation: tuple[Path, str]) -> None:
    joined = accounts.join(*invitation, MARIEKE)
    joined.vault.lock()
    vault = accounts.accounts()[0].vault
    with pytest.raises(UserError) as error:
        accounts.recover(vault, joined.words, "kort")
    assert _code(error) == "vault.passphrase_too_short"
    accounts.recover(vault, joined.words, "nu een heel andere zin").lock()
    accounts.open(vault, "nu een heel andere zin").lock()
    with pytest.raises(UserError):
        accounts.open(vault, PASSPHRASE)


def test_a_damaged_vault_is_shown_with_its_problem(
    accounts: Accounts, invitation: tuple[Path, str], root: Path
) -> None:
    accounts.join(*invitation, MARIEKE).vault.lock()
    vault = accounts.accounts()[0].vault
    (root / vault / "vault.opv").write_bytes(b"broken")
    (account,) = accounts.accounts()
    assert account.problem == "vault.damaged"


def test_practice_leaves_nothing_on_the_laptop(accounts: Accounts, root: Path) -> None:
    vault = accounts.practise("Oefenaar", "Oefenlocatie")
    directory = vault.directory
    assert vault.membership.server == ""
    assert root not in directory.parents
    vault.lock()
    accounts.end_practice()
    assert not directory.exists()
    assert accounts.accounts() == ()


def test_practising_waits_for_no_stretching(root: Path, clock: SettableClock, monkeypatch: pytest.MonkeyPatch) -> None:
    memory: list[int] = []
    argon = vars(stretching)["Argon2id"]

    def watch(*, memory_cost: int, **arguments: object) -> object:
        memory.append(memory_cost)
        return argon(memory_cost=memory_cost, **arguments)

    monkeypatch.setattr(stretching, "Argon2id", watch)
    accounts = Accounts(root, clock)
    accounts.practise("Oefenaar", "Oefenlocatie").lock()
    accounts.end_practice()
    assert memory
    assert max(memory) < 1024


def test_an_own_vault_gets_another_passphrase_and_another_recovery_key(
    accounts: Accounts, invitation: tuple[Path, str], clock: SettableClock
) -> None:
    joined = accounts.join(*invitation, MARIEKE)
    own = OwnVault(joined.vault, clock)
    with pytest.raises(UserError) as error:
        own.change_passphrase("dat was hem niet", "nu een heel andere zin")
    assert _code(error) == "vault.wrong_passphrase"
    own.change_passphrase(PASSPHRASE, "nu een heel andere zin")
    words = own.renew_recovery_key("nu een heel andere zin")
    joined.vault.lock()
    vault = accounts.accounts()[0].vault
    accounts.open(vault, "nu een heel andere zin").lock()
    with pytest.raises(UserError):
        accounts.recover(vault, joined.words, "en nog een lange zin")
    accounts.recover(vault, words, "en nog een lange zin").lock()
