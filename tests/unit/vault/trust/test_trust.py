from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from desktop.vault.crypto.identity import SigningKey
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import KeyReceiver, give, key_id
from desktop.vault.trust.invitation import make_invitation, open_invitation, read_invitation
from desktop.vault.trust.organisation import create_organisation, read_key_file, write_key_file
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.certificates import MUNICIPALITY, RECEPTION, OrganisationCard, verify_chain
from protocol.directory import Directory, sign_directory, verify_directory
from protocol.errors import UserError
from protocol.identifiers import DossierId, device_id, organisation_id
from tests.unit.vault.people import CHEAP, MOMENT, SERVER, enrolled_vault, new_vault

AZC = create_organisation("AZC Haarlem", RECEPTION)
TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
KEY = bytes(range(32))
LATER = MOMENT + timedelta(days=7)


def test_an_invitation_opens_with_its_code_however_it_is_typed() -> None:
    data, code = make_invitation(AZC, server=SERVER, expires=LATER, cost=CHEAP)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    shown = read_invitation(data)
    assert (shown.server, shown.card.name, shown.certificate.expires) == (SERVER, "AZC Haarlem", LATER)
    for typed in (code, code.lower().replace("-", " "), code.replace("0", "o").replace("1", "l")):
        opened_invitation = open_invitation(data, typed, MOMENT)
        assert (opened_invitation.card.id, opened_invitation.wrap) == (AZC.card.id, AZC.wrap)


def test_an_invitation_refuses_a_wrong_code_and_a_late_guest() -> None:
    data, code = make_invitation(AZC, server=SERVER, expires=LATER, cost=CHEAP)
    with pytest.raises(UserError, match=r"enrol\.wrong_code"):
        open_invitation(data, "0000-0000-0000", MOMENT)
    with pytest.raises(UserError, match=r"enrol\.invitation_expired"):
        open_invitation(data, code, LATER + timedelta(seconds=1))


def test_every_changed_field_of_an_invitation_is_noticed() -> None:
    data, code = make_invitation(AZC, server=SERVER, expires=LATER, cost=CHEAP)
    whole = parse_canonical(data)
    assert isinstance(whole, dict)
    other, _ = make_invitation(TOWN, server="https://elsewhere.example", expires=LATER, cost=CHEAP)
    foreign = parse_canonical(other)
    assert isinstance(foreign, dict)
    for name in ("public", "salt", "check", "sealed"):
        mixed: JsonValue = {**whole, name: foreign[name]}
        with pytest.raises(UserError, match=r"enrol\.(invitation_damaged|wrong_code)"):
            open_invitation(canonical_bytes(mixed), code, MOMENT)
    moved: JsonValue = {**whole, "public": {**whole["public"], "server": "https://elsewhere.example"}}
    with pytest.raises(UserError, match=r"enrol\.invitation_damaged"):
        open_invitation(canonical_bytes(moved), code, MOMENT)
    newer: JsonValue = {**whole, "version": 4}
    with pytest.raises(UserError, match=r"enrol\.invitation_newer"):
        read_invitation(canonical_bytes(newer))


def test_a_device_proves_where_it_belongs(tmp_path: Path) -> None:
    vault = enrolled_vault(tmp_path, AZC)
    document = vault.membership.chain.to_json()
    chain = verify_chain(document, AZC.card.root)
    assert (chain.device.device, chain.device.organisation) == (vault.device.id, AZC.card.id)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_chain(document, TOWN.card.root)
    with pytest.raises(UserError, match=r"trust\.device_revoked"):
        verify_chain(document, AZC.card.root, [vault.device.id])


def test_a_chain_cannot_be_put_together_from_two(tmp_path: Path) -> None:
    first = enrolled_vault(tmp_path, AZC).membership.chain
    second = enrolled_vault(tmp_path, AZC).membership.chain
    mixed: JsonValue = {"device": second.device.signed.to_json(), "invitation": first.invitation.signed.to_json()}
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_chain(mixed, AZC.card.root)


def test_a_certificate_after_the_invitation_expired_is_worthless(tmp_path: Path) -> None:
    data, code = make_invitation(AZC, server=SERVER, expires=LATER, cost=CHEAP)
    opened_invitation = open_invitation(data, code, MOMENT)
    device = enrolled_vault(tmp_path, AZC).device
    with pytest.raises(UserError, match=r"enrol\.invitation_expired"):
        opened_invitation.certify(device, LATER + timedelta(seconds=1))


def test_a_changed_document_is_not_signed(tmp_path: Path) -> None:
    document = enrolled_vault(tmp_path, AZC).membership.chain.to_json()
    text = canonical_bytes(document)
    for before, after in ((b'"2026', b'"2036'), (b'"organisation":"', b'"organisation":"0')):
        with pytest.raises(UserError, match=r"trust\.(not_signed|document_damaged)"):
            verify_chain(parse_canonical(text.replace(before, after)), AZC.card.root)


