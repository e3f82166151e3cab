"""The directory of an organisation: what its root says is so. Bytes: docs/formats/trust.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Self

from msgspec import UNSET, Meta, UnsetType

from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, organisation_id
from protocol.limits import DIRECTORY_DAYS, MOST_CONTENTS
from protocol.messages.content import ContentReference
from protocol.messages.documents import UNSIGNED, SignedDocument
from protocol.messages.fields import Device, Digest, Moment, Organisation, Version
from protocol.messages.message import Message, to_bytes
from protocol.signatures import Signer

_KIND = "directory"


class DirectoryBody(Message, frozen=True):
    """What the document says; the cards in it are not verified yet.

    `revocations` has the digest of the document about each revoked device, since there are such documents; `contents`
    names what the organisation published, once there is any.
    """

    issued: Moment
    organisation: Organisation
    organisations: tuple[SignedDocument, ...]
    revoked: tuple[Device, ...]
    version: Version
    revocations: dict[Device, Digest] | UnsetType = UNSET
    contents: Annotated[tuple[ContentReference, ...], Meta(max_length=MOST_CONTENTS)] | UnsetType = UNSET


@dataclass(frozen=True, slots=True)
class Directory:
    """What an organisation's root says is so: whom it knows and whose devices it no longer trusts.

    `version` only grows; `organisations` are checked cards, among them always the organisation's own. `revocations` are
    the digests of the documents that say how far each revoked device is trusted; see `protocol.revocation`. `contents`
    names every set that the organisation published, the newest last; see `protocol.messages.content`.
    """

    organisation: OrganisationId
    version: int
    issued: datetime
    organisations: tuple[OrganisationCard, ...]
    revoked: tuple[DeviceId, ...]
    revocations: Mapping[DeviceId, bytes] = field(default_factory=dict)
    contents: tuple[ContentReference, ...] = ()

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
        revocations=dict(directory.revocations) or UNSET,
        contents=directory.contents or UNSET,
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
    revocations = {} if body.revocations is UNSET else body.revocations
    contents = () if body.contents is UNSET else body.contents
    return Directory(body.organisation, body.version, body.issued, cards, body.revoked, revocations, contents)
