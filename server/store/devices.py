"""Organisations, their directories and contents, their devices, and the nonces of requests already answered."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from protocol.signatures import is_signed
from server.refusals import Refusal
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.tables import (
    CONTENTS,
    DEVICES,
    DIRECTORIES,
    NONCES,
    ORGANISATIONS,
    RENEWALS,
    REVOCATIONS,
    ROWS,
    STREAMS,
)

_DEVICE = (DEVICES.c.device, DEVICES.c.organisation, DEVICES.c.key, DEVICES.c.revoked, DEVICES.c.seen)


@dataclass(frozen=True, slots=True)
class Device:
    """An enrolled device. `revoked` and `seen` (to the hour) are when it was, in seconds since 1970, or None."""

    device: str
    organisation: str
    key: bytes
    revoked: int | None
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A device that has shown a sound chain and asks to be enrolled."""

    device: str
    organisation: str
    invitation: str
    key: bytes
    chain: bytes


def add_organisation(connection: Connection, values: dict[str, object]) -> bool:
    """Add an organisation (`values` by column, without its feed position); tell whether it is new."""
    return insert_once(connection, ORGANISATIONS, {**values, "feed_position": 0})


def organisation_known(connection: Connection, organisation: str) -> bool:
    """Tell whether this server serves `organisation`."""
    return root_of(connection, organisation) is not None


def organisations_known(connection: Connection, organisations: Collection[str]) -> frozenset[str]:
    """Return which of `organisations` this server serves."""
    query = select(ORGANISATIONS.c.organisation).where(ORGANISATIONS.c.organisation.in_(organisations))
    return frozenset(connection.execute(query).scalars())


def root_of(connection: Connection, organisation: str) -> bytes | None:
    """Return the raw public root key of `organisation`, or None when this server does not serve it."""
    query = select(ORGANISATIONS.c.root).where(ORGANISATIONS.c.organisation == organisation)
    return connection.execute(query).scalar_one_or_none()


def find_device(connection: Connection, device: str) -> Device | None:
    """Return the enrolled `device`, or None."""
    query = select(*_DEVICE)
    row = connection.execute(query.where(DEVICES.c.device == device)).one_or_none()
    return None if row is None else Device(*row)


def chain_of(connection: Connection, device: str) -> bytes | None:
    """Return the chain of `device` as it was shown at enrolment, or None."""
    query = select(DEVICES.c.chain).where(DEVICES.c.device == device)
    return connection.execute(query).scalar_one_or_none()


def chains(connection: Connection) -> tuple[tuple[str, bytes], ...]:
    """Return every device with its chain."""
    return tuple((row.device, row.chain) for row in connection.execute(select(DEVICES.c.device, DEVICES.c.chain)))


def enrol(connection: Connection, asked: Enrolment, now: int) -> None:
    """Enrol the device; the same device may repeat this.

    Raises Refusal `enrol.invitation_used` when another device came first, `enrol.device_taken` when its identifier
    belongs to another key, `sync.device_revoked` when it was revoked since.
    """
    known = find_device(connection, asked.device)
    if known is not None:
        if known.key != asked.key or known.organisation != asked.organisation:
            raise Refusal("enrol.device_taken")
        if known.revoked is not None:
            raise Refusal("sync.device_revoked")
        here = (DEVICES.c.device == asked.device, DEVICES.c.chain != asked.chain)  # one that was damaged here
        connection.execute(update(DEVICES).where(*here).values(chain=asked.chain))
        return
    used = select(DEVICES.c.device).where(
        DEVICES.c.organisation == asked.organisation, DEVICES.c.invitation == asked.invitation
    )
    if connection.execute(used).first() is not None:
        raise Refusal("enrol.invitation_used")
    connection.execute(
        insert(DEVICES).values(
            device=asked.device,
            organisation=asked.organisation,
            invitation=asked.invitation,
            key=asked.key,
            chain=asked.chain,
            enrolled=now,
            revoked=None,
        )
    )


def all_devices(connection: Connection) -> tuple[Device, ...]:
    """Return every device of every organisation, in the order of their enrolment."""
    return tuple(Device(*row) for row in connection.execute(select(*_DEVICE).order_by(DEVICES.c.enrolled)))


def require_author(
    connection: Connection, caller: CallingDevice, said: tuple[str, str], message: bytes, signature: bytes
) -> None:
    """Refuse what no device of the caller's organisation signed that is enrolled here and not revoked.

    `said` are the organisation and the device that it names. Raises Refusal `membership.not_yours`,
    `sync.signature_wrong`.
    """
    organisation, device = said
    author = find_device(connection, device)
    if author is None or author.revoked is not None:
        raise Refusal("membership.not_yours")
    if (author.organisation, organisation) != (caller.organisation, caller.organisation):
        raise Refusal("membership.not_yours")
    if not is_signed(author.key, message, signature):
        raise Refusal("sync.signature_wrong")


