"""The directory of an organisation: what its root says is so. Bytes: docs/formats/trust.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from msgspec.structs import asdict

from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, organisation_id
from protocol.limits import DIRECTORY_DAYS
from protocol.messages.documents import UNSIGNED, SignedDocument
from protocol.messages.fields import Device, Digest, Moment, Organisation, Version
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


class DirectoryWithCuts(DirectoryBody, frozen=True):
    """The same since revocations have documents: per revoked device the digest of the document about it."""

    revocations: dict[Device, Digest]


@dataclass(frozen=True, slots=True)
class Directory:
    """What an organisation's root says is so: whom it knows and whose devices it no longer trusts.

    `version` only grows; `organisations` are checked cards, among them always the organisation's own. `revocations` are
    the digests of the documents that say how far each revoked device is trusted; see `protocol.revocation`.
    """

    organisation: OrganisationId
    version: int
    issued: datetime
    organisations: tuple[OrganisationCard, ...]
    revoked: tuple[DeviceId, ...]
    revocations: Mapping[DeviceId, bytes] = field(default_factory=dict)

    def age_in_days(self, now: datetime) -> int:
        """Return how many whole days ago the root signed this; none where the clock says that it is yet to come."""
        return max(0, (now - self.issued).days)

    def is_old(self, now: datetime) -> bool:
        """Tell whether it is too old to give keys to somebody new on its word."""
        return self.age_in_days(now) > DIRECTORY_DAYS

    def card(self, organisation: OrganisationId) -> OrganisationCard:
        """Return the card of `organisation`. Raises UserError `trust.organisation_unknown`."""
        for card in self.organisations:
            if card.id == organisation:
                return card
        raise UserError("trust.organisation_unknown")

    def with_card(self, card: OrganisationCard) -> Self:
        """Return the same with `card`, in the place of the one that it has of that organisation, if any.

        Raises UserError `trust.card_older` where that one is newer: its key is known to more than its owners.
        """
        if any(known.id == card.id and known.version > card.version for known in self.organisations):
            raise UserError("trust.card_older")
        others = tuple(known for known in self.organisations if known.id != card.id)
        return replace(self, organisations=(*others, card))


def sign_directory(root: Signer, directory: Directory) -> bytes:
    """Return the canonical bytes of `directory`, signed by the root it belongs to."""
    body = DirectoryBody(
        issued=directory.issued,
        organisation=organisation_id(root.public),
        organisations=tuple(card.signed for card in directory.organisations),
        revoked=tuple(sorted(directory.revoked)),
        version=directory.version,
    )
    if directory.revocations:
        body = DirectoryWithCuts(**asdict(body), revocations=dict(directory.revocations))
    return to_bytes(SignedDocument.make(_KIND, body, root))


def verify_directory(data: bytes, root: bytes) -> Directory:
    """Return the directory that `root` signed.

    Raises UserError `trust.document_damaged` or `trust.not_signed`. Whether it is the newest one is for the caller to
    say, who keeps the last: an old directory would bring a revoked device back.
    """
    document = SignedDocument.from_bytes(data)
    body = document.verify(_KIND, DirectoryWithCuts if "revocations" in document.body else DirectoryBody, root)
    cards = tuple(OrganisationCard.verified(card) for card in body.organisations)
    if body.organisation != organisation_id(root):
        raise UserError(UNSIGNED)
    return Directory(body.organisation, body.version, body.issued, cards, body.revoked, _digests(body))


def _digests(body: DirectoryBody) -> Mapping[DeviceId, bytes]:
    return body.revocations if isinstance(body, DirectoryWithCuts) else {}
