"""Every way in is lost: the administrator answers a request, once, for the right person, and nobody else can."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault.crypto.wrapping import unwrap_key
from desktop.vault.file import slots
from desktop.vault.file.container import FILE_NAME, read
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.escrow import LARGEST, EscrowKey, EscrowRequest, answer_request, escrow_info, open_answer
from desktop.vault.trust.invitation import make_invitation, open_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault, escrow_request, open_vault, open_with_escrow, open_with_recovery
from protocol.canonical import canonical_bytes
from protocol.certificates import RECEPTION
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import VaultId
from tests import places
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, SERVER, enrolled_vault, new_vault, still_clock

NEW = "a new sentence here"


@pytest.fixture
def office() -> OrganisationRoot:
    return create_organisation("AZC Dronten", RECEPTION)


@pytest.fixture
def closed(tmp_path: Path, office: OrganisationRoot) -> Path:
    """The directory of Anna's closed vault."""
    vault = enrolled_vault(tmp_path, office, "Anna")
    vault.lock()
    return vault.directory


def _answer(request: EscrowRequest, office: OrganisationRoot) -> tuple[bytes, str]:
    return answer_request(request, office.card.id, office.root, CHEAP)


def test_the_answer_opens_the_vault_once(closed: Path, office: OrganisationRoot) -> None:
    request = EscrowRequest.from_bytes(escrow_request(closed, still_clock()).to_bytes())
    assert (request.person, request.organisation) == ("Anna", office.card.id)
    file, code = _answer(request, office)
    opened = open_with_escrow(closed, file, code.lower().replace("-", " "), still_clock())
    opened.reset_passphrase(NEW)
    opened.lock()
    open_vault(closed, NEW, still_clock()).lock()
    with pytest.raises(UserError, match=r"escrow\.used"):
        open_with_escrow(closed, file, code, still_clock())
    again, next_code = _answer(escrow_request(closed, still_clock()), office)
    assert open_with_escrow(closed, again, next_code, still_clock()).person == "Anna"


def test_a_passphrase_is_not_reset_without_a_way_that_was_lost(closed: Path) -> None:
    opened = open_vault(closed, PASSPHRASE, still_clock())
    with pytest.raises(UserError, match=r"vault\.passphrase_needed"):
        opened.reset_passphrase(NEW)


def test_a_colleague_with_all_keys_of_the_own_vault_opens_nothing(
    tmp_path: Path, closed: Path, office: OrganisationRoot
) -> None:
    colleague = enrolled_vault(tmp_path, office, "Bas")
    request = escrow_request(closed, still_clock())
    info = escrow_info(request.vault, request.organisation, request.person)
    for private in colleague.membership.wraps:
        with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
            unwrap_key(private, request.wrapped, info)


@pytest.mark.parametrize("field", ["person", "vault", "wrapped"])
def test_a_request_in_another_name_is_not_answered(closed: Path, office: OrganisationRoot, field: str) -> None:
    request = escrow_request(closed, still_clock())
    changed = {
        "person": replace(request, person="Bas"),
        "vault": replace(request, vault=VaultId("f" * 32)),
        "wrapped": replace(request, wrapped=request.wrapped[:-1] + b"\0"),
    }[field]
    assert changed.fingerprint != request.fingerprint
    with pytest.raises(UserError, match=r"escrow\.request_changed"):
        _answer(changed, office)


def test_another_organisation_answers_nothing(closed: Path) -> None:
    other = create_organisation("Elders", RECEPTION)
    request = escrow_request(closed, still_clock())
    with pytest.raises(UserError, match=r"escrow\.other_organisation"):
        _answer(request, other)
    with pytest.raises(UserError, match=r"escrow\.request_changed"):
        _answer(replace(request, organisation=other.card.id), other)


def test_an_answer_needs_its_code_and_its_vault(tmp_path: Path, closed: Path, office: OrganisationRoot) -> None:
    file, code = _answer(escrow_request(closed, still_clock()), office)
    with pytest.raises(UserError, match=r"escrow\.wrong_code"):
        open_with_escrow(closed, file, "0000-0000-0000", still_clock())
    stranger = enrolled_vault(tmp_path, office, "Bas")
    stranger.lock()
    with pytest.raises(UserError, match=r"escrow\.other_vault"):
        open_with_escrow(stranger.directory, file, code, still_clock())


