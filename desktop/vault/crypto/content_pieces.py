"""The content of an attachment as sealed pieces, a STREAM: none can be changed, left out, swapped or added unnoticed.

Piece 0 is the thumbnail, 1 to `count` are the content. The key of an attachment is derived from that of its dossier's
compartment, so it opens for whoever reads the compartment and for nobody once that key is gone. Pure but for nonces.
Bytes: docs/formats/attachments.md. Source of the construction: Hoang, Reyhanitabar, Rogaway, Vizár, "Online
Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (CRYPTO 2015); HKDF: RFC 5869.
"""

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.vault.crypto.sealing import open_sealed, seal
from protocol.errors import UserError
from protocol.identifiers import DossierId, is_id
from protocol.limits import MOST_PIECES, MOST_SEALED_PIECE_BYTES, PIECE_BYTES

PIECE_VERSION = 1
THUMBNAIL = 0
"""The number of the piece that holds the thumbnail."""

_DAMAGED = "records.piece_damaged"
_COMPARTMENT_MOST = 32
_EPOCH_BELOW = 2**32


@dataclass(frozen=True, slots=True)
class PieceStream:
    """What is bound into every piece of one content: `blob` names it, `count` is how many pieces it has."""

    dossier: DossierId
    compartment: str
    epoch: int
    blob: str
    count: int

    def to_bytes(self) -> bytes:
        """Return the start of the associated data. Raises UserError `records.piece_damaged` for impossible values."""
        name = self.compartment.encode("utf-8")
        possible = (
            is_id(self.dossier)
            and is_id(self.blob)
            and 0 < len(name) <= _COMPARTMENT_MOST
            and 0 < self.epoch < _EPOCH_BELOW
            and 0 < self.count <= MOST_PIECES
        )
        if not possible:
            raise UserError(_DAMAGED)
        return b"".join(
            (
                bytes.fromhex(self.dossier),
                bytes((len(name),)),
                name,
                self.epoch.to_bytes(4, "big"),
                bytes.fromhex(self.blob),
                self.count.to_bytes(4, "big"),
            )
        )

    def key(self, compartment_key: bytes) -> bytes:
        """Return the key of this content: it opens nothing else."""
        return _derive(compartment_key, b"opmaat/attachment/1\0" + self.to_bytes())

    def associated_data(self, number: int) -> bytes:
        """Return the associated data of piece `number`. Raises UserError `records.piece_damaged` beyond the last."""
        if not 0 <= number <= self.count:
            raise UserError(_DAMAGED)
        last = bytes((number == self.count,))
        return b"opmaat/piece/1\0" + self.to_bytes() + number.to_bytes(4, "big") + last


def count_of(size: int) -> int:
    """Return how many pieces a content of `size` bytes has."""
    return -(-size // PIECE_BYTES)


def seal_piece(key: bytes, stream: PieceStream, number: int, plaintext: bytes) -> bytes:
    """Return piece `number` sealed under the key of the content: version byte, nonce, ciphertext."""
    return bytes((PIECE_VERSION,)) + seal(key, plaintext, stream.associated_data(number))


def open_piece(key: bytes, stream: PieceStream, number: int, sealed: bytes) -> bytes:
    """Return what `seal_piece` sealed.

    Raises UserError `records.piece_newer` for a piece of a later version, `records.piece_damaged` for any other byte,
    place, content, compartment or dossier than it was sealed for.
    """
    if sealed[:1] > bytes((PIECE_VERSION,)):
        raise UserError("records.piece_newer")
    if sealed[:1] != bytes((PIECE_VERSION,)) or len(sealed) > MOST_SEALED_PIECE_BYTES:
        raise UserError(_DAMAGED)
    return open_sealed(key, sealed[1:], stream.associated_data(number), _DAMAGED)


def content_mac(compartment_key: bytes, dossier: DossierId, compartment: str, content: bytes) -> bytes:
    """Return 32 bytes that are equal for equal contents of one compartment of one dossier, and unrelated elsewhere."""
    info = b"opmaat/content/1\0" + bytes.fromhex(dossier) + compartment.encode("utf-8")
    return hmac.new(_derive(compartment_key, info), content, hashlib.sha256).digest()


def pieces_digest(digests: list[bytes]) -> bytes:
    """Return what an event says of all sealed pieces: SHA-256 over their SHA-256 digests, from the thumbnail on."""
    return hashlib.sha256(b"".join(digests)).digest()


def _derive(key: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)
