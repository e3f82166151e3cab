"""The kept files of a renewed organisation open, also to a reader that was written from the byte tables alone."""

import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.trust.invitation import open_invitation
from desktop.vault.trust.organisation import read_key_file
from desktop.vault.trust.renewal import open_renewal, own_wrapping_key
from protocol.certificates import OrganisationCard
from protocol.messages.message import to_bytes
from protocol.renewal import verify_renewal
from tests import places
from tests.unit.vault import decoder
from tests.unit.vault.people import MOMENT

KEPT: dict[str, Any] = json.loads((places.VECTORS / "trust" / "renewal.json").read_text("utf-8"))
WRAPS = tuple(bytes.fromhex(wrap) for wrap in KEPT["wraps"])
DEVICE = DeviceIdentity(bytes.fromhex(KEPT["device_seed"]))


def test_key_file_and_invitation_with_older_keys_open() -> None:
    root = read_key_file(KEPT["key_file"]["file"].encode(), KEPT["key_file"]["passphrase"])
    assert (root.wraps, root.card.version) == (WRAPS, 3)
    opened = open_invitation(KEPT["invitation"]["file"].encode(), KEPT["invitation"]["code"], MOMENT)
    assert (opened.wrap, *opened.former) == WRAPS


def test_the_renewal_opens_for_its_device() -> None:
    renewal = verify_renewal(KEPT["renewal"].encode(), bytes.fromhex(KEPT["root_public"]))
    assert renewal.card == OrganisationCard.from_json(KEPT["card"])
    assert open_renewal(renewal, DEVICE) == WRAPS
    assert to_bytes(own_wrapping_key(DEVICE).signed).decode() == KEPT["wrapping"]


def test_a_second_reader_opens_it_by_the_byte_tables() -> None:
    function = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"opmaat/device-wrapping-key/1")
    private = b"\2" + function.derive(bytes.fromhex(KEPT["device_seed"]))
    body = json.loads(KEPT["renewal"])["body"]
    card = body["card"]["body"]
    info = b"opmaat/renewal/1\0" + bytes.fromhex(card["id"]) + bytes.fromhex(body["device"])
    plain = decoder.unwrap(private, decoder.from_base64(body["wrapped"]), info + card["version"].to_bytes(8, "big"))
    assert tuple(decoder.from_base64(wrap) for wrap in json.loads(plain)["wraps"]) == WRAPS