def see(connection: Connection, device: str, now: int) -> None:
    """Remember that `device` was here."""
    connection.execute(update(DEVICES).where(DEVICES.c.device == device).values(seen=now))


def revoke(connection: Connection, device: str, now: int) -> None:
    """Refuse `device` from now on; revoking twice keeps the first moment."""
    query = update(DEVICES).where(DEVICES.c.device == device, DEVICES.c.revoked.is_(None))
    connection.execute(query.values(revoked=now))


def streams_of(connection: Connection, organisation: str, device: str) -> tuple[Row[Any], ...]:
    """Return the last row of every stream of a device: dossier, compartment, epoch, sequence, previous, sealed."""
    here = (ROWS.c[name] == STREAMS.c[name] for name in ("organisation", "dossier", "device"))
    query = select(
        ROWS.c.dossier, ROWS.c.compartment, ROWS.c.epoch, ROWS.c.sequence, ROWS.c.previous, ROWS.c.sealed
    ).join(STREAMS, and_(*here, ROWS.c.sequence == STREAMS.c.last))
    whose = (STREAMS.c.organisation == organisation, STREAMS.c.device == device)
    return tuple(connection.execute(query.where(*whose)))


def revocation_of(connection: Connection, device: str) -> bytes | None:
    """Return the document about the revoked `device`, or None."""
    query = select(REVOCATIONS.c.document).where(REVOCATIONS.c.device == device)
    return connection.execute(query).scalar_one_or_none()


def put_revocation(connection: Connection, device: str, document: bytes) -> None:
    """Keep the document about `device`; one that is here already stays."""
    insert_once(connection, REVOCATIONS, {"device": device, "document": document})


def put_wrapping_key(connection: Connection, device: str, document: bytes) -> None:
    """Keep the document with the own wrapping key of `device`."""
    connection.execute(update(DEVICES).where(DEVICES.c.device == device).values(wrapping=document))


def trusted_devices(connection: Connection, organisation: str) -> tuple[Row[Any], ...]:
    """Return device, chain and wrapping key (or None) of every device of `organisation` that was not revoked."""
    query = select(DEVICES.c.device, DEVICES.c.chain, DEVICES.c.wrapping).order_by(DEVICES.c.enrolled)
    here = (DEVICES.c.organisation == organisation, DEVICES.c.revoked.is_(None))
    return tuple(connection.execute(query.where(*here)))


def renewal_of(connection: Connection, device: str) -> bytes | None:
    """Return the newest document that brings its organisation's keys to `device`, or None."""
    query = select(RENEWALS.c.document).where(RENEWALS.c.device == device)
    return connection.execute(query).scalar_one_or_none()


def put_renewals(connection: Connection, documents: Mapping[str, bytes]) -> None:
    """Replace the documents of these devices."""
    for device, document in documents.items():
        connection.execute(delete(RENEWALS).where(RENEWALS.c.device == device))
        connection.execute(insert(RENEWALS).values(device=device, document=document))


def put_card(connection: Connection, organisation: str, card: bytes) -> None:
    """Replace the card of `organisation`."""
    connection.execute(update(ORGANISATIONS).where(ORGANISATIONS.c.organisation == organisation).values(card=card))


def directory_of(connection: Connection, organisation: str) -> bytes | None:
    """Return the newest directory of `organisation`, or None when this server has none."""
    query = select(DIRECTORIES.c.document).where(DIRECTORIES.c.organisation == organisation)
    return connection.execute(query).scalar_one_or_none()


def put_directory(connection: Connection, organisation: str, version: int, document: bytes) -> None:
    """Replace the directory of `organisation`."""
    connection.execute(delete(DIRECTORIES).where(DIRECTORIES.c.organisation == organisation))
    connection.execute(insert(DIRECTORIES).values(organisation=organisation, version=version, document=document))


def content_of(connection: Connection, organisation: str, digest: str) -> bytes | None:
    """Return the set that `organisation` published and whose SHA-256 this is (hexadecimal), or None."""
    here = (CONTENTS.c.organisation == organisation, CONTENTS.c.digest == digest)
    return connection.execute(select(CONTENTS.c.document).where(*here)).scalar_one_or_none()


def put_content(connection: Connection, organisation: str, values: Mapping[str, object]) -> None:
    """Keep a set of `organisation`; `values` are its digest, version, time of storing and document."""
    connection.execute(insert(CONTENTS).values(organisation=organisation, **values))


def use_nonce(connection: Connection, device: str, nonce: str, expires: int) -> None:
    """Use `nonce` of `device` up until `expires`; raises Refusal `sync.request_replayed` the second time."""
    if not insert_once(connection, NONCES, {"device": device, "nonce": nonce, "expires": expires}):
        raise Refusal("sync.request_replayed")


def forget_nonces(connection: Connection, now: int) -> None:
    """Forget the nonces of requests that would be refused for their age."""
    connection.execute(delete(NONCES).where(NONCES.c.expires < now))
