"""Keys wrapped for organisations: HPKE (RFC 9180) with the hybrid of ML-KEM-768 and X25519 (KEM 0x647A, "X-Wing").

The first byte of every public key, private key and wrap names the suite, so that it can change.
HPKE as offered here takes no associated data: everything a wrap must be bound to goes into `info`.
Bytes: docs/formats/trust.md.
"""

import hashlib
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId

SUITE_X25519 = 1
"""DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM: read and written, for recipients without the hybrid."""
SUITE_HYBRID = 2
"""MLKEM768-X25519, HKDF-SHA256, AES-256-GCM: what new organisations get."""

_SEED_BYTES = 32
_MLKEM_SEED_BYTES = 64
_MLKEM_PUBLIC_BYTES = 1184
_X25519_BYTES = 32
_PUBLIC_BYTES = {SUITE_X25519: 1 + _X25519_BYTES, SUITE_HYBRID: 1 + _MLKEM_PUBLIC_BYTES + _X25519_BYTES}
_GROUP = 4
_GROUPS = 6


@dataclass(frozen=True, slots=True)
class WrapInfo:
    """What a wrap is for: it opens for this dossier, compartment, epoch and recipient only."""

    dossier: DossierId
    compartment: str
    epoch: int
    recipient: OrganisationId

    def to_bytes(self) -> bytes:
        """Return the `info` of HPKE."""
        name = self.compartment.encode("utf-8")
        return b"".join(
            (
                b"opmaat/wrap/1\0",
                bytes.fromhex(self.dossier),
                bytes.fromhex(self.recipient),
                bytes((len(name),)),
                name,
                self.epoch.to_bytes(4, "big"),
            )
        )


def new_private_key(suite: int = SUITE_HYBRID) -> bytes:
    """Return a fresh private key: the suite byte and a 32-byte seed."""
    return bytes((suite,)) + secrets.token_bytes(_SEED_BYTES)


def derive_private_key(seed: bytes, info: bytes) -> bytes:
    """Return the private key of the hybrid that follows from `seed` by HKDF-SHA256 without salt, under `info`."""
    function = HKDF(algorithm=hashes.SHA256(), length=_SEED_BYTES, salt=None, info=info)
    return bytes((SUITE_HYBRID,)) + function.derive(seed)


def public_key(private: bytes) -> bytes:
    """Return the public key of `private`: the suite byte, then 32 bytes, or 1,184 and 32 for the hybrid."""
    suite = _suite_of(private, "trust.key_damaged")
    if suite == SUITE_X25519:
        return bytes((suite,)) + _x25519(private).public_key().public_bytes_raw()
    mlkem, x25519 = _expand(private)
    return bytes((suite,)) + mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()


def wrap_key(public: bytes, key: bytes, info: bytes) -> bytes:
    """Return `key` wrapped for the owner of `public`: the suite byte, then HPKE's encapsulated key and ciphertext.

    1,169 bytes for a 32-byte key with the hybrid, 81 without. Raises UserError `trust.key_damaged`, or
    `trust.suite_unknown` for a public key of a later version.
    """
    suite = _suite_of(public, "trust.key_damaged")
    if len(public) != _PUBLIC_BYTES[suite]:
        raise UserError("trust.key_damaged")
    try:
        if suite == SUITE_X25519:
            sealed = _SUITES[suite].encrypt(key, X25519PublicKey.from_public_bytes(public[1:]), info)
        else:
            sealed = _SUITES[suite].encrypt(key, _hybrid_public(public), info)
    except ValueError as error:
        raise UserError("trust.key_damaged") from error
    return bytes((suite,)) + sealed


class UnwrappingKey:
    """A private key, made ready once to unwrap many keys. Let it go before the vault locks."""

    __slots__ = ("_key", "_suite")

    def __init__(self, private: bytes) -> None:
        """Make `private` ready. Raises UserError `trust.key_damaged`, `trust.suite_unknown`."""
        self._suite = _suite_of(private, "trust.key_damaged")
        is_classic = self._suite == SUITE_X25519
        self._key = _x25519(private) if is_classic else MLKEM768X25519PrivateKey(*_expand(private))

    def unwrap(self, wrapped: bytes, info: bytes) -> bytes:
        """Return the key that `wrap_key` wrapped.

        Raises UserError `trust.wrap_damaged` for another recipient, other `info` or any changed byte, and
        `trust.suite_unknown` for a wrap of a later version.
        """
        if _suite_of(wrapped, "trust.wrap_damaged") != self._suite:
            raise UserError("trust.wrap_damaged")
        try:
            return _SUITES[self._suite].decrypt(wrapped[1:], self._key, info)
        except (InvalidTag, ValueError) as error:
            raise UserError("trust.wrap_damaged") from error


def unwrap_key(private: bytes, wrapped: bytes, info: bytes) -> bytes:
    """Return the key that `wrap_key` wrapped. Raises as `UnwrappingKey` does, at both steps."""
    return UnwrappingKey(private).unwrap(wrapped, info)


def fingerprint(public: bytes) -> str:
    """Return what two people compare aloud: 24 hexadecimal characters of SHA-256 in groups of four (96 bits)."""
    digest = hashlib.sha256(b"opmaat/fingerprint/1\0" + public).hexdigest().upper()
    return " ".join(digest[at * _GROUP : (at + 1) * _GROUP] for at in range(_GROUPS))


_SUITES = {
    SUITE_X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    SUITE_HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}


def _suite_of(data: bytes, damaged: str) -> int:
    if not data:
        raise UserError(damaged)
    if data[0] not in _SUITES:
        raise UserError("trust.suite_unknown")
    return data[0]


def _seed(private: bytes) -> bytes:
    if len(private) != 1 + _SEED_BYTES:
        raise UserError("trust.key_damaged")
    return private[1:]


def _x25519(private: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_seed(private))


def _expand(private: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    """Return both halves of a hybrid key from its seed, as X-Wing does: SHAKE-256 to 64 and 32 bytes."""
    halves = hashlib.shake_256(_seed(private)).digest(_MLKEM_SEED_BYTES + _X25519_BYTES)
    return (
        MLKEM768PrivateKey.from_seed_bytes(halves[:_MLKEM_SEED_BYTES]),
        X25519PrivateKey.from_private_bytes(halves[_MLKEM_SEED_BYTES:]),
    )


def _hybrid_public(public: bytes) -> MLKEM768X25519PublicKey:
    end = 1 + _MLKEM_PUBLIC_BYTES
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[1:end]), X25519PublicKey.from_public_bytes(public[end:])
    )
