"""What is damaged in the database: marked, passed over and told, never in the way.

Entries of a feed come back when the device that wrote them sends them again, and the chain of a device when it enrols
again; every laptop does both after `restored`. A directory comes back when it is signed again.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update
from sqlalchemy.exc import NoResultFound

from protocol.certificates import claimed_device
from protocol.directory import verify_directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.limits import MOST_EPOCH
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.rows import Batch, Row, Segment
from protocol.messages.wraps import WrapBatch, WrapSet
from protocol.signatures import SIGNATURE_BYTES
from server.log import note
from server.store import devices, feed, members
from server.store.bulk_sql import count_rows
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.feed import FeedEntry, FeedKind
from server.store.rows import StoredSegment, insert_rows, insert_segment
from server.store.tables import DAMAGED, ROWS, SEGMENTS, STREAMS, WRAP_SETS
from server.store.wraps import digest_of, in_place

_LOGGER = logging.getLogger(__name__)
_DIGEST_BYTES = 32
_PLACE_DIGITS = 13
"""Of an identifier, in base 16, as the position of a document: below 0, while those of entries are above."""

_Content = TypeVar("_Content")


class DocumentKind(StrEnum):
    """A signed document that laptops cannot do without: the chain of a device, the directory of an organisation."""

    CHAIN = "chain"
    DIRECTORY = "directory"


def read_or_mark(
    connection: Connection, place: tuple[str, int], entry: FeedEntry, read: Callable[[], _Content]
) -> _Content | None:
    """Return what `read` finds, or None for what is damaged, which is then marked at `place` (organisation, number)."""
    try:
        return read()
    except (NoResultFound, KeyError, UserError, ValueError, TypeError):
        _mark(connection, place, entry.kind.value, (entry.subject, entry.device, entry.place))
        return None


def require_whole(entry: FeedEntry, segment: StoredSegment, rows: Sequence[Row]) -> Segment:
    """Return a segment as it was pushed; raises ValueError when the rows or their fixed parts are not all there."""
    whole = len(rows) == segment.last - segment.first + 1 and len(segment.signature) == SIGNATURE_BYTES
    if not rows or not whole or not all(map(_is_whole, rows)):
        raise ValueError(entry.kind)
    return Segment.of(DossierId(entry.subject), DeviceId(entry.device), segment.first, rows, segment.signature)


def _is_whole(row: Row) -> bool:
    return (
        type(row.compartment) is str
        and type(row.epoch) is int
        and type(row.previous) is type(row.sealed) is bytes
        and len(row.previous) == _DIGEST_BYTES
        and 0 < row.epoch <= MOST_EPOCH
    )


def require_same(entry: FeedEntry, document: bytes) -> WrapSet:
    """Return the wraps in `document`; raises ValueError or UserError when it is not what the entry names."""
    if digest_of(document) != entry.place:
        raise ValueError(entry.kind)
    return from_bytes(WrapSet, document)


def is_missing(connection: Connection, organisation: str, position: int) -> bool:
    """Tell whether the entry is marked and has not come again."""
    here = (DAMAGED.c.organisation == organisation, DAMAGED.c.position == position, DAMAGED.c.mended.is_(None))
    return connection.execute(select(DAMAGED.c.position).where(*here)).first() is not None


def readable_chain(connection: Connection, device: str) -> bytes | None:
    """Return the chain of `device`, None where there is none; None also, and marked, where it is not whole."""
    owner, found = devices.find_device(connection, device), devices.chain_of(connection, device)
    if owner is None or found is None:
        return None
    try:
        claimed = claimed_device(from_bytes(CertificateChain, found)).device
    except UserError:
        claimed = None
    if claimed != device:
        _mark_document(connection, DocumentKind.CHAIN, owner.organisation, device)
        return None
    return found


def readable_directory(connection: Connection, organisation: str) -> bytes | None:
    """Return the directory of `organisation`, None where it is unknown; None also, and marked, where it does not hold.

    Every organisation has one, so that one which is absent was lost.
    """
    root, found = devices.root_of(connection, organisation), devices.directory_of(connection, organisation)
    if root is None:
        return None
    try:
        verify_directory(found or b"", root)
    except UserError:
        _mark_document(connection, DocumentKind.DIRECTORY, organisation, organisation)
        return None
    return found


def mend_document(connection: Connection, kind: DocumentKind, subject: str, now: int) -> None:
    """Say that the document about `subject` is whole again."""
    here = (DAMAGED.c.device == subject, DAMAGED.c.kind == kind.value, DAMAGED.c.mended.is_(None))
    connection.execute(update(DAMAGED).where(*here).values(mended=now))


def count(connection: Connection) -> int:
    """Return how many entries are damaged and have not come again."""
    return count_rows(connection, DAMAGED, DAMAGED.c.mended.is_(None))


def count_by_organisation(connection: Connection) -> Mapping[str, int]:
    """Return, per organisation, how many entries of its feed are damaged and have not come again."""
    missing = select(DAMAGED.c.organisation, func.count()).where(DAMAGED.c.mended.is_(None))
    found = connection.execute(missing.group_by(DAMAGED.c.organisation))
    return {row[0]: row[1] for row in found}


def mend_rows(connection: Connection, caller: CallingDevice, batch: Batch, now: int) -> None:
    """Put rows that came again in the place of damaged ones, and their segments in the feeds once more.

    Only in places that are marked, so that nothing that is whole is ever written over. The signatures of the batch are
    verified already.
    """
    marked = _damaged_ends(connection, caller)
    for segment in batch.segments if marked else ():
        for last in marked.get(segment.dossier, ()):
            if not segment.first <= last <= segment.last:
                continue
            _mend(connection, caller, segment, last, now)
            here = (*_marks(caller, segment.dossier, FeedKind.ROWS), DAMAGED.c.place == str(last))
            connection.execute(update(DAMAGED).where(*here).values(mended=now))


def forget_broken_wraps(connection: Connection, caller: CallingDevice, batch: WrapBatch, now: int) -> None:
    """Make room for sets of wraps that came again and whose stored copies are marked as damaged."""
    query = select(DAMAGED.c.subject, DAMAGED.c.place).where(*_of(caller, FeedKind.WRAPS))
    marked = {(subject, place) for subject, place in connection.execute(query)}
    for wraps in batch.sets if marked else ():
        digest = digest_of(to_bytes(wraps))
        if (wraps.dossier, digest) not in marked:
            continue
        here = in_place(wraps.recipient, wraps.dossier, caller.device, digest)
        connection.execute(delete(WRAP_SETS).where(*here))
        marks = _marks(caller, wraps.dossier, FeedKind.WRAPS)
        connection.execute(update(DAMAGED).where(*marks, DAMAGED.c.place == digest).values(mended=now))


def _mark_document(connection: Connection, kind: DocumentKind, organisation: str, subject: str) -> None:
    """Count the document about `subject` among what is damaged, until `mend_document`."""
    place = (organisation, -1 - int(subject[:_PLACE_DIGITS], 16))
    _mark(connection, place, kind.value, (subject, subject, ""))
    here = (DAMAGED.c.organisation == place[0], DAMAGED.c.position == place[1])
    connection.execute(update(DAMAGED).where(*here).values(mended=None))  # it may have been damaged before


def _mark(connection: Connection, place: tuple[str, int], kind: str, about: tuple[str, str, str]) -> None:
    organisation, position = place
    subject, device, where = about
    values: dict[str, object] = {
        "organisation": organisation,
        "position": position,
        "kind": kind,
        "subject": subject,
        "device": device,
        "place": where,
    }
    if insert_once(connection, DAMAGED, values):
        note(_LOGGER, "entry.damaged", kind=kind, subject=subject, device=device)


def _marks(caller: CallingDevice, dossier: str, kind: FeedKind) -> tuple[ColumnElement[bool], ...]:
    return (DAMAGED.c.subject == dossier, *_of(caller, kind))


def _of(caller: CallingDevice, kind: FeedKind) -> tuple[ColumnElement[bool], ...]:
    return (DAMAGED.c.device == caller.device, DAMAGED.c.kind == kind.value, DAMAGED.c.mended.is_(None))


def _damaged_ends(connection: Connection, caller: CallingDevice) -> Mapping[str, Sequence[int]]:
    """Return, per dossier, the last sequence of each damaged segment of the calling device, lowest first."""
    query = select(DAMAGED.c.subject, DAMAGED.c.place).distinct()
    found: defaultdict[str, list[int]] = defaultdict(list)
    for dossier, place in connection.execute(query.where(*_of(caller, FeedKind.ROWS))):
        found[dossier].append(int(place))
    return {dossier: sorted(ends) for dossier, ends in found.items()}


def _mend(connection: Connection, caller: CallingDevice, segment: Segment, last: int, now: int) -> None:
    place = (caller.organisation, segment.dossier, caller.device)
    ours = dict(zip(("organisation", "dossier", "device"), place, strict=True))
    before = select(func.coalesce(func.max(SEGMENTS.c.last), 0)).where(*_in(SEGMENTS, ours), SEGMENTS.c.last < last)
    first = max(connection.execute(before).scalar_one() + 1, segment.first)
    known = connection.execute(select(STREAMS.c.last).where(*_in(STREAMS, ours))).scalar_one()
    connection.execute(delete(ROWS).where(*_in(ROWS, ours), ROWS.c.sequence.between(first, last)))
    insert_rows(connection, place, first, segment.rows[first - segment.first : last - segment.first + 1])
    if segment.last <= known:  # else the rest is new: it is stored, and told, as always
        _tell_again(connection, ours, segment, now)


def _tell_again(connection: Connection, ours: dict[str, str], segment: Segment, now: int) -> None:
    connection.execute(delete(SEGMENTS).where(*_in(SEGMENTS, ours), SEGMENTS.c.last == segment.last))
    entry = insert_segment(connection, (ours["organisation"], ours["dossier"], ours["device"]), segment, now)
    feed.append(connection, [(reader, entry) for reader in members.readers_of(connection, segment.dossier)])


def _in(table: Table, ours: dict[str, str]) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == value for name, value in ours.items())
