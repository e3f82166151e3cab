"""Wraps, and the library's HPKE against published vectors through a key schedule written here from RFC 9180 §5.1."""

import hashlib
import hmac
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.vault.crypto.wrapping import (
    SUITE_HYBRID,
    SUITE_X25519,
    WrapInfo,
    fingerprint,
    new_private_key,
    public_key,
    unwrap_key,
    wrap_key,
)
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from tests import places

VECTORS = json.loads((places.VECTORS / "hpke/published.json").read_text("utf-8"))
KEY = bytes(range(32))
INFO = WrapInfo(DossierId("1" * 32), "core", 3, OrganisationId("2" * 32)).to_bytes()
_KEM_X25519, _KEM_XWING, _HKDF_SHA256, _AES_128, _AES_256 = 0x0020, 0x647A, 1, 1, 2


@pytest.mark.parametrize(("suite", "size"), [(SUITE_X25519, 81), (SUITE_HYBRID, 1169)])
def test_a_wrapped_key_opens_for_its_recipient_only(suite: int, size: int) -> None:
    mine, other = new_private_key(suite), new_private_key(suite)
    wrapped = wrap_key(public_key(mine), KEY, INFO)
    assert (wrapped[0], len(wrapped)) == (suite, size)
    assert unwrap_key(mine, wrapped, INFO) == KEY
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        unwrap_key(other, wrapped, INFO)


@pytest.mark.parametrize(
    "other",
    [
        WrapInfo(DossierId("3" * 32), "core", 3, OrganisationId("2" * 32)),
        WrapInfo(DossierId("1" * 32), "health", 3, OrganisationId("2" * 32)),
        WrapInfo(DossierId("1" * 32), "core", 4, OrganisationId("2" * 32)),
        WrapInfo(DossierId("1" * 32), "core", 3, OrganisationId("4" * 32)),
    ],
)
def test_a_wrap_is_bound_to_all_it_is_for(other: WrapInfo) -> None:
    private = new_private_key()
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        unwrap_key(private, wrap_key(public_key(private), KEY, INFO), other.to_bytes())


@pytest.mark.parametrize("suite", [SUITE_X25519, SUITE_HYBRID])
def test_any_flipped_byte_of_a_wrap_is_refused(suite: int) -> None:
    private = new_private_key(suite)
    wrapped = wrap_key(public_key(private), KEY, INFO)
    for at in range(1, len(wrapped), 7):
        bad = wrapped[:at] + bytes((wrapped[at] ^ 1,)) + wrapped[at + 1 :]
        with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
            unwrap_key(private, bad, INFO)
    for bad in (b"", wrapped[:1], wrapped[:40], wrapped + b"\0"):
        with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
            unwrap_key(private, bad, INFO)


def test_suites_do_not_mix_and_unknown_ones_say_so() -> None:
    hybrid, classic = new_private_key(), new_private_key(SUITE_X25519)
    with pytest.raises(UserError, match=r"trust\.wrap_damaged"):
        unwrap_key(hybrid, wrap_key(public_key(classic), KEY, INFO), INFO)
    with pytest.raises(UserError, match=r"trust\.suite_unknown"):
        unwrap_key(hybrid, b"\x09" + bytes(80), INFO)
    with pytest.raises(UserError, match=r"trust\.suite_unknown"):
        wrap_key(b"\x09" + bytes(32), KEY, INFO)


@pytest.mark.parametrize(
    "public",
    [
        b"",
        b"\x01",
        b"\x01" + bytes(32),
        b"\x01" + bytes(31),
        b"\x02" + bytes(32),
        b"\x02" + b"\xff" * 1216,
        public_key(new_private_key())[:-32] + bytes(32),
    ],
)
def test_a_broken_public_key_is_refused(public: bytes) -> None:
    with pytest.raises(UserError, match=r"trust\.key_damaged"):
        wrap_key(public, KEY, INFO)


