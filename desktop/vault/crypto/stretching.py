"""From a passphrase or code to a key: Argon2id (RFC 9106), with a check that commits to the key.

AES-GCM does not commit to its key: one ciphertext can open under two. So every key that comes from a secret of a person
is split by HKDF-SHA256 (RFC 5869) in the key itself and a check value that is stored in clear beside the ciphertext.
"""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.vault.crypto.codec import ByteReader
from protocol.errors import EnvironmentProblem, UserError

SALT_BYTES = 16
KEY_BYTES = 32
CHECK_BYTES = 32

_FLOOR = (64 * 1024, 3, 4)
_CEILING = (1024 * 1024, 16, 16)
_BELOW_FLOOR = "the cost of a passphrase is below the floor"


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: `memory` in KiB, `passes` over it, `lanes` in parallel.

    Never under 64 MiB, 3 passes and 4 lanes: a smaller one raises ValueError, unless `below_floor` says that it is
    meant (tests, and values read back from a file, which bound only the file's own strength).
    """

    memory: int
    passes: int
    lanes: int
    below_floor: bool = False

    def __post_init__(self) -> None:
        if not self.below_floor and (self.memory < _FLOOR[0] or self.passes < _FLOOR[1] or self.lanes < _FLOOR[2]):
            raise ValueError(_BELOW_FLOOR)

    @classmethod
    def cheap(cls) -> "Cost":
        """Return a cost under a millisecond, for tests only; a test sees to it that no product code asks for it."""
        return cls(memory=32, passes=1, lanes=1, below_floor=True)

    @classmethod
    def for_random_secret(cls) -> "Cost":
        """Return the least cost, for what was drawn at random with 128 bits or more and is kept nowhere.

        Stretching makes guesses dear, and nobody guesses 128 random bits. Never for what a person chose.
        """
        return cls(memory=32, passes=1, lanes=1, below_floor=True)

    def to_bytes(self) -> bytes:
        """Return memory (4 bytes), passes (4 bytes), lanes (1 byte)."""
        return self.memory.to_bytes(4, "big") + self.passes.to_bytes(4, "big") + self.lanes.to_bytes(1, "big")

    @classmethod
    def read(cls, reader: ByteReader, code: str) -> "Cost":
        """Return the cost written by `to_bytes`.

        Raises UserError `code` where it is impossible, or so high that opening the file would attack the machine.
        """
        memory, passes, lanes = reader.number(4), reader.number(4), reader.number(1)
        possible = 8 * lanes <= memory <= _CEILING[0] and 1 <= passes <= _CEILING[1] and 1 <= lanes <= _CEILING[2]
        if not possible:
            raise UserError(code)
        return cls(memory, passes, lanes, below_floor=True)


DEFAULT = Cost(*_FLOOR)
"""About 0.4 s on an office laptop; the floor of RFC 9106's second recommendation."""


@dataclass(frozen=True, slots=True)
class StretchedKey:
    """A 32-byte `key` and the 32-byte `check` that commits to it."""

    key: bytes
    check: bytes

    def require(self, check: bytes, code: str) -> bytes:
        """Return the key when `check` is its check value, else raise UserError `code`. Constant time."""
        if not hmac.compare_digest(self.check, check):
            raise UserError(code)
        return self.key


def new_salt() -> bytes:
    """Return 16 fresh random bytes."""
    return secrets.token_bytes(SALT_BYTES)


def stretch(secret: str, salt: bytes, cost: Cost, purpose: bytes) -> StretchedKey:
    """Return the key for what a person typed, in NFKC so that two keyboards give one key.

    Raises EnvironmentProblem `vault.out_of_memory` when the machine cannot give the memory that `cost` asks.
    """
    typed = unicodedata.normalize("NFKC", secret).encode("utf-8")
    function = Argon2id(salt=salt, length=KEY_BYTES, iterations=cost.passes, lanes=cost.lanes, memory_cost=cost.memory)
    try:
        strong = function.derive(typed)
    except MemoryError as error:
        raise EnvironmentProblem("vault.out_of_memory") from error
    return split(strong, salt, purpose)


def split(strong: bytes, salt: bytes, purpose: bytes) -> StretchedKey:
    """Return key and check for `strong`, which must already have at least 128 bits of entropy."""
    function = HKDF(
        algorithm=hashes.SHA256(), length=KEY_BYTES + CHECK_BYTES, salt=salt, info=b"opmaat/key/1/" + purpose
    )
    both = function.derive(strong)
    return StretchedKey(both[:KEY_BYTES], both[KEY_BYTES:])
