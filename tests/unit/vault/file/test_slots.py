"""Slots: every kind opens, what is malformed has its code, one slot never opens under two secrets."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.vault.crypto.codec import ByteReader
from desktop.vault.crypto.identity import SigningKey
from desktop.vault.crypto.stretching import Cost, StretchedKey, split, stretch
from desktop.vault.file import slots
from desktop.vault.file.container import FILE_NAME, read
from desktop.vault.file.recovery_key import to_words
from desktop.vault.file.slots import Slot, SlotKind
from desktop.vault.trust.escrow import EscrowKey
from desktop.vault.vault import Vault, open_vault, open_with_escrow, open_with_recovery
from protocol.encoding import from_base64
from protocol.errors import UserError
from protocol.identifiers import OrganisationId, VaultId
from tests import places
from tests.unit.vault.multikey import two_key_ciphertext
from tests.unit.vault.people import CHEAP, PASSPHRASE, new_vault, still_clock

VECTORS = places.VECTORS / "vault"
GOLDEN: Any = json.loads((VECTORS / "slots_v1.json").read_text("utf-8"))
BAD: Any = json.loads((VECTORS / "malformed_slots.json").read_text("utf-8"))
VAULT = VaultId("5" * 32)
KEY = bytes(range(32))


def _lay_down(root: Path, vault: str, file: str) -> Path:
    directory = root / vault
    directory.mkdir(mode=0o700)
    (directory / FILE_NAME).write_bytes(from_base64(file, "vault.damaged"))
    return directory


@pytest.mark.parametrize("way", ["passphrase", "recovery", "escrow"])
def test_the_golden_vault_opens_in_every_way(tmp_path: Path, way: str) -> None:
    golden, escrow = GOLDEN["vault"], GOLDEN["escrow"]
    directory = _lay_down(tmp_path, golden["id"], golden["file"])
    if way == "passphrase":
        vault: Vault = open_vault(directory, golden["passphrase"], still_clock())
    elif way == "recovery":
        vault = open_with_recovery(directory, golden["recovery_words"], still_clock())
    else:
        vault = open_with_escrow(directory, escrow["answer"].encode(), escrow["code"], still_clock())
    assert (vault.person, vault.device.public.hex()) == (golden["person"], golden["device_public"])
    assert vault.slot_kinds == {1, 2, 3}


@pytest.mark.parametrize("case", BAD["cases"], ids=lambda case: case["name"])
def test_a_malformed_slot_has_its_code_and_the_file_is_left_alone(tmp_path: Path, case: dict[str, str]) -> None:
    directory = _lay_down(tmp_path, BAD["vault"], case["file"])

    def by_secret() -> object:
        slot = slots.find(read(from_base64(case["file"], "vault.damaged")).slots, SlotKind.ESCROW)
        return slots.open_escrow_slot(VaultId(BAD["vault"]), slot, bytes.fromhex(BAD["secret"]))

    ways: dict[str, Callable[[], object]] = {
        "passphrase": lambda: open_vault(directory, BAD["passphrase"], still_clock()),
        "recovery": lambda: open_with_recovery(directory, BAD["recovery_words"], still_clock()),
        "escrow": by_secret,
    }
    with pytest.raises(UserError) as caught:
        ways[case["way"]]()
    assert caught.value.code == case["code"]
    assert (directory / FILE_NAME).read_bytes() == from_base64(case["file"], "vault.damaged")


@pytest.mark.parametrize("slot", GOLDEN["slots"]["each"], ids=lambda slot: slot["name"])
def test_every_flipped_byte_of_every_kind_of_slot_is_refused(slot: dict[str, Any]) -> None:
    vault, good = VaultId(GOLDEN["slots"]["vault"]), bytes.fromhex(slot["data"])
    assert _opened(vault, slot, good).hex() == GOLDEN["slots"]["vault_key"]
    for at in range(len(good)):
        bad = good[:at] + bytes((good[at] ^ 1,)) + good[at + 1 :]
        if slot["kind"] == SlotKind.PASSPHRASE and at in {3, 7, 8}:
            continue  # cheap neighbours of memory, passes and lanes: another Argon2id, so another check
        with pytest.raises(UserError):
            _opened(vault, slot, bad)


def test_another_cost_is_another_key() -> None:
    slot = slots.passphrase_slot(VAULT, KEY, PASSPHRASE, CHEAP)
    for at, value in ((3, CHEAP.memory + 1), (7, CHEAP.passes + 1), (8, CHEAP.lanes + 1)):
        bad = slot.data[:at] + bytes((value,)) + slot.data[at + 1 :]
        with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
            slots.open_passphrase_slot(VAULT, Slot(1, bad), PASSPHRASE)


def test_a_ciphertext_that_opens_under_two_keys_opens_no_slot_twice() -> None:
    """AES-GCM does not commit to its key: the crafted ciphertext proves it, and the check of the slot stops it."""
    mine, yours = _stretched("recovery", bytes(16)), _stretched("recovery", bytes(range(16)))
    public = bytes(16) + mine.check
    bound = b"opmaat/slot/1\0" + bytes.fromhex(VAULT) + b"\x02" + public
    nonce, sealed = two_key_ciphertext(mine.key, yours.key, bound)
    first, second = AESGCM(mine.key).decrypt(nonce, sealed, bound), AESGCM(yours.key).decrypt(nonce, sealed, bound)
    assert first != second
    slot = Slot(SlotKind.RECOVERY, public + nonce + sealed)
    with pytest.raises(UserError, match=r"vault\.damaged"):
        slots.open_recovery_slot(VAULT, slot, to_words(bytes(16)))
    with pytest.raises(UserError, match=r"vault\.wrong_recovery_key"):
        slots.open_recovery_slot(VAULT, slot, to_words(bytes(range(16))))


@pytest.mark.parametrize("purpose", ["passphrase", "recovery", "escrow"])
def test_every_kind_of_slot_commits_to_its_secret(purpose: str) -> None:
    """The check is a function of the secret that nobody can collide, and each kind compares it before decrypting."""
    key = EscrowKey.make(OrganisationId("a" * 32), SigningKey(bytes(32)))
    kinds: dict[str, tuple[Slot, Callable[[Slot], bytes], str]] = {
        "passphrase": (
            slots.passphrase_slot(VAULT, KEY, PASSPHRASE, CHEAP),
            lambda slot: slots.open_passphrase_slot(VAULT, slot, PASSPHRASE),
            "vault.wrong_passphrase",
        ),
        "recovery": (
            slots.recovery_slot(VAULT, KEY, bytes(16)),
            lambda slot: slots.open_recovery_slot(VAULT, slot, to_words(bytes(16))),
            "vault.wrong_recovery_key",
        ),
        "escrow": (
            slots.escrow_slot(VAULT, KEY, key, "Anna"),
            lambda slot: slots.open_escrow_slot(VAULT, slot, bytes(32)),
            "escrow.used",
        ),
    }
    made, opens, code = kinds[purpose]
    at = len(made.data) - 60 - 32
    forged = Slot(made.kind, made.data[:at] + bytes(32) + made.data[at + 32 :])
    with pytest.raises(UserError) as caught:
        opens(forged)
    assert caught.value.code == code


def test_each_way_can_be_removed_but_not_the_last_of_ones_own(tmp_path: Path) -> None:
    vault, words = new_vault(tmp_path)
    vault.remove(SlotKind.PASSPHRASE)
    with pytest.raises(UserError, match=r"vault\.last_slot"):
        vault.remove(SlotKind.RECOVERY)
    with pytest.raises(UserError, match=r"vault\.no_such_slot"):
        vault.remove(SlotKind.ESCROW)
    vault.lock()
    with pytest.raises(UserError, match=r"vault\.no_such_slot"):
        open_vault(vault.directory, PASSPHRASE)
    again = open_with_recovery(vault.directory, words)
    again.change_passphrase(" ".join(words), "a new sentence here")
    again.remove(SlotKind.RECOVERY)
    with pytest.raises(UserError, match=r"vault\.last_slot"):
        again.remove(SlotKind.PASSPHRASE)
    again.lock()
    with pytest.raises(UserError, match=r"vault\.no_such_slot"):
        open_with_recovery(vault.directory, words)
    assert open_vault(vault.directory, "a new sentence here").slot_kinds == {1}


def test_a_slot_of_a_later_version_stays_where_it_is(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault._rewrite(kept=(*vault._open.slots, Slot(9, b"from a later version")))
    vault.change_passphrase(PASSPHRASE, "a new sentence here")
    vault.renew_recovery_key()
    assert Slot(9, b"from a later version") in read((vault.directory / FILE_NAME).read_bytes()).slots


def _stretched(purpose: str, entropy: bytes) -> StretchedKey:
    return split(entropy, bytes(16), purpose.encode())


def _opened(vault: VaultId, slot: dict[str, Any], data: bytes) -> bytes:
    asked = Slot(slot["kind"], data)
    if asked.kind == SlotKind.PASSPHRASE:
        return slots.open_passphrase_slot(vault, asked, slot["passphrase"])
    if asked.kind == SlotKind.RECOVERY:
        return slots.open_recovery_slot(vault, asked, slot["words"])
    return slots.open_escrow_slot(vault, asked, bytes.fromhex(slot["secret"]))


def test_stretching_is_bound_to_its_purpose() -> None:
    one, other = (stretch(PASSPHRASE, bytes(16), CHEAP, purpose) for purpose in (b"passphrase", b"invitation"))
    assert one.key != other.key


def test_the_cost_for_a_random_secret_is_read_back_and_an_impossible_one_is_not() -> None:
    least = Cost.for_random_secret()
    assert Cost.read(ByteReader(least.to_bytes(), "vault.damaged"), "vault.damaged") == least
    smaller = (replace(least, memory=8 * least.lanes - 1), replace(least, passes=0), replace(least, lanes=0))
    for cost in smaller:
        with pytest.raises(UserError, match=r"vault\.damaged"):
            Cost.read(ByteReader(cost.to_bytes(), "vault.damaged"), "vault.damaged")
