"""A ciphertext that AES-256-GCM opens under two keys (Dodis et al., CRYPTO 2018; Len et al., USENIX Security 2021).

One block is solved for in GF(2^128) so that both keys give one tag. Only for showing that slots do not rely on GCM.
"""

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB

_BLOCK = 16
_POLYNOMIAL = 0xE1 << 120


def two_key_ciphertext(first: bytes, second: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """Return a nonce and three blocks with a tag that both keys accept together with `bound`."""
    nonce, ciphertext = bytes(12), [bytes(_BLOCK), b"\x01" * _BLOCK]
    keys = [(_number(_block(key, bytes(_BLOCK))), _number(_block(key, nonce + b"\0\0\0\1"))) for key in (first, second)]
    padded = bound + bytes(-len(bound) % _BLOCK)
    blocks = [_number(padded[at : at + _BLOCK]) for at in range(0, len(padded), _BLOCK)]
    blocks += [_number(block) for block in ciphertext]
    lengths = ((len(bound) * 8) << 64) | ((len(ciphertext) + 1) * _BLOCK * 8)
    known = [_hash([*blocks, 0, lengths], h) ^ mask for h, mask in keys]
    (h1, _), (h2, _) = keys
    squares = _times(h1, h1) ^ _times(h2, h2)
    solved = _times(known[0] ^ known[1], _inverse(squares))
    tag = _hash([*blocks, solved, lengths], h1) ^ keys[0][1]
    return nonce, b"".join([*ciphertext, _bytes(solved), _bytes(tag)])


def _hash(blocks: list[int], key: int) -> int:
    total = 0
    for block in blocks:
        total = _times(total ^ block, key)
    return total


def _times(a: int, b: int) -> int:
    """Multiply in the field of GCM (NIST SP 800-38D §6.3)."""
    total = 0
    for bit in range(127, -1, -1):
        if (a >> bit) & 1:
            total ^= b
        b = (b >> 1) ^ (_POLYNOMIAL if b & 1 else 0)
    return total


def _inverse(a: int) -> int:
    """Return a to the power 2^128 - 2."""
    result, power = 1 << 127, a
    for _ in range(127):
        power = _times(power, power)
        result = _times(result, power)
    return result


def _block(key: bytes, block: bytes) -> bytes:
    return Cipher(AES(key), ECB()).encryptor().update(block)  # noqa: S305  # one block is what GCM is made of


def _number(block: bytes) -> int:
    return int.from_bytes(block, "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes(_BLOCK, "big")
