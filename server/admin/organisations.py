"""Organisations and the directories their roots sign."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from desktop.vault.crypto.sealing import RowHeader, row_digest
from desktop.vault.trust.organisation import OrganisationRoot
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard
from protocol.directory import Directory, sign_directory, verify_directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_CONTENTS
from protocol.messages.content import ContentSet, PartMedia, sign_content, verify_content
from protocol.messages.stream_cuts import StreamCut
from protocol.revocation import Revocation, revocation_digest, sign_revocation
from protocol.times import Clock
from server.store import damage, devices
from server.store.engine import ServerStore
from server.store.tables import ORGANISATIONS

_LOST_VERSIONS = 1000
"""More changes than an administrator makes, by hand, between a backup and its restoring."""


@dataclass(frozen=True, slots=True)
class ServedOrganisation:
    """An organisation this server serves, and the newest version of its directory."""

    card: OrganisationCard
    directory: Directory


@dataclass(frozen=True, slots=True, repr=False)
class ContentDraft:
    """What is to be published, checked already: the workbook, how it is written, and the logo or nothing."""

    workbook: bytes
    media: PartMedia
    logo: bytes = b""


def register(store: ServerStore, root: OrganisationRoot, clock: Clock) -> None:
    """Let this server serve an organisation, with a first directory that knows only itself; repeating is harmless."""
    now = clock.now()
    card = root.card
    first = Directory(organisation=card.id, version=1, issued=now, organisations=(card,), revoked=())
    document = sign_directory(root.root, first)

    def operation(connection: Connection) -> None:
        values: dict[str, object] = {
            "organisation": card.id,
            "name": card.name,
            "kind": card.kind,
            "root": card.root,
            "card": canonical_bytes(card.to_json()),
            "created": int(now.timestamp()),
        }
        if devices.add_organisation(connection, values):
            devices.put_directory(connection, card.id, first.version, document)

    store.run(operation)


def served_organisations(store: ServerStore) -> tuple[ServedOrganisation, ...]:
    """Return the organisations this server serves, oldest first."""
    return store.run(served)


def served(connection: Connection) -> tuple[ServedOrganisation, ...]:
    """Return the organisations this server serves, oldest first."""
    found = connection.execute(select(ORGANISATIONS.c.card).order_by(ORGANISATIONS.c.created)).scalars().all()
    cards = [OrganisationCard.from_bytes(card) for card in found]
    return tuple(ServedOrganisation(card, _directory(connection, card)) for card in cards)


def find(store: ServerStore, organisation: str) -> OrganisationCard:
    """Return the card of an organisation this server serves; raises UserError `server.organisation_unknown`."""
    for one in served_organisations(store):
        if one.card.id == organisation:
            return one.card
    raise UserError("server.organisation_unknown")


def add_partner(store: ServerStore, root: OrganisationRoot, partner: OrganisationCard, clock: Clock) -> Directory:
    """Let the devices of an organisation know `partner`; a card of a partner known before is replaced.

    Raises UserError `server.organisation_unknown`, or `trust.card_older` rather than replace a newer card.
    """
    return _change(store, root, clock, lambda directory: directory.with_card(partner))


def revoke_device(store: ServerStore, root: OrganisationRoot, device: str, clock: Clock) -> Directory:
    """Refuse a device from now on, here and on every laptop that reads the directory.

    What it sent before stays: the document that is signed with it says how far each of its streams reached. Raises
    UserError `server.device_unknown` when it is not a device of this organisation.
    """
    identifier = DeviceId(device)
    now = clock.now()

    def operation(connection: Connection) -> Directory:
        known = devices.find_device(connection, device)
        if known is None or known.organisation != root.card.id:
            raise UserError("server.device_unknown")
        devices.revoke(connection, device, int(now.timestamp()))
        document = devices.revocation_of(connection, device)
        if document is None:
            cuts = {
                DossierId(row.dossier): _cut(identifier, row)
                for row in devices.streams_of(connection, root.card.id, device)
            }
            document = sign_revocation(root.root, Revocation(root.card.id, identifier, now, cuts))
            devices.put_revocation(connection, device, document)
        digest = revocation_digest(document)
        return change_directory(
            connection,
            root,
            now,
            lambda directory: replace(
                directory,
                revoked=tuple({*directory.revoked, identifier}),
                revocations={**directory.revocations, identifier: digest},
            ),
        )

    return store.run(operation)


def sign_directory_again(store: ServerStore, root: OrganisationRoot, clock: Clock) -> Directory:
    """Sign the directory anew as it is, so that laptops see that it is not old.

    Raises UserError `server.organisation_unknown`.
    """
    return _change(store, root, clock, lambda directory: directory)


def renew_directory(store: ServerStore, root: OrganisationRoot, clock: Clock) -> Directory:
    """Sign the directory of an organisation again, above every version that was lost with the newer database.

    Laptops never go back to an older directory; so after a restore they wait for one above the last they saw. Raises
    UserError `server.organisation_unknown`.
    """
    return _change(store, root, clock, lambda directory: replace(directory, version=directory.version + _LOST_VERSIONS))


def publish_content(store: ServerStore, root: OrganisationRoot, draft: ContentDraft, clock: Clock) -> ContentSet:
    """Sign the next version of what an organisation publishes, keep it, and name it in the directory: all or nothing.

    Raises UserError `server.organisation_unknown`, `content.too_large`.
    """
    now = clock.now()

    def operation(connection: Connection) -> ContentSet:
        before = _directory(connection, root.card).contents
        version = max((each.version for each in before), default=0) + 1
        file = sign_content(
            root.root, version=version, issued=now, workbook=draft.workbook, media=draft.media, logo=draft.logo
        )
        made = verify_content(file, root.root.public)
        stored = {"version": version, "stored": int(now.timestamp()), "document": file}
        devices.put_content(connection, root.card.id, {"digest": made.digest.hex(), **stored})
        named = (*before, made.reference)[-MOST_CONTENTS:]
        change_directory(connection, root, now, lambda directory: replace(directory, contents=named))
        return made

    return store.run(operation)


def published_contents(store: ServerStore, one: ServedOrganisation) -> tuple[ContentSet, ...]:
    """Return what an organisation published, as its directory names it, the newest first; lost sets are left out."""
    digests = [each.digest.hex() for each in reversed(one.directory.contents)]
    files = store.run(lambda connection: [devices.content_of(connection, one.card.id, each) for each in digests])
    return tuple(verify_content(file, one.card.root) for file in files if file is not None)


def _change(
    store: ServerStore, root: OrganisationRoot, clock: Clock, change: Callable[[Directory], Directory]
) -> Directory:
    return store.run(lambda connection: change_directory(connection, root, clock.now(), change))


def change_directory(
    connection: Connection, root: OrganisationRoot, now: datetime, change: Callable[[Directory], Directory]
) -> Directory:
    """Sign and publish the newest directory of an organisation as `change` makes it, one version on."""
    before = _directory(connection, root.card)
    changed = change(before)
    after = replace(changed, version=changed.version + 1, issued=now)
    devices.put_directory(connection, root.card.id, after.version, sign_directory(root.root, after))
    damage.mend_document(connection, damage.DocumentKind.DIRECTORY, root.card.id, int(now.timestamp()))
    return after


def _cut(device: DeviceId, row: Row[Any]) -> StreamCut:
    header = RowHeader(DossierId(row.dossier), row.compartment, row.epoch, device, row.sequence, row.previous)
    return StreamCut(row.sequence, row_digest(header, row.sealed))


def _directory(connection: Connection, card: OrganisationCard) -> Directory:
    document = devices.directory_of(connection, OrganisationId(card.id))
    if document is None:
        raise UserError("server.organisation_unknown")
    return verify_directory(document, card.root)
