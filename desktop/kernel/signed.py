"""Signed documents: one byte form for all that a key vouches for.

Certificates, organisation cards, directories, chain heads and offer statements travel as the canonical form of

    {"body": {…}, "kind": "device-certificate", "signature": "…", "signer": "…"}

with the Ed25519 public key (32 bytes) and signature (64 bytes) in base64url without padding. The signature is over
`message(kind, body)`, which names the kind, so that a signature on one kind never passes for another. Standard
library only: vault and server verify, each with its own keys; this module fixes the bytes they agree on.
"""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.kernel.canonical import JsonValue, canonical_bytes, parse_canonical
from desktop.kernel.errors import UserError

_CONTEXT = b"opmaat signed 1\n"
_KEY_BYTES = 32
_SIGNATURE_BYTES = 64
_FIELDS = frozenset({"body", "kind", "signature", "signer"})
_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed document as it was read or made; holding one says nothing yet about its signature."""

    kind: str
    body: Mapping[str, JsonValue]
    signer: bytes
    signature: bytes

    def message(self) -> bytes:
        """Return the bytes that the signature must be over."""
        return message(self.kind, self.body)

    def to_bytes(self) -> bytes:
        """Return the one byte form of this document."""
        return canonical_bytes(
            {
                "body": self.body,
                "kind": self.kind,
                "signature": to_base64(self.signature),
                "signer": to_base64(self.signer),
            }
        )


def message(kind: str, body: Mapping[str, JsonValue]) -> bytes:
    """Return the bytes to sign for a document of `kind` with `body`."""
    return _CONTEXT + canonical_bytes({"body": body, "kind": kind})


def read_signed(data: bytes, kind: str) -> Signed:
    """Return the document in `data`, its signature not yet verified.

    Raises UserError `signed.broken` when `data` is not exactly one canonical document of `kind`.
    """
    try:
        value = parse_canonical(data)
    except UserError as error:
        raise UserError("signed.broken") from error
    if not isinstance(value, Mapping) or value.keys() != _FIELDS or value["kind"] != kind:
        raise UserError("signed.broken")
    body, signature, signer = value["body"], value["signature"], value["signer"]
    if not (isinstance(body, Mapping) and isinstance(signature, str) and isinstance(signer, str)):
        raise UserError("signed.broken")
    document = Signed(kind, body, from_base64(signer), from_base64(signature))
    if len(document.signer) != _KEY_BYTES or len(document.signature) != _SIGNATURE_BYTES:
        raise UserError("signed.broken")
    return document


def to_base64(data: bytes) -> str:
    """Return `data` in base64url without padding (RFC 4648, section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes of base64url `text`; raises UserError `signed.broken` for any but their one canonical form."""
    if not _ALPHABET.fullmatch(text):
        raise UserError("signed.broken")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise UserError("signed.broken") from error
    if to_base64(data) != text:
        raise UserError("signed.broken")
    return data
