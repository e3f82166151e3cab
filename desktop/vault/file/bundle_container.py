"""The files of a bundle: a head in clear, signed by the device that made it, and a part of one sealed stream.

The stream is sealed under a key of its own, which is wrapped (HPKE) for the organisation it is for; `chunk_stream` says
what nobody can do to it. The head names the size and hash of every part, so that each file can be judged by itself,
before the others are there. Bytes: docs/formats/bundle.md. Readers raise UserError `bundle.damaged` unless they say so.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from desktop.vault.crypto.chunk_stream import Readable, SealedReader, SealedWriter, decrypt_chunks
from desktop.vault.crypto.sealing import new_key
from desktop.vault.crypto.stretching import KEY_BYTES
from desktop.vault.crypto.wrapping import unwrap_key, wrap_key
from desktop.vault.file.recovery_key import word_list
from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.messages.bundles import BundleBody, BundleHead, read_bundle_head

VERSION = 1
DAMAGED = "bundle.damaged"
WORDS = 4
"""How many words two people compare by telephone: 32 bits of the head's hash."""

_MAGIC = b"OPMAATBU"
_MOST_HEAD = 256 * 1024
_COMPARED_BYTES = WORDS


@dataclass(frozen=True, slots=True)
class BundleAddress:
    """What the seal of a bundle is bound to: which one it is, who made it and who may open it."""

    bundle: str
    sender: OrganisationId
    device: DeviceId
    recipient: OrganisationId

    @classmethod
    def of(cls, body: BundleBody) -> "BundleAddress":
        """Return the address in a head."""
        return cls(body.bundle, body.sender, body.device, body.recipient)

    def to_bytes(self, purpose: bytes) -> bytes:
        """Return the bytes that stand for it in a seal for `purpose`."""
        ids = (self.bundle, self.sender, self.device, self.recipient)
        return b"opmaat/" + purpose + b"/1\0" + b"".join(bytes.fromhex(each) for each in ids)


@dataclass(frozen=True, slots=True)
class PartFile:
    """One file, read up to its stream: its number from 1 and the head, of which nothing is verified yet."""

    number: int
    head: BundleHead
    body: BundleBody
    head_bytes: bytes

    @property
    def size(self) -> int:
        """Return how many bytes of the stream follow."""
        return self.body.parts[self.number - 1].size


def sealed_writer(stream: IO[bytes], address: BundleAddress, recipient: OrganisationCard) -> tuple[SealedWriter, bytes]:
    """Return what seals a bundle for `recipient` into `stream`, and its key as it is wrapped for the head.

    Raises UserError `trust.key_damaged` or `trust.suite_unknown` for the recipient's key.
    """
    key = new_key()
    wrapped = wrap_key(recipient.wrap, key, address.to_bytes(b"bundle-key"))
    return SealedWriter(stream, key, address.to_bytes(b"bundle-stream")), wrapped


def sealed_reader(stream: Readable, body: BundleBody, privates: Sequence[bytes]) -> SealedReader:
    """Return what reads the whole sealed stream of a bundle, every byte proven before it is given.

    `privates` are the wrapping keys of the organisation it is for; where none opens it, it is `bundle.damaged`.
    """
    address = BundleAddress.of(body)
    key = _unwrapped(privates, body.wrapped, address.to_bytes(b"bundle-key"))
    return SealedReader(decrypt_chunks(stream, key, address.to_bytes(b"bundle-stream"), DAMAGED), DAMAGED)


def write_front(stream: IO[bytes], number: int, head: bytes) -> None:
    """Write what stands before the stream in part `number`, from 1."""
    stream.write(
        b"".join((_MAGIC, VERSION.to_bytes(2, "big"), number.to_bytes(4, "big"), len(head).to_bytes(4, "big")))
    )
    stream.write(head)


def read_front(stream: IO[bytes]) -> PartFile:
    """Return what stands before the stream, and leave the file there; nothing in it is verified yet.

    Raises UserError `bundle.not_one` for a file that is something else, `bundle.newer_version` for one of a later
    version, which keeps the first ten bytes, `bundle.damaged`.
    """
    if stream.read(len(_MAGIC)) != _MAGIC:
        raise UserError("bundle.not_one")
    version = int.from_bytes(_take(stream, 2), "big")
    if version > VERSION:
        raise UserError("bundle.newer_version")
    number, length = int.from_bytes(_take(stream, 4), "big"), int.from_bytes(_take(stream, 4), "big")
    if version != VERSION or length > _MOST_HEAD:
        raise UserError(DAMAGED)
    data = _take(stream, length)
    head = read_bundle_head(data)
    body = head.claim()
    if not 0 < number <= len(body.parts):
        raise UserError(DAMAGED)
    return PartFile(number, head, body, data)


def read_blocks(stream: IO[bytes], part: PartFile, block: int) -> Iterator[bytes]:
    """Yield the stream of `part` as it lies in its file, at most `block` bytes at a time.

    Raises UserError `bundle.damaged` at the end unless it was exactly what the head names: nothing counts before.
    """
    digest, left = hashlib.sha256(), part.size
    while left > 0:
        data = stream.read(min(block, left))
        if not data:
            raise UserError(DAMAGED)
        digest.update(data)
        left -= len(data)
        yield data
    if stream.read(1) or digest.digest() != part.body.parts[part.number - 1].digest:
        raise UserError(DAMAGED)


def head_digest(head: bytes) -> bytes:
    """Return what tells one sealed bundle, cut into parts in one way, from every other: SHA-256 of its head."""
    return hashlib.sha256(b"opmaat/bundle-head/1\0" + head).digest()


def compared_words(head: bytes) -> tuple[str, ...]:
    """Return the Dutch words that two people compare aloud; another head has other words."""
    words = word_list()
    return tuple(words[value] for value in head_digest(head)[:_COMPARED_BYTES])


def _unwrapped(privates: Sequence[bytes], wrapped: bytes, info: bytes) -> bytes:
    for private in privates:
        try:
            key = unwrap_key(private, wrapped, info)
        except UserError:
            continue
        if len(key) == KEY_BYTES:
            return key
    raise UserError(DAMAGED)


def _take(stream: IO[bytes], size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) != size:
        raise UserError(DAMAGED)
    return taken
