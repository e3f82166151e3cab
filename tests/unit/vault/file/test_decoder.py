"""The golden vault opens with a reader written from docs/formats/vault.md that imports nothing of the product."""

import ast
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests import places
from tests.unit.vault import decoder

VECTORS = places.VECTORS / "vault"
GOLDEN: Any = json.loads((VECTORS / "slots_v1.json").read_text("utf-8"))
VAULT, ESCROW, SLOTS = GOLDEN["vault"], GOLDEN["escrow"], GOLDEN["slots"]
WORDS = (places.ROOT / "desktop/vault/words.txt").read_text("utf-8").split()
FILE = decoder.read(decoder.from_base64(VAULT["file"]))
KEY = bytes.fromhex(VAULT["vault_key"])


def test_the_decoder_imports_nothing_of_the_product() -> None:
    tree = ast.parse(Path(decoder.__file__).read_text("utf-8"))
    modules = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    modules += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    assert [name for name in modules if name.startswith(("desktop", "server"))] == []


def test_the_header_stands_in_clear() -> None:
    assert FILE.header["person"] == VAULT["person"]
    assert FILE.header["organisation"] == VAULT["organisation"]
    assert FILE.header["vault"] == VAULT["id"]
    assert sorted(FILE.slots) == [1, 2, 3]


def test_each_slot_of_the_golden_file_gives_the_vault_key() -> None:
    vault = VAULT["id"]
    assert decoder.key_by_passphrase(vault, FILE.slots[1], VAULT["passphrase"]) == KEY
    assert decoder.key_by_words(vault, FILE.slots[2], VAULT["recovery_words"], WORDS) == KEY
    assert decoder.key_by_escrow(vault, FILE.slots[3], bytes.fromhex(ESCROW["secret"])) == KEY


def test_the_root_alone_gives_the_secret_of_the_escrow_slot_and_the_answer_carries_it() -> None:
    private = decoder.escrow_private(bytes.fromhex(VAULT["root_seed"]))
    organisation, wrapped = decoder.wrap_of(FILE.slots[3])
    info = decoder.escrow_info(VAULT["id"], organisation, VAULT["person"])
    assert private.hex() == ESCROW["private"]
    assert organisation.hex() == VAULT["organisation_id"]
    assert decoder.unwrap(private, wrapped, info).hex() == ESCROW["secret"]
    assert decoder.secret_of_answer(ESCROW["answer"].encode(), ESCROW["code"]).hex() == ESCROW["secret"]
    request = json.loads(ESCROW["request"])
    assert decoder.from_base64(request["wrapped"]) == wrapped
    digest = hashlib.sha256(b"opmaat/fingerprint/1\0" + ESCROW["request"].encode()).hexdigest().upper()[:24]
    assert ESCROW["fingerprint"].replace(" ", "") == digest


def test_the_body_holds_the_secrets_the_table_names() -> None:
    body = decoder.body_of(FILE, KEY)
    seed = decoder.from_base64(body["device"])
    assert sorted(body) == ["belonging", "device", "notes", "store"]
    assert Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex() == VAULT["device_public"]
    assert body["notes"]["settings"] == {"theme": "dark"}
    assert body["notes"]["escrow"]["type"] == "opmaat/escrow/1"
    assert sorted(body["belonging"]) == ["card", "chain", "server", "wraps"]
    beside = {name: bytes.fromhex(value) for name, value in VAULT["sealed_beside"].items()}
    store = decoder.from_base64(body["store"])
    assert decoder.open_beside(VAULT["id"], store, beside["bound"], beside["sealed"]) == beside["plaintext"]


@pytest.mark.parametrize("slot", SLOTS["each"], ids=lambda slot: slot["name"])
def test_every_kind_and_suite_of_slot_opens(slot: dict[str, Any]) -> None:
    data, vault = bytes.fromhex(slot["data"]), SLOTS["vault"]
    if slot["kind"] == 1:
        key = decoder.key_by_passphrase(vault, data, slot["passphrase"])
    elif slot["kind"] == 2:
        key = decoder.key_by_words(vault, data, slot["words"], WORDS)
    else:
        organisation, wrapped = decoder.wrap_of(data)
        info = decoder.escrow_info(vault, organisation, SLOTS["person"])
        secret = decoder.unwrap(bytes.fromhex(slot["private"]), wrapped, info)
        assert secret.hex() == slot["secret"]
        key = decoder.key_by_escrow(vault, data, secret)
    assert key.hex() == SLOTS["vault_key"]
