"""Giving an organisation a new wrapping key: the newest card, and per trusted device a document with its keys.

Two things are written, the key file first. Cut off between them, the same command finds a key file that is ahead of the
published card, makes no further key and publishes that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row

from desktop.vault.trust.organisation import OrganisationRoot, renewed
from desktop.vault.trust.renewal import make_renewal
from protocol.canonical import canonical_bytes, parse_canonical
from protocol.certificates import DeviceCertificate, OrganisationCard, verify_chain
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.messages.documents import SignedDocument
from protocol.messages.message import to_bytes
from protocol.renewal import KeysFile, LaptopFile, WrappingKey
from protocol.times import Clock
from server.admin import organisations
from server.refusals import Refusal
from server.store import devices
from server.store.engine import ServerStore


@dataclass(frozen=True, slots=True)
class RenewalReport:
    """What was published. `given` are the devices that get the keys, `left_out` those that have shown no key of theirs.

    `outdated` are organisations on this server whose directory still has an older card of this one.
    """

    directory: Directory
    given: tuple[DeviceCertificate, ...]
    left_out: tuple[str, ...]
    outdated: tuple[OrganisationCard, ...]


def next_keys(store: ServerStore, kept: OrganisationRoot, *, share_only: bool) -> OrganisationRoot:
    """Return the keys to publish: those of the key file where they are not published yet, else with a fresh one.

    With `share_only` none is made. Raises UserError `server.organisation_unknown`, or `server.key_file_older` when the
    key file is not the one behind the published card.
    """
    published = organisations.find(store, kept.card.id)
    if kept.card.version > published.version:
        return kept
    if not share_only:
        return renewed(kept, published.version)
    if kept.card != published:
        raise UserError("server.key_file_older")
    return kept


def admit(store: ServerStore, root: OrganisationRoot, laptops: Iterable[LaptopFile], clock: Clock) -> None:
    """Enrol laptops that showed who they are on a stick, each with its own wrapping key; repeating is harmless.

    Raises UserError `trust.…` for one that the root does not vouch for or a key that is not its own, `enrol.…`, and
    `sync.device_revoked` for one that was revoked; then none of them is enrolled.
    """
    now, card, shown = clock.now(), root.card, tuple(laptops)

    def operation(connection: Connection) -> None:
        for laptop in shown:
            device = verify_chain(laptop.chain, card.root).device
            key = WrappingKey.verified(laptop.wrapping, device.public)
            asked = devices.Enrolment(device.device, card.id, device.invitation, device.public, to_bytes(laptop.chain))
            devices.enrol(connection, asked, int(now.timestamp()))
            devices.put_wrapping_key(connection, key.device, to_bytes(key.signed))

    try:
        store.run(operation)
    except Refusal as refused:
        raise UserError(refused.code, refused.details) from None


def keys_file(store: ServerStore, root: OrganisationRoot) -> bytes:
    """Return what laptops read from a stick: the newest directory and the renewals that were published."""

    def operation(connection: Connection) -> bytes:
        directory = devices.directory_of(connection, root.card.id)
        if directory is None:
            raise UserError("server.organisation_unknown")
        found = [
            devices.renewal_of(connection, row.device) for row in devices.trusted_devices(connection, root.card.id)
        ]
        renewals = tuple(SignedDocument.from_bytes(each) for each in found if each is not None)
        return to_bytes(KeysFile(SignedDocument.from_bytes(directory), renewals))

    return store.run(operation)


def publish(store: ServerStore, root: OrganisationRoot, clock: Clock) -> RenewalReport:
    """Publish the card of `root`, a directory with it and a document for each trusted device: all of it, or none.

    A device is trusted by its chain up to the root and not by what the database says of it; one that is revoked, in the
    directory or here, gets nothing. Raises UserError `server.organisation_unknown`.
    """
    now, card = clock.now(), root.card

    def operation(connection: Connection) -> RenewalReport:
        directory = organisations.change_directory(connection, root, now, lambda before: before.with_card(card))
        devices.put_card(connection, card.id, canonical_bytes(card.to_json()))
        found = _recipients(connection, root, directory)
        given = [proof for proof in found.values() if proof is not None]
        devices.put_renewals(connection, {key.device: make_renewal(root, key, now) for _certificate, key in given})
        left_out = tuple(device for device, proof in found.items() if proof is None)
        certificates = tuple(certificate for certificate, _key in given)
        return RenewalReport(directory, certificates, left_out, _outdated(connection, card))

    return store.run(operation)


_Proof = tuple[DeviceCertificate, WrappingKey]


def _recipients(connection: Connection, root: OrganisationRoot, directory: Directory) -> dict[str, _Proof | None]:
    """Return every device that was not revoked, with what proves it and its own key, None where these do not hold."""
    return {
        row.device: _proof(root.card.root, row)
        for row in devices.trusted_devices(connection, root.card.id)
        if row.device not in directory.revoked
    }


def _proof(root: bytes, row: Row[Any]) -> _Proof | None:
    if row.wrapping is None:
        return None
    try:
        certificate = verify_chain(parse_canonical(row.chain), root).device
        key = WrappingKey.verified(SignedDocument.from_bytes(row.wrapping), certificate.public)
    except UserError:
        return None
    return (certificate, key) if key.device == row.device else None


def _outdated(connection: Connection, card: OrganisationCard) -> tuple[OrganisationCard, ...]:
    return tuple(
        one.card
        for one in organisations.served(connection)
        if any(known.id == card.id and known.version < card.version for known in one.directory.organisations)
    )