def test_every_flipped_byte_of_an_answer_and_a_request_is_noticed(closed: Path, office: OrganisationRoot) -> None:
    request = escrow_request(closed, still_clock())
    file, code = _answer(request, office)
    whole = request.to_bytes()
    for at in range(len(file)):
        with pytest.raises(OpmaatError):
            open_answer(file[:at] + bytes((file[at] ^ 1,)) + file[at + 1 :], code, request.vault)
    for at in range(len(whole)):
        try:
            changed = EscrowRequest.from_bytes(whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :])
        except OpmaatError:
            continue
        assert changed.fingerprint != request.fingerprint
    for newer in (json.loads(whole), json.loads(file)):
        newer["version"] = 2
        with pytest.raises(UserError, match=r"escrow\.file_newer"):
            (EscrowRequest.from_bytes if "wrapped" in newer else _open_any)(canonical_bytes(newer))


def _open_any(data: bytes) -> object:
    return open_answer(data, "0000-0000-0000", VaultId("0" * 32))


def test_removing_the_escrow_ends_the_help_and_setting_it_brings_it_back(tmp_path: Path, closed: Path) -> None:
    vault = open_vault(closed, PASSPHRASE, still_clock())
    vault.remove(SlotKind.ESCROW)
    with pytest.raises(UserError, match=r"escrow\.none"):
        escrow_request(closed, still_clock())
    vault.set_escrow()
    assert escrow_request(closed, still_clock()).person == "Anna"
    alone, _ = new_vault(tmp_path)
    with pytest.raises(UserError, match=r"escrow\.none_offered"):
        alone.set_escrow()


def test_joining_again_respects_that_somebody_wants_no_escrow(closed: Path, office: OrganisationRoot) -> None:
    vault = open_vault(closed, PASSPHRASE, still_clock())
    vault.remove(SlotKind.ESCROW)
    _join_again(vault, office)
    assert SlotKind.ESCROW not in vault.slot_kinds
    vault.set_escrow()
    before = slots.find(read((closed / FILE_NAME).read_bytes()).slots, SlotKind.ESCROW)
    _join_again(vault, office)
    assert slots.find(vault._open.slots, SlotKind.ESCROW) != before


def test_resetting_with_the_recovery_key_leaves_the_escrow_as_it_is(tmp_path: Path, office: OrganisationRoot) -> None:
    vault = enrolled_vault(tmp_path, office, "Anna")
    words = vault.renew_recovery_key()
    kept = slots.find(vault._open.slots, SlotKind.ESCROW)
    vault.lock()
    opened = open_with_recovery(vault.directory, words, still_clock())
    opened.reset_passphrase(NEW)
    assert slots.find(opened._open.slots, SlotKind.ESCROW) == kept


def test_an_escrow_key_is_signed_by_the_root_and_by_nobody_else(office: OrganisationRoot) -> None:
    key = EscrowKey.make(office.card.id, office.root)
    assert EscrowKey.from_json(key.to_json(), office.card.root) == key
    other = create_organisation("Elders", RECEPTION)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        EscrowKey.from_json(EscrowKey.make(office.card.id, other.root).to_json(), office.card.root)


def test_an_endless_answer_is_not_read(closed: Path) -> None:
    with pytest.raises(UserError, match=r"escrow\.file_damaged"):
        open_with_escrow(closed, b" " * (LARGEST + 1), "0000-0000-0000", still_clock())


def test_an_invitation_of_version_1_makes_a_vault_without_escrow(tmp_path: Path) -> None:
    old = json.loads((places.VECTORS / "trust/v1.json").read_text("utf-8"))["invitation"]
    opened_invitation = open_invitation(old["file"].encode(), old["code"], MOMENT)
    assert opened_invitation.escrow is None
    vault, _ = new_vault(tmp_path)
    vault.join(opened_invitation, MOMENT)
    assert (vault.escrow_key, SlotKind.ESCROW in vault.slot_kinds) == (None, False)


def _join_again(vault: Vault, office: OrganisationRoot) -> None:
    data, code = make_invitation(office, server=SERVER, expires=MOMENT + timedelta(days=7), cost=CHEAP)
    vault.join(open_invitation(data, code, MOMENT), MOMENT)
