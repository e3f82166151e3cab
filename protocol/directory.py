"""The directory of an organisation: what its root says is so. Bytes: docs/formats/trust.md."""

from dataclasses import dataclass
from datetime import datetime

from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, organisation_id
from protocol.messages.documents import UNSIGNED, SignedDocument
from protocol.messages.fields import Device, Moment, Organisation, Version
from protocol.messages.message import Message, to_bytes
from protocol.signatures import Signer

_KIND = "directory"


class DirectoryBody(Message, frozen=True):
    """What the document says; the cards in it are not verified yet."""

    issued: Moment
    organisation: Organisation
    organisations: tuple[SignedDocument, ...]
    revoked: tuple[Device, ...]
    version: Version


@dataclass(frozen=True, slots=True)
class Directory:
    """What an organisation's root says is so: whom it knows and whose devices it no longer trusts.

    `version` only grows; `organisations` are checked cards, among them always the organisation's own.
    """

    organisation: OrganisationId
    version: int
    issued: datetime
    organisations: tuple[OrganisationCard, ...]
    revoked: tuple[DeviceId, ...]

    def card(self, organisation: OrganisationId) -> OrganisationCard:
        """Return the card of `organisation`. Raises UserError `trust.organisation_unknown`."""
        for card in self.organisations:
            if card.id == organisation:
                return card
        raise UserError("trust.organisation_unknown")


def sign_directory(root: Signer, directory: Directory) -> bytes:
    """Return the canonical bytes of `directory`, signed by the root it belongs to."""
    body = DirectoryBody(
        issued=directory.issued,
        organisation=organisation_id(root.public),
        organisations=tuple(card.signed for card in directory.organisations),
        revoked=tuple(sorted(directory.revoked)),
        version=directory.version,
    )
    return to_bytes(SignedDocument.make(_KIND, body, root))


def verify_directory(data: bytes, root: bytes) -> Directory:
    """Return the directory that `root` signed.

    Raises UserError `trust.document_damaged` or `trust.not_signed`. Whether it is the newest one is for the caller to
    say, who keeps the last: an old directory would bring a revoked device back.
    """
    body = SignedDocument.from_bytes(data).verify(_KIND, DirectoryBody, root)
    cards = tuple(OrganisationCard.verified(card) for card in body.organisations)
    if body.organisation != organisation_id(root):
        raise UserError(UNSIGNED)
    return Directory(body.organisation, body.version, body.issued, cards, body.revoked)
