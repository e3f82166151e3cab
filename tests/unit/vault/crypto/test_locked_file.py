"""A file that opens with a typed secret is of its own kind and version, with every part as it was written."""

import pytest

from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from desktop.vault.crypto.locked_file import read_locked, write_locked
from desktop.vault.crypto.stretching import Cost
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.encoding import to_base64
from protocol.errors import UserError
from tests.unit.vault.people import CHEAP

DAMAGED, NEWER, WRONG = "enrol.invitation_damaged", "enrol.invitation_newer", "enrol.wrong_code"
PUBLIC: JsonValue = {"server": "https://elsewhere.example"}
FILE = write_locked("invitation", PUBLIC, b"the secret part", "secret", CHEAP)


def test_the_secret_part_opens_with_the_secret_only() -> None:
    file = read_locked(FILE, "invitation", damaged=DAMAGED, newer=NEWER)
    assert (file.public.text("server"), file.version) == ("https://elsewhere.example", 1)
    assert file.unlock("secret", WRONG) == b"the secret part"
    with pytest.raises(UserError, match=r"enrol\.wrong_code"):
        file.unlock("another", WRONG)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"type": "opmaat/organisation-key"}, DAMAGED),
        ({"version": 0}, DAMAGED),
        ({"version": 2}, NEWER),
        ({"cost": to_base64(bytes(9))}, DAMAGED),
        ({"cost": to_base64(Cost(2**31, 1, 1, below_floor=True).to_bytes())}, DAMAGED),
        ({"cost": to_base64(bytes(8))}, DAMAGED),
        ({"salt": to_base64(bytes(15))}, DAMAGED),
        ({"check": to_base64(bytes(31))}, DAMAGED),
        ({"public": "text"}, DAMAGED),
        ({"more": 1}, DAMAGED),
    ],
)
def test_every_part_that_is_not_as_the_format_says_is_refused(changed: dict[str, JsonValue], code: str) -> None:
    whole = parse_canonical(FILE)
    assert isinstance(whole, dict)
    with pytest.raises(UserError) as caught:
        read_locked(canonical_bytes({**whole, **changed}), "invitation", damaged=DAMAGED, newer=NEWER)
    assert caught.value.code == code


@pytest.mark.parametrize("key", [SigningKey(bytes(range(32))), DeviceIdentity(bytes(range(32)))])
def test_a_key_in_a_message_does_not_show_its_seed(key: SigningKey) -> None:
    shown = f"{key} {key!r} {[key]}"
    assert "SigningKey(…)" in shown
    assert not any(secret in shown for secret in (key.seed.hex(), to_base64(key.seed), repr(key.seed)))
