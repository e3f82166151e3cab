"""Whether somebody signed something: Ed25519 (RFC 8032), and what the signature on a document is over.

A signed document is `{"body": …, "signature": …, "type": "opmaat/<kind>/1"}`; the signature is over the type, a zero
byte and the canonical bytes of the body, so that a document of one kind never passes for another.
"""

from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from protocol.canonical import JsonValue, canonical_bytes

PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64

NO_SIGNATURE = bytes(SIGNATURE_BYTES)
"""What stands in a message until it is signed."""

SIGNATURE_TAG = "opmaat-1"
"""The `tag` of every request signature (RFC 9421, section 2.3): a signature made for another purpose never fits."""

COVERED = ("@method", "@target-uri", "content-digest", "date")
"""What a request signature covers; the server refuses less. Requests without content cover the digest of nothing."""


class Signer(Protocol):
    """Whoever holds a private Ed25519 key."""

    @property
    def public(self) -> bytes:
        """Return the raw public key."""
        ...

    def sign(self, data: bytes, /) -> bytes:
        """Return the 64-byte signature of `data`."""
        ...


def public_key(public: bytes) -> Ed25519PublicKey:
    """Return the key object of the raw public key `public`, for libraries that verify by themselves.

    Raises ValueError when it is no key.
    """
    return Ed25519PublicKey.from_public_bytes(public)


def is_signed(public: bytes, data: bytes, signature: bytes) -> bool:
    """Tell whether `signature` is that of `data` by the owner of the raw public key `public`."""
    try:
        public_key(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def document_type(kind: str) -> str:
    """Return the full type of documents of `kind`."""
    return f"opmaat/{kind}/1"


def bytes_to_sign(kind: str, body: JsonValue) -> bytes:
    """Return what the signature on a document of `kind` with `body` is over."""
    return document_type(kind).encode("ascii") + b"\0" + canonical_bytes(body)
