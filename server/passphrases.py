"""Passphrases of administrators, kept as what scrypt (RFC 7914) makes of them: nothing that opens anything else.

The costs are those of the OWASP Password Storage Cheat Sheet: N = 2^17, r = 8, p = 1, which takes 128 MiB and about
half a second. It is the standard library's scrypt, because the serving process imports neither the vault nor a library
of ciphers.
"""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from protocol.errors import UserError

LEAST_CHARACTERS = 15
"""NIST SP 800-63B-4 asks it of a passphrase that is the only factor."""

COST = 17
"""The binary logarithm of scrypt's N."""

_MOST_CHARACTERS = 256
_BLOCK, _LANES = 8, 1
_SALT_BYTES, _DIGEST_BYTES = 16, 32


@dataclass(frozen=True, slots=True)
class PassphraseHash:
    """What is kept of a passphrase: random `salt`, binary logarithm `cost` of scrypt's N, 32 bytes `digest`."""

    salt: bytes
    cost: int
    digest: bytes

    def matches(self, passphrase: str) -> bool:
        """Tell whether `passphrase` is the one; takes the same time for every answer."""
        return hmac.compare_digest(self.digest, _derive(passphrase, self.salt, self.cost))


NOBODY = PassphraseHash(bytes(_SALT_BYTES), COST, bytes(_DIGEST_BYTES))
"""What an unknown account is compared with, so that it takes as long to refuse as a known one."""


def hash_passphrase(passphrase: str, cost: int = COST) -> PassphraseHash:
    """Return what to keep of a new passphrase; raises UserError `server.passphrase_short` below `LEAST_CHARACTERS`."""
    if not LEAST_CHARACTERS <= len(passphrase) <= _MOST_CHARACTERS:
        raise UserError("server.passphrase_short")
    salt = secrets.token_bytes(_SALT_BYTES)
    return PassphraseHash(salt, cost, _derive(passphrase, salt, cost))


def _derive(passphrase: str, salt: bytes, cost: int) -> bytes:
    """Return the digest of what was typed, in NFKC so that two keyboards give one digest."""
    typed = unicodedata.normalize("NFKC", passphrase[: _MOST_CHARACTERS + 1]).encode("utf-8", "replace")
    room = 2 * 128 * _BLOCK * 2**cost
    return hashlib.scrypt(typed, salt=salt, n=2**cost, r=_BLOCK, p=_LANES, maxmem=room, dklen=_DIGEST_BYTES)
