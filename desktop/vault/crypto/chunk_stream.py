"""A long stream, sealed in chunks that cannot be cut off, put in another order or mixed with those of another stream.

STREAM (Hoang, Reyhanitabar, Rogaway and Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
CRYPTO 2015) with AES-256-GCM: the nonce is the number of the chunk and whether it is the last. A key serves one stream.
Every reader raises UserError with the `code` it is given.
"""

from collections.abc import Iterator
from typing import IO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from protocol.errors import UserError

CHUNK = 64 * 1024
"""Bytes of plaintext in every chunk but the last."""

_TAG_BYTES = 16
_COUNTER_BYTES = 11


class Readable(Protocol):
    """What gives bytes from front to back."""

    def read(self, size: int, /) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        ...


class SealedWriter:
    """Seals bytes into chunks and writes them; nothing is whole before `finish`."""

    def __init__(self, stream: IO[bytes], key: bytes, associated_data: bytes) -> None:
        self._stream = stream
        self._cipher = AESGCM(key)
        self._associated_data = associated_data
        self._left = bytearray()
        self._count = 0

    def write(self, data: bytes) -> None:
        """Take more bytes."""
        self._left += data
        while len(self._left) > CHUNK:
            self._put(bytes(self._left[:CHUNK]), last=False)
            del self._left[:CHUNK]

    def finish(self) -> None:
        """Write the last chunk, which says that it is the last."""
        self._put(bytes(self._left), last=True)
        self._left.clear()

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._stream.write(self._cipher.encrypt(_nonce(self._count, last=last), chunk, self._associated_data))
        self._count += 1


def decrypt_chunks(stream: Readable, key: bytes, associated_data: bytes, code: str) -> Iterator[bytes]:
    """Yield the plaintext of every chunk, each proven before it is given; ends only after the true last one."""
    cipher, count = AESGCM(key), 0
    chunk = stream.read(CHUNK + _TAG_BYTES)
    while True:
        following = stream.read(CHUNK + _TAG_BYTES)
        last = not following
        try:
            yield cipher.decrypt(_nonce(count, last=last), chunk, associated_data)
        except (InvalidTag, ValueError) as error:
            raise UserError(code) from error
        if last:
            return
        chunk, count = following, count + 1


class SealedReader:
    """Reads exactly as many bytes as asked from the chunks of a stream."""

    def __init__(self, chunks: Iterator[bytes], code: str) -> None:
        self._chunks = chunks
        self._code = code
        self._left = b""

    def read(self, most: int) -> bytes:
        """Return at most `most` bytes, at least one where any are asked."""
        while not self._left:
            self._left = self._next()
        taken, self._left = self._left[:most], self._left[most:]
        return taken

    def take(self, size: int) -> bytes:
        """Return exactly `size` bytes."""
        chunks: list[bytes] = []
        while size > 0:
            chunks.append(self.read(size))
            size -= len(chunks[-1])
        return b"".join(chunks)

    def at_end(self) -> bool:
        """Tell whether nothing is left; the end was then proven to be the true one."""
        while not self._left:
            following = next(self._chunks, None)
            if following is None:
                return True
            self._left = following
        return False

    def finish(self) -> None:
        """Raise UserError when bytes are left that nobody asked for, or when the end was cut off."""
        if not self.at_end():
            raise UserError(self._code)

    def _next(self) -> bytes:
        for chunk in self._chunks:
            return chunk
        raise UserError(self._code)


def _nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(_COUNTER_BYTES, "big") + (b"\1" if last else b"\0")