def test_the_card_of_an_organisation_is_its_own() -> None:
    again = OrganisationCard.from_json(AZC.card.to_json())
    assert again == AZC.card
    assert again.id == organisation_id(AZC.root.public)
    forged = OrganisationCard.make(SigningKey.new(), name="AZC Haarlem", kind=RECEPTION, wrap=AZC.card.wrap)
    assert forged.id != AZC.card.id
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        OrganisationCard.from_json(structs.replace(AZC.card.signed, signature=forged.signed.signature).to_json())
    with pytest.raises(UserError, match=r"trust\.document_damaged"):
        OrganisationCard.make(SigningKey.new(), name="?", kind="school", wrap=AZC.card.wrap)


def test_a_directory_is_the_roots_word(tmp_path: Path) -> None:
    lost = enrolled_vault(tmp_path, AZC).device.id
    directory = Directory(AZC.card.id, 7, MOMENT, (AZC.card, TOWN.card), (lost,))
    data = sign_directory(AZC.root, directory)
    assert verify_directory(data, AZC.card.root) == directory
    assert verify_directory(data, AZC.card.root).card(TOWN.card.id) == TOWN.card
    with pytest.raises(UserError, match=r"trust\.organisation_unknown"):
        directory.card(organisation_id(bytes(32)))
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_directory(data, TOWN.card.root)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        verify_directory(data.replace(lost.encode(), device_id(bytes(32)).encode()), AZC.card.root)


def test_the_key_file_of_an_administrator_opens_with_its_passphrase_only() -> None:
    data = write_key_file(AZC, "the administrators sentence", CHEAP)
    again = read_key_file(data, "the administrators sentence")
    assert (again.root.public, again.wrap, again.card) == (AZC.root.public, AZC.wrap, AZC.card)
    assert AZC.root.seed not in data
    with pytest.raises(UserError, match=r"trust\.wrong_passphrase"):
        read_key_file(data, "another sentence")
    with pytest.raises(UserError, match=r"trust\.key_file_damaged"):
        read_key_file(data[:-9], "the administrators sentence")
    with pytest.raises(UserError, match=r"trust\.key_file_newer"):
        read_key_file(data.replace(b'"version":1}', b'"version":3}'), "the administrators sentence")


def test_a_key_is_received_from_a_trusted_device_only(tmp_path: Path) -> None:
    giver, taker = enrolled_vault(tmp_path, AZC), enrolled_vault(tmp_path, TOWN)
    info = WrapInfo(DossierId("5" * 32), "core", 1, TOWN.card.id)
    blob = give(giver, info, TOWN.card, KEY)
    roots = {AZC.card.id: AZC.card.root}
    assert KeyReceiver(taker, roots).receive(info, blob) == (KEY, AZC.card.id)
    with pytest.raises(UserError, match=r"trust\.organisation_unknown"):
        KeyReceiver(taker, {}).receive(info, blob)
    with pytest.raises(UserError, match=r"trust\.device_revoked"):
        KeyReceiver(taker, roots, [giver.device.id]).receive(info, blob)
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        KeyReceiver(taker, roots).receive(replace(info, epoch=2), blob)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        KeyReceiver(taker, roots).receive(info, b"x" * 20_000)


def test_a_grant_holds_one_whole_key(tmp_path: Path) -> None:
    giver, taker = enrolled_vault(tmp_path, AZC), enrolled_vault(tmp_path, TOWN)
    info = WrapInfo(DossierId("5" * 32), "core", 1, TOWN.card.id)
    for key in (b"", KEY[:-1], KEY + b"x"):
        with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
            KeyReceiver(taker, {AZC.card.id: AZC.card.root}).receive(info, give(giver, info, TOWN.card, key))


def test_a_key_wrapped_for_another_organisation_does_not_open(tmp_path: Path) -> None:
    giver, taker = enrolled_vault(tmp_path, AZC), enrolled_vault(tmp_path, TOWN)
    info = WrapInfo(DossierId("5" * 32), "core", 1, AZC.card.id)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        KeyReceiver(taker, {AZC.card.id: AZC.card.root}).receive(info, give(giver, info, AZC.card, KEY))


def test_a_vault_without_organisation_gives_and_receives_nothing(tmp_path: Path) -> None:
    alone, _words = new_vault(tmp_path)
    info = WrapInfo(DossierId("5" * 32), "core", 1, AZC.card.id)
    with pytest.raises(UserError, match=r"vault\.no_organisation"):
        give(alone, info, AZC.card, KEY)
    with pytest.raises(UserError, match=r"vault\.no_organisation"):
        KeyReceiver(alone, {AZC.card.id: AZC.card.root})


def test_a_server_cannot_put_its_own_key_in_a_grant(tmp_path: Path) -> None:
    giver, taker = enrolled_vault(tmp_path, AZC), enrolled_vault(tmp_path, TOWN)
    info = WrapInfo(DossierId("5" * 32), "core", 1, TOWN.card.id)
    honest = parse_canonical(give(giver, info, TOWN.card, KEY))
    own = parse_canonical(give(giver, replace(info, epoch=2), TOWN.card, bytes(32)))
    assert isinstance(honest, dict)
    assert isinstance(own, dict)
    forged: JsonValue = {**honest, "wrapped": own["wrapped"]}
    with pytest.raises(UserError, match=r"trust\.not_signed"):
        KeyReceiver(taker, {AZC.card.id: AZC.card.root}).receive(info, canonical_bytes(forged))


def test_a_mark_tells_keys_apart() -> None:
    assert key_id(KEY) != key_id(bytes(32))
    assert len(key_id(KEY)) == 8
