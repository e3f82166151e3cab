import hashlib
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import UNSET, UnsetType

from desktop.vault.crypto.stretching import Cost
from desktop.vault.file.container import FILE_NAME
from desktop.vault.file.listing import list_vaults
from desktop.vault.trust.invitation import OpenedInvitation, make_invitation, open_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import create_vault, open_vault, open_with_recovery
from protocol.certificates import MUNICIPALITY, RECEPTION
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from tests import places
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, SERVER, enrolled_vault, new_vault, still_clock

EVERY = pytest.mark.parametrize("stride", [17, pytest.param(1, marks=pytest.mark.long)])
"""A flip at every seventeenth place, and in the long run at every one."""

_HOLDER = """
import sys
from pathlib import Path
from desktop.vault.vault import open_vault
vault = open_vault(Path(sys.argv[1]), sys.argv[2])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_vault_opens_again_with_its_passphrase_and_keeps_its_identity(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    identity, number = vault.device.id, vault.id
    vault.put("settings", {"theme": "dark"})
    vault.lock()
    again = open_vault(vault.directory, PASSPHRASE, still_clock())
    assert (again.id, again.device.id, again.person, again.organisation) == (number, identity, "J. de Vries", "AZC")
    assert again.get("settings") == {"theme": "dark"}
    assert again.directory == tmp_path / again.id


def test_a_vault_and_its_directory_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    assert vault.directory.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o077 for path in vault.directory.iterdir()] == [0] * 3


def test_a_directory_others_can_read_is_refused(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    vault.directory.chmod(0o755)
    with pytest.raises(EnvironmentProblem, match=r"files\.not_private"):
        open_vault(vault.directory, PASSPHRASE)


def test_wrong_passphrases_are_counted_and_told_once(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    for _ in range(3):
        with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
            open_vault(vault.directory, "another sentence")
    first = open_vault(vault.directory, PASSPHRASE)
    assert first.failed_attempts == 3
    first.lock()
    assert open_vault(vault.directory, PASSPHRASE).failed_attempts == 0


def test_a_damaged_count_of_attempts_keeps_nobody_out(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    (vault.directory / "attempts.json").write_bytes(b"{")
    assert open_vault(vault.directory, PASSPHRASE).failed_attempts == 0


def test_the_same_passphrase_typed_on_another_keyboard_opens(tmp_path: Path) -> None:
    vault, _ = create_vault(
        tmp_path, person="p", organisation="o", passphrase="vrij café zin", clock=still_clock(), cost=CHEAP
    )
    vault.lock()
    assert open_vault(vault.directory, "vrij cafe\u0301 zin").person == "p"


def test_the_recovery_key_opens_and_lets_a_new_passphrase_be_set(tmp_path: Path) -> None:
    vault, words = new_vault(tmp_path)
    vault.lock()
    recovered = open_with_recovery(vault.directory, words)
    recovered.reset_passphrase("a new sentence here")
    recovered.lock()
    with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
        open_vault(vault.directory, PASSPHRASE)
    again = open_vault(vault.directory, "a new sentence here")
    with pytest.raises(UserError, match=r"vault\.passphrase_needed"):
        again.reset_passphrase("yet another sentence")


def test_a_renewed_recovery_key_makes_the_old_sheet_worthless(tmp_path: Path) -> None:
    vault, old = new_vault(tmp_path)
    new = vault.renew_recovery_key()
    vault.lock()
    with pytest.raises(UserError, match=r"vault\.wrong_recovery_key"):
        open_with_recovery(vault.directory, old)
    assert open_with_recovery(vault.directory, new).person == "J. de Vries"


def test_changing_the_passphrase_asks_for_the_present_one(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
        vault.change_passphrase("not the present one", "a new sentence here")
    with pytest.raises(UserError, match=r"vault\.passphrase_too_short"):
        vault.change_passphrase(PASSPHRASE, "short")
    vault.change_passphrase(PASSPHRASE, "a new sentence here")
    vault.lock()
    assert open_vault(vault.directory, "a new sentence here").person == "J. de Vries"


def test_a_short_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"vault\.passphrase_too_short"):
        create_vault(tmp_path, person="p", organisation="o", passphrase="kort", clock=still_clock(), cost=CHEAP)
    assert list_vaults(tmp_path) == ()


def test_a_cost_below_the_floor_has_to_be_meant() -> None:
    with pytest.raises(ValueError, match="floor"):
        Cost(memory=1024, passes=3, lanes=4)
    with pytest.raises(ValueError, match="floor"):
        Cost(memory=64 * 1024, passes=2, lanes=4)


def test_no_product_code_asks_for_the_cheap_cost() -> None:
    root = places.ROOT
    callers = [path for path in (root / "desktop").rglob("*.py") if "Cost.cheap" in path.read_text("utf-8")]
    callers += [path for path in (root / "server").rglob("*.py") if "Cost.cheap" in path.read_text("utf-8")]
    assert callers == []


def test_only_a_vault_that_is_thrown_away_does_without_stretching() -> None:
    files = [path for half in ("desktop", "server") for path in (places.ROOT / half).rglob("*.py")]
    callers = [path.name for path in files if "Cost.for_random_secret" in path.read_text("utf-8")]
    assert callers == ["accounts.py"]


def test_a_second_process_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    with subprocess.Popen(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", _HOLDER, str(vault.directory), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=places.ROOT,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(UserError, match=r"vault\.in_use"):
            open_vault(vault.directory, PASSPHRASE)
        holder.kill()
    assert open_vault(vault.directory, PASSPHRASE).person == "J. de Vries"


def test_a_locked_vault_gives_nothing(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, create_organisation("AZC", RECEPTION))
    vault.lock()
    vault.lock()
    uses = (
        lambda: vault.person,
        lambda: vault.device,
        lambda: vault.membership,
        lambda: vault.get("a"),
        lambda: vault.seal(b"", b""),
        vault.renew_recovery_key,
    )
    assert vault.locked
    for use in uses:
        with pytest.raises(UserError, match=r"vault\.locked"):
            use()


@EVERY
def test_every_flipped_byte_is_noticed_and_the_file_is_left_alone(tmp_path: Path, stride: int) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    path = vault.directory / FILE_NAME
    good = path.read_bytes()
    for at in [*range(16), *range(16, len(good), stride)]:
        bad = good[:at] + bytes((good[at] ^ 0x20,)) + good[at + 1 :]
        path.write_bytes(bad)
        with pytest.raises(UserError) as caught:
            open_vault(vault.directory, PASSPHRASE)
        assert caught.value.code == ("vault.newer_version" if at in {8, 9} else "vault.damaged")
        assert path.read_bytes() == bad
    path.write_bytes(good)
    assert open_vault(vault.directory, PASSPHRASE).failed_attempts == 0


@EVERY
def test_every_flipped_bit_is_noticed_even_with_the_checksum_made_right(tmp_path: Path, stride: int) -> None:
    """The checksum tells accidents; who changes a vault on purpose makes it right and meets seal and checks."""
    vault, words = new_vault(tmp_path)
    vault.lock()
    path = vault.directory / FILE_NAME
    good = path.read_bytes()
    header = good.index(b"J. de Vries")
    for at in range(0, len(good) - 32, stride):
        for bit in (1, 0x80):
            front = good[:at] + bytes((good[at] ^ bit,)) + good[at + 1 : -32]
            path.write_bytes(front + hashlib.sha256(front).digest())
            (vault.directory / "attempts.json").unlink(missing_ok=True)
            with pytest.raises(UserError):
                open_vault(vault.directory, PASSPHRASE)
            with pytest.raises(UserError):
                open_with_recovery(vault.directory, words)
    changed = good[:header] + b"K" + good[header + 1 : -32]
    path.write_bytes(changed + hashlib.sha256(changed).digest())
    assert list_vaults(tmp_path)[0].person == "K. de Vries"
    with pytest.raises(UserError, match=r"vault\.damaged"):
        open_vault(vault.directory, PASSPHRASE)


def test_a_vault_of_a_newer_version_is_refused_and_listed_with_its_problem(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    path = vault.directory / FILE_NAME
    newer = path.read_bytes()[:8] + b"\x00\x02" + b"everything else may differ"
    path.write_bytes(newer)
    with pytest.raises(UserError, match=r"vault\.newer_version"):
        open_vault(vault.directory, PASSPHRASE)
    assert path.read_bytes() == newer
    (card,) = list_vaults(tmp_path)
    assert (card.vault, card.person, card.problem) == (vault.directory.name, "", "vault.newer_version")


def test_a_vault_file_that_is_gone_or_huge_has_a_code(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    path = vault.directory / FILE_NAME
    with path.open("r+b") as stream:
        stream.truncate(17 * 1024 * 1024)
    with pytest.raises(UserError, match=r"vault\.damaged"):
        open_vault(vault.directory, PASSPHRASE)
    path.unlink()
    with pytest.raises(OpmaatError, match=r"files\.not_found"):
        open_vault(vault.directory, PASSPHRASE)


def test_when_the_disk_refuses_the_old_state_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, _ = new_vault(tmp_path)
    vault.put("a", 1)

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentProblem, match=r"files\.disk_full"):
            vault.put("a", 2)
    assert vault.get("a") == 1
    vault.lock()
    assert open_vault(vault.directory, PASSPHRASE).get("a") == 1


def test_a_vault_that_could_not_be_written_is_not_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(EnvironmentProblem, match=r"files\.disk_full"):
            new_vault(tmp_path)
    assert list_vaults(tmp_path) == ()


def test_half_typed_text_never_gets_into_a_backup(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.put("draft", {"texts": {"interview.answer": "half"}})
    vault.put("settings", {"theme": "dark"})
    notes = vault.for_backup().contents.notes
    assert "draft" not in notes
    assert notes["settings"] == {"theme": "dark"}


def test_vaults_are_listed_last_opened_first_without_opening_any(tmp_path: Path) -> None:
    assert list_vaults(tmp_path / "nowhere") == ()
    first, _ = new_vault(tmp_path, "Eén")
    second, _ = new_vault(tmp_path, "Twee")
    first.lock()
    second.lock()
    open_vault(first.directory, PASSPHRASE).lock()
    (tmp_path / "something else").mkdir()
    cards = list_vaults(tmp_path)
    assert [card.person for card in cards] == ["Eén", "Twee"]
    assert all(card.last_opened is not None for card in cards)


def test_two_people_on_one_laptop_share_nothing(tmp_path: Path) -> None:
    mine, _ = new_vault(tmp_path, "Ik")
    yours, _ = new_vault(tmp_path, "Jij")
    sealed = mine.seal(b"x", b"secret")
    with pytest.raises(UserError, match=r"vault\.seal_broken"):
        yours.open_sealed(b"x", sealed)
    assert mine.open_sealed(b"x", sealed) == b"secret"
    assert mine.device.id != yours.device.id


def test_a_vault_joins_one_organisation_only(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, create_organisation("AZC Haarlem", RECEPTION))
    other = create_organisation("Haarlem", MUNICIPALITY)
    number = vault.organisation_id
    vault.lock()
    vault = open_vault(vault.directory, PASSPHRASE)
    assert (vault.organisation, vault.organisation_id) == ("AZC Haarlem", number)
    assert vault.membership.chain.device.public == vault.device.public
    stranger = enrolled_vault(tmp_path, other)
    assert stranger.organisation_id == other.card.id
    with pytest.raises(UserError, match=r"vault\.other_organisation"):
        stranger.join(_membership(create_organisation("Elders", RECEPTION)), still_clock().now())


def test_an_invitation_in_another_name_makes_nobody_a_device(tmp_path: Path) -> None:
    office = create_organisation("AZC Haarlem", RECEPTION)
    vault, _words = new_vault(tmp_path, "Anna de Boer")
    with pytest.raises(UserError, match=r"enrol\.other_person") as caught:
        vault.join(_membership(office, "Karim Jansen"), MOMENT)
    assert caught.value.details == {"person": "Karim Jansen"}
    assert vault.organisation_id is None
    vault.join(_membership(office, "Anna de Boer"), MOMENT)
    assert vault.membership.chain.invitation.subject == vault.person


def _membership(organisation: OrganisationRoot, person: str | UnsetType = UNSET) -> OpenedInvitation:
    expires = MOMENT + timedelta(days=1)
    data, code = make_invitation(organisation, server=SERVER, expires=expires, person=person, cost=CHEAP)
    return open_invitation(data, code, MOMENT)
