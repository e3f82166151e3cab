"""A new wrapping key of an organisation: made, brought to one device, and kept in front of the older ones."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.crypto.wrapping import WrapInfo, new_private_key, public_key, wrap_key
from desktop.vault.key_grants import give, is_for_newest_key, make_unwrapper
from desktop.vault.trust.invitation import make_invitation, open_invitation
from desktop.vault.trust.organisation import (
    OrganisationRoot,
    create_organisation,
    read_key_file,
    renewed,
    write_key_file,
)
from desktop.vault.trust.renewal import make_renewal, open_renewal, own_wrapping_key
from desktop.vault.vault import Vault, open_vault
from protocol.canonical import canonical_bytes
from protocol.certificates import RECEPTION
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.renewal import KeyRenewal, renewal_info, verify_renewal
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, SERVER, enrolled_vault, new_vault, still_clock

AZC = create_organisation("AZC Haarlem", RECEPTION)
SECOND = renewed(AZC, 1)
THIRD = renewed(SECOND, 2)
DEVICE, OTHER = DeviceIdentity(bytes(31) + b"\2"), DeviceIdentity(bytes(31) + b"\3")
INFO = WrapInfo(DossierId("5" * 32), "core", 1, AZC.card.id)


def _verified(data: bytes) -> KeyRenewal:
    return verify_renewal(data, AZC.card.root)


def _join(vault: Vault, organisation: OrganisationRoot) -> None:
    data, code = make_invitation(organisation, server=SERVER, expires=MOMENT + timedelta(days=7), cost=CHEAP)
    vault.join(open_invitation(data, code, MOMENT), MOMENT)


def test_a_renewed_organisation_has_a_fresh_key_a_newer_card_and_every_older_key() -> None:
    assert (THIRD.card.id, THIRD.card.name, THIRD.card.version) == (AZC.card.id, AZC.card.name, 3)
    assert THIRD.wraps == (THIRD.wrap, SECOND.wrap, AZC.wrap)
    assert public_key(THIRD.wrap) == THIRD.card.wrap
    assert renewed(AZC, 7).card.version == 8


def test_a_key_file_keeps_the_older_keys_and_is_of_version_1_before_there_are_any() -> None:
    assert b'"version":1}' in write_key_file(AZC, PASSPHRASE, CHEAP)
    again = read_key_file(write_key_file(THIRD, PASSPHRASE, CHEAP), PASSPHRASE)
    assert (again.wraps, again.card) == (THIRD.wraps, THIRD.card)


def test_an_invitation_brings_the_older_keys_too_and_is_of_version_2_before_there_are_any() -> None:
    before, _code = make_invitation(AZC, server=SERVER, expires=MOMENT, cost=CHEAP)
    data, code = make_invitation(THIRD, server=SERVER, expires=MOMENT, cost=CHEAP)
    opened = open_invitation(data, code, MOMENT)
    assert b'"version":2}' in before
    assert (opened.wrap, opened.former, opened.card) == (THIRD.wrap, THIRD.former, THIRD.card)


def test_a_renewal_opens_for_its_device_and_no_other() -> None:
    data = make_renewal(THIRD, own_wrapping_key(DEVICE), MOMENT)
    assert open_renewal(_verified(data), DEVICE) == THIRD.wraps
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        open_renewal(_verified(data), OTHER)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        open_renewal(replace(_verified(data), device=OTHER.id), OTHER)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        open_renewal(replace(_verified(data), card=SECOND.card), DEVICE)
    for secret in THIRD.wraps:
        assert to_base64(secret)[2:-2].encode() not in data


@pytest.mark.parametrize(
    "wraps", [[], [to_base64(SECOND.wrap)], ["~"], [1], "text"], ids=["none", "another", "no bytes", "number", "text"]
)
def test_keys_that_are_not_those_of_the_card_are_refused(wraps: object) -> None:
    key = own_wrapping_key(DEVICE)
    plain = canonical_bytes({"wraps": wraps})  # type: ignore[dict-item]
    wrapped = wrap_key(key.public, plain, renewal_info(AZC.card.id, DEVICE.id, 3))
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        open_renewal(KeyRenewal(THIRD.card, DEVICE.id, MOMENT, wrapped), DEVICE)


def test_the_own_wrapping_key_follows_from_the_identity_and_is_not_the_identity() -> None:
    assert own_wrapping_key(DEVICE) == own_wrapping_key(DEVICE)
    assert own_wrapping_key(DEVICE).public != own_wrapping_key(OTHER).public
    assert own_wrapping_key(DEVICE).public != public_key(b"\2" + DEVICE.seed)


def test_a_vault_keeps_the_new_key_in_front_and_opens_what_was_wrapped_for_any(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    vault.take_keys(THIRD.card, THIRD.wraps)
    vault.lock()
    again = open_vault(vault.directory, PASSPHRASE, still_clock())
    assert (again.membership.card, again.membership.wraps) == (THIRD.card, THIRD.wraps)
    for organisation in (AZC, SECOND, THIRD):
        assert make_unwrapper(again)(INFO, wrap_key(organisation.card.wrap, bytes(32), INFO.to_bytes())) == bytes(32)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        make_unwrapper(again)(INFO, wrap_key(public_key(new_private_key()), bytes(32), INFO.to_bytes()))


def test_an_older_card_never_replaces_a_newer_one_and_no_key_is_let_go(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    vault.take_keys(THIRD.card, (THIRD.wrap, AZC.wrap))
    vault.take_keys(SECOND.card, SECOND.wraps)
    assert vault.membership.card == THIRD.card
    assert vault.membership.wraps == (THIRD.wrap, AZC.wrap, SECOND.wrap)
    before = vault.membership
    vault.take_keys(SECOND.card, SECOND.wraps)
    assert vault.membership == before


def test_a_vault_without_organisation_takes_no_key(tmp_path: Path) -> None:
    vault, _words = new_vault(tmp_path)
    with pytest.raises(UserError, match=r"vault\.no_organisation"):
        vault.take_keys(SECOND.card, SECOND.wraps)


@pytest.mark.parametrize(("first", "then"), [(THIRD, AZC), (AZC, THIRD), (SECOND, SECOND)])
def test_a_vault_that_joins_again_keeps_every_key_and_the_newest_card(
    tmp_path: Path, first: OrganisationRoot, then: OrganisationRoot
) -> None:
    vault = enrolled_vault(tmp_path, first)
    _join(vault, then)
    newest = max(first, then, key=lambda each: each.card.version)
    assert vault.membership.card == newest.card
    assert vault.membership.wraps == newest.wraps


def test_a_grant_tells_whether_it_is_for_the_newest_key(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    old = give(vault, INFO, AZC.card, bytes(32))
    vault.take_keys(SECOND.card, SECOND.wraps)
    assert not is_for_newest_key(vault, INFO, old)
    assert is_for_newest_key(vault, INFO, give(vault, INFO, SECOND.card, bytes(32)))
