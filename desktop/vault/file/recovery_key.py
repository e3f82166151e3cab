"""The recovery key on paper: 16 Dutch words of 8 bits each and one word that catches a mistake in copying.

The 256 words of `words.txt` differ in their first four letters, and no two of one length differ in one letter only.
"""

import hashlib
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from protocol.errors import UserError

ENTROPY_BYTES = 16
WORDS = ENTROPY_BYTES + 1
_PREFIX = 4


@cache
def word_list() -> tuple[str, ...]:
    """Return the 256 words, in the order that gives each its value."""
    return tuple((Path(__file__).parent.parent / "words.txt").read_text(encoding="utf-8").split())


def new_entropy() -> bytes:
    """Return 16 fresh random bytes."""
    return secrets.token_bytes(ENTROPY_BYTES)


def to_words(entropy: bytes) -> tuple[str, ...]:
    """Return the 17 words of these 16 bytes."""
    words = word_list()
    return tuple(words[value] for value in (*entropy, _check(entropy)))


def from_words(typed: Sequence[str]) -> bytes:
    """Return the 16 bytes behind words as a person typed them: any case, the first four letters are enough.

    Raises UserError `vault.recovery_incomplete` for another number of words, `vault.recovery_word_unknown` with the
    `position` from 1 of a word that is not in the list, `vault.recovery_mistyped` when the last word does not fit.
    """
    cleaned = [word.strip().casefold() for piece in typed for word in piece.replace("-", " ").split()]
    if len(cleaned) != WORDS:
        raise UserError("vault.recovery_incomplete", {"count": str(len(cleaned)), "wanted": str(WORDS)})
    values = bytes(_value(word, position) for position, word in enumerate(cleaned, start=1))
    if values[-1] != _check(values[:-1]):
        raise UserError("vault.recovery_mistyped")
    return values[:-1]


def _check(entropy: bytes) -> int:
    return hashlib.sha256(b"opmaat/recovery/1\0" + entropy).digest()[0]


def _value(word: str, position: int) -> int:
    found = _values().get(word[:_PREFIX])
    if found is None or not (word_list()[found].startswith(word)):
        raise UserError("vault.recovery_word_unknown", {"position": str(position)})
    return found


@cache
def _values() -> dict[str, int]:
    return {word[:_PREFIX]: value for value, word in enumerate(word_list())}
