"""A second reader of vault files, written from docs/formats/vault.md alone: nothing of the product is imported.

It takes no care of broken input; it is there to show that the byte tables are complete.
"""

import base64
import hashlib
import json
import unicodedata
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM768X25519PrivateKey, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class File:
    """The parts of a vault file: `front` is what the body is bound to."""

    header: dict[str, Any]
    slots: dict[int, bytes]
    front: bytes
    body: bytes


def read(data: bytes) -> File:
    """Take a vault file apart, by the first table."""
    assert data[:8] == b"OPMAATVT"
    assert data[8:10] == b"\x00\x01"
    assert hashlib.sha256(data[:-32]).digest() == data[-32:]
    size = int.from_bytes(data[10:14], "big")
    header, at = json.loads(data[14 : 14 + size]), 14 + size
    slots: dict[int, bytes] = {}
    count, at = data[at], at + 1
    for _ in range(count):
        kind, size = data[at], int.from_bytes(data[at + 1 : at + 3], "big")
        slots[kind] = data[at + 3 : at + 3 + size]
        at += 3 + size
    size = int.from_bytes(data[at : at + 4], "big")
    assert at + 4 + size + 32 == len(data)
    return File(header, slots, data[:at], data[at + 4 : at + 4 + size])


def key_by_passphrase(vault: str, slot: bytes, passphrase: str) -> bytes:
    """Return the vault key from a slot of kind 1."""
    memory, passes, lanes, salt = (
        int.from_bytes(slot[:4], "big"),
        int.from_bytes(slot[4:8], "big"),
        slot[8],
        slot[9:25],
    )
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    argon = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    return _open(vault, 1, slot, 25, _split(argon.derive(typed), salt, b"passphrase"))


def key_by_words(vault: str, slot: bytes, words: list[str], known: list[str]) -> bytes:
    """Return the vault key from a slot of kind 2; `known` is the list of 256 words."""
    entropy = bytes(known.index(word) for word in words[:16])
    assert known.index(words[16]) == hashlib.sha256(b"opmaat/recovery/1\0" + entropy).digest()[0]
    return _open(vault, 2, slot, 16, _split(entropy, slot[:16], b"recovery"))


def wrap_of(slot: bytes) -> tuple[bytes, bytes]:
    """Return the organisation and the wrap of a slot of kind 3."""
    size = int.from_bytes(slot[32:34], "big")
    return slot[16:32], slot[34 : 34 + size]


def key_by_escrow(vault: str, slot: bytes, secret: bytes) -> bytes:
    """Return the vault key from a slot of kind 3."""
    return _open(vault, 3, slot, 34 + len(wrap_of(slot)[1]), _split(secret, slot[:16], b"escrow"))


def escrow_private(root_seed: bytes) -> bytes:
    """Return the private escrow key of an organisation."""
    return b"\x02" + HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"opmaat/escrow-key/1").derive(
        root_seed
    )


def unwrap(private: bytes, wrapped: bytes, info: bytes) -> bytes:
    """Return what a wrap of either suite holds."""
    assert private[0] == wrapped[0]
    if wrapped[0] == 1:
        scalar = X25519PrivateKey.from_private_bytes(private[1:])
        return Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM).decrypt(wrapped[1:], scalar, info)
    both = hashlib.shake_256(private[1:]).digest(96)
    halves = MLKEM768PrivateKey.from_seed_bytes(both[:64]), X25519PrivateKey.from_private_bytes(both[64:])
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    return suite.decrypt(wrapped[1:], MLKEM768X25519PrivateKey(*halves), info)


def escrow_info(vault: str, organisation: bytes, person: str) -> bytes:
    """Return the `info` an escrow wrap is bound to."""
    return b"opmaat/escrow/1\0" + bytes.fromhex(vault) + organisation + person.encode()


def secret_of_answer(data: bytes, code: str) -> bytes:
    """Return the secret in an answer file."""
    file = json.loads(data)
    cost, salt = from_base64(file["cost"]), from_base64(file["salt"])
    plain = code.replace("-", "").upper().encode()
    argon = Argon2id(
        salt=salt,
        length=32,
        iterations=int.from_bytes(cost[4:8], "big"),
        lanes=cost[8],
        memory_cost=int.from_bytes(cost[:4], "big"),
    )
    key, check = _split(argon.derive(plain), salt, b"escrow-answer")
    assert check == from_base64(file["check"])
    sealed = from_base64(file.pop("sealed"))
    opened = json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], canonical(file)))
    return from_base64(opened["secret"])


def body_of(file: File, vault_key: bytes) -> dict[str, Any]:
    """Return the body of a vault file."""
    opened: dict[str, Any] = json.loads(AESGCM(vault_key).decrypt(file.body[:12], file.body[12:], file.front))
    return opened


def open_beside(vault: str, store: bytes, bound: bytes, sealed: bytes) -> bytes:
    """Return what lies sealed beside the file."""
    associated = b"opmaat/store/1\0" + bytes.fromhex(vault) + bound
    return AESGCM(store).decrypt(sealed[:12], sealed[12:], associated)


def from_base64(text: str) -> bytes:
    """Return the bytes of base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def canonical(value: object) -> bytes:
    """Return canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _split(strong: bytes, salt: bytes, purpose: bytes) -> tuple[bytes, bytes]:
    info = b"opmaat/key/1/" + purpose
    both = HKDF(algorithm=hashes.SHA256(), length=64, salt=salt, info=info).derive(strong)
    return both[:32], both[32:]


def _open(vault: str, kind: int, slot: bytes, public: int, stretched: tuple[bytes, bytes]) -> bytes:
    key, check = stretched
    assert slot[public : public + 32] == check
    bound, sealed = slot[: public + 32], slot[public + 32 :]
    associated = b"opmaat/slot/1\0" + bytes.fromhex(vault) + bytes((kind,)) + bound
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], associated)
