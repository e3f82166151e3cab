"""Signed documents: `{"body": …, "signature": …, "type": "opmaat/<kind>/1"}`. Bytes: docs/formats/trust.md."""

from typing import Annotated, Any, Self, TypeVar

from msgspec import field

from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.messages.fields import Signature, text_of
from protocol.messages.message import Message, from_bytes, from_value, to_value
from protocol.signatures import Signer, bytes_to_sign, document_type, is_signed

DAMAGED = "trust.document_damaged"
UNSIGNED = "trust.not_signed"

_Body = TypeVar("_Body", bound=Message)


class SignedDocument(Message, frozen=True):
    """A document as it is stored and sent; holding one says nothing yet about its signature.

    `kind` is its full type, such as `opmaat/device/1`.
    """

    body: dict[str, Any]
    signature: Signature
    kind: Annotated[str, text_of("opmaat/[a-z]+/1")] = field(name="type")

    @classmethod
    def make(cls, kind: str, body: Message, signer: Signer) -> Self:
        """Return `body`, signed by `signer` as a document of `kind`."""
        value: Any = to_value(body)  # an object, as every message is
        return cls(value, signer.sign(bytes_to_sign(kind, value)), document_type(kind))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the document in its canonical bytes, nothing checked yet. Raises as `from_json`."""
        try:
            return from_bytes(cls, data)
        except UserError:
            raise UserError(DAMAGED) from None

    @classmethod
    def from_json(cls, value: JsonValue) -> Self:
        """Return the document, nothing checked yet. Raises UserError `trust.document_damaged`."""
        return read_part(cls, value)

    def to_json(self) -> JsonValue:
        """Return the document as JSON."""
        return to_value(self)

    def claim(self, kind: str, body: type[_Body]) -> _Body:
        """Return what a document of `kind` says, its signature not checked.

        Raises UserError `trust.document_damaged` when it is of another kind, or says something else than `body` can.
        """
        if self.kind != document_type(kind):
            raise UserError(DAMAGED)
        return read_part(body, self.body)

    def verify(self, kind: str, body: type[_Body], public: bytes) -> _Body:
        """Return what the owner of `public` says in a document of `kind`.

        Raises UserError `trust.not_signed`, or `trust.document_damaged` as `claim` does.
        """
        if self.kind != document_type(kind):
            raise UserError(DAMAGED)
        if not is_signed(public, bytes_to_sign(kind, self.body), self.signature):
            raise UserError(UNSIGNED)
        return self.claim(kind, body)


def read_part(kind: type[_Body], value: JsonValue) -> _Body:
    """Return the message of class `kind` in `value`; raises UserError `trust.document_damaged` when it is not one."""
    try:
        return from_value(kind, value)
    except UserError:
        raise UserError(DAMAGED) from None
