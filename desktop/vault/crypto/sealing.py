"""AES-256-GCM with a fresh random nonce, and the rows of the journal sealed with it. Bytes: docs/formats/journal.md.

A nonce of 96 random bits is used for far fewer than 2^32 messages per key (a key serves one compartment of one dossier
in one epoch). It is not derived from the sequence: a device restored from a backup would use such a nonce twice.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from os import urandom

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, is_id

ROW_VERSION = 1
FIRST = bytes(32)
"""What the first row of a stream has for the hash of its predecessor."""

_NONCE_BYTES = 12
_TAG_BYTES = 16
_COMPARTMENT_MOST = 32
_EPOCH_BELOW = 2**32
_SEQUENCE_BELOW = 2**63
_DIGEST_BYTES = 32
_ROW_VERSION_BYTE = bytes((ROW_VERSION,))
_ROW_VERSION = slice(1)
_ROW_NONCE = slice(1, 1 + _NONCE_BYTES)
_ROW_TEXT = slice(1 + _NONCE_BYTES, None)


@dataclass(frozen=True, slots=True)
class RowHeader:
    """What stands in clear beside a sealed row and is bound into it.

    `sequence` counts from 1 per device and dossier, over all compartments; `previous` is the hash (`row_digest`) of the
    row before it in that stream.
    """

    dossier: DossierId
    compartment: str
    epoch: int
    device: DeviceId
    sequence: int
    previous: bytes

    def to_bytes(self) -> bytes:
        """Return the associated data of the row. Raises UserError `records.row_damaged` for impossible values."""
        if not is_possible_place(self.sequence, self.previous):
            raise UserError("records.row_damaged")
        front = row_header_prefix(self.dossier, self.compartment, self.epoch, self.device)
        return front + self.sequence.to_bytes(8, "big") + self.previous


def is_possible_place(sequence: int, previous: bytes) -> bool:
    """Tell whether a row can have that number, and that hash of its predecessor."""
    return 0 < sequence < _SEQUENCE_BELOW and len(previous) == _DIGEST_BYTES


def row_header_prefix(dossier: DossierId, compartment: str, epoch: int, device: DeviceId) -> bytes:
    """Return the part of a row's associated data that a whole stream shares; sequence and predecessor follow it.

    Raises UserError `records.row_damaged` for impossible values.
    """
    name = compartment.encode("utf-8")
    if not (is_id(dossier) and is_id(device) and 0 < len(name) <= _COMPARTMENT_MOST and 0 < epoch < _EPOCH_BELOW):
        raise UserError("records.row_damaged")
    numbers = epoch.to_bytes(4, "big")
    return b"".join(
        (b"opmaat/row/1\0", bytes.fromhex(dossier), bytes((len(name),)), name, numbers, bytes.fromhex(device))
    )


def new_key() -> bytes:
    """Return 32 fresh random bytes."""
    return secrets.token_bytes(32)


def seal(key: bytes, plaintext: bytes, associated_data: bytes) -> bytes:
    """Return nonce and ciphertext of `plaintext`; it opens only together with the same `associated_data` bytes."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, associated_data)


def open_sealed(key: bytes, sealed: bytes, associated_data: bytes, code: str) -> bytes:
    """Return what `seal` sealed. Raises UserError `code` for another key, other associated data or any changed byte."""
    if len(sealed) < _NONCE_BYTES + _TAG_BYTES:
        raise UserError(code)
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], associated_data)
    except InvalidTag as error:
        raise UserError(code) from error


class RowCipher:
    """One key of a compartment, made ready once to seal and open many rows.

    `decrypt` is AES-GCM's own: nonce, ciphertext, associated data.
    """

    __slots__ = ("_encrypt", "decrypt")

    def __init__(self, key: bytes) -> None:
        cipher = AESGCM(key)
        self._encrypt = cipher.encrypt
        self.decrypt = cipher.decrypt

    def seal(self, associated_data: bytes, plaintext: bytes) -> bytes:
        """Return the sealed bytes of one row: version byte, nonce, ciphertext.

        `associated_data` are the bytes of the row's header (`RowHeader.to_bytes`).
        """
        nonce = urandom(_NONCE_BYTES)
        return _ROW_VERSION_BYTE + nonce + self._encrypt(nonce, plaintext, associated_data)

    def open(self, associated_data: bytes, sealed: bytes) -> bytes:
        """Return the plaintext of one row, `associated_data` being the bytes of its header.

        Raises UserError `records.row_newer` for a row of a later version and `records.row_damaged` for anything that
        was changed: the bytes, the header or the place in the chain.
        """
        if sealed[_ROW_VERSION] != _ROW_VERSION_BYTE:
            raise UserError(_damage(sealed))
        try:
            return self.decrypt(sealed[_ROW_NONCE], sealed[_ROW_TEXT], associated_data)
        except (InvalidTag, ValueError) as error:
            raise UserError("records.row_damaged") from error


def open_rows(ciphers: Sequence[RowCipher], associated_data: Sequence[bytes], sealed: Sequence[bytes]) -> list[bytes]:
    """Return what `RowCipher.open` returns for each row: the sequences hold cipher, associated data and sealed bytes.

    Raises what it raises for one of them; which one is not told.
    """
    for row in sealed:
        if row[_ROW_VERSION] != _ROW_VERSION_BYTE:
            raise UserError(_damage(row))
    try:
        return [
            cipher.decrypt(row[_ROW_NONCE], row[_ROW_TEXT], header)
            for cipher, header, row in zip(ciphers, associated_data, sealed, strict=True)
        ]
    except (InvalidTag, ValueError) as error:
        raise UserError("records.row_damaged") from error


def _damage(sealed: bytes) -> str:
    return "records.row_newer" if sealed[_ROW_VERSION] > _ROW_VERSION_BYTE else "records.row_damaged"


def row_digest(header: RowHeader | bytes, sealed: bytes) -> bytes:
    """Return the SHA-256 that the next row of this stream names as its predecessor: over header and sealed bytes."""
    return hashlib.sha256(_associated_data(header) + sealed).digest()


def _associated_data(header: RowHeader | bytes) -> bytes:
    return header if isinstance(header, bytes) else header.to_bytes()