def test_a_broken_private_key_is_refused() -> None:
    for private in (b"", b"\x01abc", b"\x02" + bytes(33)):
        with pytest.raises(UserError, match=r"trust\.key_damaged"):
            public_key(private)


def test_a_fingerprint_can_be_read_aloud() -> None:
    shown = fingerprint(b"\x01" + bytes(32))
    assert [len(group) for group in shown.split()] == [4] * 6
    assert shown != fingerprint(b"\x01" + bytes(31) + b"\x01")


def test_the_key_schedule_here_agrees_with_the_vector_of_rfc_9180() -> None:
    vector = _bytes("rfc9180_a_1_1")
    shared = _dhkem(vector["sk_r"], vector["pk_r"], vector["enc"])
    key, nonce = _schedule(_KEM_X25519, _AES_128, shared, vector["info"])
    assert AESGCM(key).encrypt(nonce, vector["plaintext"], vector["aad"]) == vector["ciphertext"]


def test_unwrapping_agrees_with_rfc_9180_for_x25519() -> None:
    vector = _bytes("x25519_aes_256")
    shared = _dhkem(vector["sk_r"], vector["pk_r"], vector["enc"])
    key, nonce = _schedule(_KEM_X25519, _AES_256, shared, INFO)
    wrapped = b"\x01" + vector["enc"] + AESGCM(key).encrypt(nonce, KEY, b"")
    assert public_key(b"\x01" + vector["sk_r"]) == b"\x01" + vector["pk_r"]
    assert unwrap_key(b"\x01" + vector["sk_r"], wrapped, INFO) == KEY


def test_unwrapping_agrees_with_the_published_vector_of_the_hybrid() -> None:
    vector = _bytes("xwing_1")
    private = b"\x02" + vector["seed"]
    assert hashlib.sha256(public_key(private)[1:]).digest() == vector["pk_sha256"]
    key, nonce = _schedule(_KEM_XWING, _AES_256, vector["ss"], INFO)
    wrapped = b"\x02" + vector["ct"] + AESGCM(key).encrypt(nonce, KEY, b"")
    assert unwrap_key(private, wrapped, INFO) == KEY


def _bytes(name: str) -> dict[str, bytes]:
    vector: dict[str, Any] = VECTORS[name]
    return {key: bytes.fromhex(value) for key, value in vector.items() if key != "source"}


def _extract(salt: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), material, "sha256")


def _expand(key: bytes, info: bytes, size: int) -> bytes:
    block = hmac.digest(key, info + b"\x01", "sha256")
    return block[:size]


def _labeled(suite: bytes, label: bytes, data: bytes) -> bytes:
    return b"HPKE-v1" + suite + label + data


def _dhkem(private: bytes, public: bytes, enc: bytes) -> bytes:
    suite = b"KEM" + _KEM_X25519.to_bytes(2, "big")
    secret = X25519PrivateKey.from_private_bytes(private).exchange(X25519PublicKey.from_public_bytes(enc))
    prk = _extract(b"", _labeled(suite, b"eae_prk", secret))
    return _expand(prk, (32).to_bytes(2, "big") + _labeled(suite, b"shared_secret", enc + public), 32)


def _schedule(kem: int, aead: int, shared: bytes, info: bytes) -> tuple[bytes, bytes]:
    suite = b"HPKE" + b"".join(number.to_bytes(2, "big") for number in (kem, _HKDF_SHA256, aead))
    context = (
        b"\0" + _extract(b"", _labeled(suite, b"psk_id_hash", b"")) + _extract(b"", _labeled(suite, b"info_hash", info))
    )
    secret = _extract(shared, _labeled(suite, b"secret", b""))
    size = 16 if aead == _AES_128 else 32
    key = _expand(secret, size.to_bytes(2, "big") + _labeled(suite, b"key", context), size)
    return key, _expand(secret, (12).to_bytes(2, "big") + _labeled(suite, b"base_nonce", context), 12)
