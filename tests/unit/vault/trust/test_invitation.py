"""An invitation put together otherwise than an organisation does is refused, even with the right code."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.vault.crypto.identity import SEED_BYTES, SigningKey
from desktop.vault.crypto.locked_file import write_locked
from desktop.vault.crypto.one_time_codes import new_code, plain_code
from desktop.vault.trust.escrow import EscrowKey
from desktop.vault.trust.invitation import LARGEST, make_invitation, open_invitation, read_invitation
from desktop.vault.trust.organisation import create_organisation, read_key_file, write_key_file
from desktop.vault.vault import create_vault, open_vault
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import MUNICIPALITY, RECEPTION, InvitationCertificate
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import new_id
from protocol.times import time_text
from tests.unit.vault.people import CHEAP, MOMENT, PASSPHRASE, SERVER, still_clock

AZC = create_organisation("AZC Haarlem", RECEPTION)
TOWN = create_organisation("Gemeente Haarlem", MUNICIPALITY)
LATER = MOMENT + timedelta(days=7)
KEY = SigningKey(bytes(range(SEED_BYTES)))
CERTIFICATE = InvitationCertificate.make(AZC.root, invitation=new_id(), public=KEY.public, expires=LATER)
CODE = new_code()
PUBLIC: dict[str, JsonValue] = {
    "card": AZC.card.to_json(),
    "certificate": CERTIFICATE.signed.to_json(),
    "escrow": EscrowKey.make(AZC.card.id, AZC.root).to_json(),
    "expires": time_text(LATER),
    "server": SERVER,
}
SECRET: dict[str, JsonValue] = {"key": to_base64(KEY.seed), "wrap": to_base64(AZC.wrap)}


def _invitation(public: dict[str, JsonValue], secret: dict[str, JsonValue]) -> bytes:
    return write_locked("invitation", public, canonical_bytes(secret), plain_code(CODE), CHEAP, version=2)


def test_the_parts_as_the_format_says_make_an_invitation() -> None:
    assert open_invitation(_invitation(PUBLIC, SECRET), CODE, MOMENT).card == AZC.card


@pytest.mark.parametrize(
    "changed",
    [
        {"card": TOWN.card.to_json()},
        {"certificate": InvitationCertificate.make(TOWN.root, invitation=new_id(), public=KEY.public, expires=LATER)},
        {"escrow": EscrowKey.make(TOWN.card.id, TOWN.root).to_json()},
        {"escrow": EscrowKey.make(TOWN.card.id, AZC.root).to_json()},
        {"escrow": None},
        {"expires": time_text(LATER + timedelta(days=365))},
        {"expires": "tomorrow"},
        {"server": 1},
        {"more": 1},
    ],
    ids=",".join,
)
def test_a_public_part_that_the_root_did_not_sign_so_is_refused(changed: dict[str, object]) -> None:
    signed = {
        name: value.signed.to_json() if isinstance(value, InvitationCertificate) else value
        for name, value in changed.items()
    }
    with pytest.raises(UserError) as caught:
        read_invitation(_invitation({**PUBLIC, **signed}, SECRET))  # type: ignore[dict-item]
    assert caught.value.code == "enrol.invitation_damaged"


@pytest.mark.parametrize(
    "changed",
    [
        {"key": to_base64(bytes(SEED_BYTES))},
        {"key": to_base64(bytes(SEED_BYTES - 1))},
        {"wrap": to_base64(TOWN.wrap)},
        {"more": 1},
    ],
)
def test_a_secret_part_that_does_not_belong_to_the_public_part_is_refused(changed: dict[str, JsonValue]) -> None:
    with pytest.raises(UserError) as caught:
        open_invitation(_invitation(PUBLIC, {**SECRET, **changed}), CODE, MOMENT)
    assert caught.value.code == "enrol.invitation_damaged"


def test_an_endless_invitation_is_not_read() -> None:
    with pytest.raises(UserError, match=r"enrol\.invitation_damaged"):
        read_invitation(b" " * (LARGEST + 1))


@pytest.mark.parametrize("strange", [replace(AZC, wrap=TOWN.wrap), replace(AZC, root=TOWN.root)])
def test_a_key_file_whose_keys_are_not_those_of_its_card_is_refused(strange: object) -> None:
    data = write_key_file(strange, PASSPHRASE, CHEAP)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"trust\.key_file_damaged"):
        read_key_file(data, PASSPHRASE)


def test_a_vault_made_with_an_invitation_belongs_from_its_first_byte(tmp_path: Path) -> None:
    data, code = make_invitation(AZC, server=SERVER, expires=LATER, cost=CHEAP)
    vault, _words = create_vault(
        tmp_path,
        person="Anna",
        organisation="typed otherwise",
        passphrase=PASSPHRASE,
        clock=still_clock(),
        cost=CHEAP,
        opened_invitation=open_invitation(data, code, MOMENT),
    )
    vault.lock()
    again = open_vault(vault.directory, PASSPHRASE, still_clock())
    assert (again.organisation, again.organisation_id) == (AZC.card.name, AZC.card.id)
    assert again.membership.chain.device.device == again.device.id
