"""When passphrase and recovery key are both lost: the organisation's administrator opens the vault once.

Of the vault's escrow slot only the wrap travels, in a request file; the answer, sealed under a one-time code that is
given apart, holds the secret of that slot and nothing else. It opens the slot it was made for, in that vault file only.

The escrow key is not the organisation's wrapping key: that lies in every colleague's vault. It is derived from the
organisation's root, which only the administrator's key file holds (docs/adr/0025-escrow-has-its-own-key.md).
Bytes: docs/formats/vault.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SigningKey
from desktop.vault.crypto.locked_file import LockedFile, read_locked, write_locked
from desktop.vault.crypto.one_time_codes import new_code, plain_code
from desktop.vault.crypto.stretching import DEFAULT, KEY_BYTES, Cost
from desktop.vault.crypto.wrapping import derive_private_key, fingerprint, public_key, unwrap_key
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import OrganisationId, VaultId
from protocol.messages.documents import SignedDocument
from protocol.messages.fields import AnyBytes, Organisation
from protocol.messages.message import Message
from protocol.times import time_text

LARGEST = 64 * 1024
"""A larger file is no request and no answer."""

_KEY = "escrow"
_REQUEST = "opmaat/escrow-request"
_ANSWER = "escrow-answer"
_DAMAGED = "escrow.file_damaged"
_NEWER = "escrow.file_newer"
_VERSION = 1


class EscrowKeyBody(Message, frozen=True):
    """What the signed document says; see `EscrowKey`."""

    organisation: Organisation
    public: AnyBytes


@dataclass(frozen=True, slots=True)
class EscrowKey:
    """The public key for which vaults of `organisation` keep an escrow slot, signed by the organisation's root."""

    organisation: OrganisationId
    public: bytes
    signed: SignedDocument

    @classmethod
    def make(cls, organisation: OrganisationId, root: SigningKey) -> Self:
        """Return the key of `organisation`, which `root` is the root of."""
        public = public_key(_private(root))
        body = EscrowKeyBody(organisation, public)
        return cls(organisation, public, SignedDocument.make(_KEY, body, root))

    @classmethod
    def from_json(cls, value: JsonValue, root_public: bytes) -> Self:
        """Return a checked key. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
        signed = SignedDocument.from_json(value)
        body = signed.verify(_KEY, EscrowKeyBody, root_public)
        return cls(body.organisation, body.public, signed)

    def to_json(self) -> JsonValue:
        """Return the signed document."""
        return self.signed.to_json()


@dataclass(frozen=True, slots=True)
class EscrowRequest:
    """What a person sends: whose vault, of which organisation, and the wrap of the slot's secret. Nothing secret.

    `person` is proven only by `answer_request`: the wrap is bound to it.
    """

    vault: VaultId
    organisation: OrganisationId
    person: str
    created: datetime
    wrapped: bytes

    def to_bytes(self) -> bytes:
        """Return the request file."""
        return canonical_bytes(
            {
                "created": time_text(self.created),
                "organisation": self.organisation,
                "person": self.person,
                "type": _REQUEST,
                "vault": self.vault,
                "version": _VERSION,
                "wrapped": to_base64(self.wrapped),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return what a request file says. Raises UserError `escrow.file_damaged` or `escrow.file_newer`."""
        fields = JsonFields.parse(data, _DAMAGED)
        if fields.text("type") != _REQUEST:
            raise UserError(_DAMAGED)
        version = fields.number("version")
        if version > _VERSION:
            raise UserError(_NEWER)
        request = cls(
            vault=VaultId(fields.identifier("vault")),
            organisation=OrganisationId(fields.identifier("organisation")),
            person=fields.text("person"),
            created=fields.moment("created"),
            wrapped=fields.binary("wrapped"),
        )
        fields.finish()
        if version != _VERSION:
            raise UserError(_DAMAGED)
        return request

    @property
    def fingerprint(self) -> str:
        """What both people compare by telephone, so that the answer goes to the one who asked."""
        return fingerprint(self.to_bytes())


def escrow_info(vault: VaultId, organisation: OrganisationId, person: str) -> bytes:
    """Return the `info` of HPKE: the wrap opens for this vault, organisation and person only."""
    return b"opmaat/escrow/1\0" + bytes.fromhex(vault) + bytes.fromhex(organisation) + person.encode("utf-8")


def answer_request(
    request: EscrowRequest, organisation: OrganisationId, root: SigningKey, cost: Cost = DEFAULT
) -> tuple[bytes, str]:
    """Return the answer file and its one-time code; for the administrator, who has made sure who asks.

    Raises UserError `escrow.other_organisation`, or `escrow.request_changed` when vault, person or wrap are not those
    the slot was made for.
    """
    if request.organisation != organisation:
        raise UserError("escrow.other_organisation")
    info = escrow_info(request.vault, request.organisation, request.person)
    try:
        secret = unwrap_key(_private(root), request.wrapped, info)
    except UserError as error:
        raise UserError("escrow.request_changed") from error
    code = new_code()
    public: JsonValue = {"organisation": organisation, "vault": request.vault}
    plaintext = canonical_bytes({"secret": to_base64(secret)})
    return write_locked(_ANSWER, public, plaintext, plain_code(code), cost), code


def open_answer(data: bytes, code: str, vault: VaultId) -> bytes:
    """Return the secret of the escrow slot of `vault`.

    Raises UserError `escrow.file_damaged`, `escrow.file_newer`, `escrow.other_vault` or `escrow.wrong_code`.
    """
    if len(data) > LARGEST:
        raise UserError(_DAMAGED)
    file: LockedFile = read_locked(data, _ANSWER, damaged=_DAMAGED, newer=_NEWER)
    meant = file.public.identifier("vault")
    file.public.identifier("organisation")
    file.public.finish()
    if meant != vault:
        raise UserError("escrow.other_vault")
    fields = JsonFields.parse(file.unlock(plain_code(code), "escrow.wrong_code"), _DAMAGED)
    secret = fields.binary("secret", KEY_BYTES)
    fields.finish()
    return secret


def _private(root: SigningKey) -> bytes:
    """Return the private escrow key: it follows from the root's seed."""
    return derive_private_key(root.seed, b"opmaat/escrow-key/1")
