"""Every reader of bytes from outside answers any bytes with a value or a coded error, and never with anything else."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vault.crypto import wrapping
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.file import container, contents, slots
from desktop.vault.file import recovery_key as recovery
from desktop.vault.file.slots import Slot
from desktop.vault.trust import escrow, invitation, organisation
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard, verify_chain
from protocol.directory import verify_directory
from protocol.errors import OpmaatError
from protocol.identifiers import organisation_id
from tests import places
from tests.unit.vault.people import MOMENT

VECTORS = places.VECTORS
TRUST: Any = json.loads((VECTORS / "trust/v1.json").read_text("utf-8"))
VAULT: Any = json.loads((VECTORS / "vault/v1.json").read_text("utf-8"))
SLOTS: Any = json.loads((VECTORS / "vault/slots_v1.json").read_text("utf-8"))
ROOT = bytes.fromhex(TRUST["root_public"])
FILE = JsonFields(VAULT, "x").binary("file")
VAULT_ID = VAULT["vault"]

READERS: dict[str, tuple[Callable[[bytes], object], bytes]] = {
    "vault": (container.read, FILE),
    "contents": (contents.Contents.from_bytes, contents.Contents.new().to_bytes()),
    "passphrase slot": (
        lambda data: slots.open_passphrase_slot(VAULT_ID, Slot(1, data), "x"),
        b"\x00\x00\x00\x20" * 30,
    ),
    "recovery slot": (
        lambda data: slots.open_recovery_slot(VAULT_ID, Slot(2, data), VAULT["recovery_words"]),
        FILE[:124],
    ),
    "escrow slot": (
        lambda data: slots.open_escrow_slot(VAULT_ID, Slot(3, data), bytes(32)),
        bytes.fromhex(SLOTS["slots"]["each"][3]["data"]),
    ),
    "escrow request": (escrow.EscrowRequest.from_bytes, SLOTS["escrow"]["request"].encode()),
    "escrow answer": (
        lambda data: escrow.open_answer(data, "0000-0000-0000", SLOTS["vault"]["id"]),
        SLOTS["escrow"]["answer"].encode(),
    ),
    "invitation of version 2": (
        lambda data: invitation.open_invitation(data, SLOTS["invitation"]["code"], MOMENT),
        SLOTS["invitation"]["file"].encode(),
    ),
    "invitation": (
        lambda data: invitation.open_invitation(data, "0000-0000-0000", MOMENT),
        TRUST["invitation"]["file"].encode(),
    ),
    "key file": (lambda data: organisation.read_key_file(data, "x"), TRUST["key_file"]["file"].encode()),
    "directory": (lambda data: verify_directory(data, ROOT), TRUST["directory"].encode()),
    "wrap": (
        lambda data: wrapping.unwrap_key(bytes.fromhex(TRUST["recipient_private"]), data, b""),
        bytes.fromhex(TRUST["wraps"][0]["wrapped"]),
    ),
    "public key": (lambda data: wrapping.wrap_key(data, bytes(32), b""), b"\x02" + bytes(1216)),
    "recovery words": (
        lambda data: recovery.from_words([data.decode("latin-1")]),
        " ".join(VAULT["recovery_words"]).encode(),
    ),
}


@pytest.mark.parametrize("name", READERS)
@given(data=st.binary(max_size=400))
def test_random_bytes_have_a_code(name: str, data: bytes) -> None:
    try:
        READERS[name][0](data)
    except OpmaatError as error:
        assert "." in error.code


@pytest.mark.parametrize("name", READERS)
@given(data=st.data())
def test_good_bytes_with_changes_have_a_code(name: str, data: st.DataObject) -> None:
    read, good = READERS[name]
    bad = bytearray(good)
    for _ in range(data.draw(st.integers(1, 3))):
        bad[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(good) // 2, len(good)))
    try:
        read(bytes(bad[:cut]))
    except OpmaatError as error:
        assert "." in error.code


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-2, 2), st.text(max_size=8), st.just("opmaat/device/1")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["body", "signature", "type", "device", "invitation", "root"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_documents_of_any_shape_have_a_code(value: Any) -> None:  # noqa: ANN401  # any JSON is the point
    for read in (
        lambda: verify_chain(value, ROOT),
        lambda: OrganisationCard.from_json(value),
        lambda: verify_directory(canonical_bytes(value), ROOT),
    ):
        with pytest.raises(OpmaatError):
            read()


def test_the_id_of_an_organisation_follows_from_its_root() -> None:
    assert organisation_id(ROOT) == TRUST["card"]["body"]["id"]
