"""What the administrator's page says, read from the database in one transaction: identifiers, numbers and times.

Nothing here reads a sealed row, or a whole table of many.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, select

from protocol.directory import verify_directory
from protocol.errors import UserError
from server.store import damage
from server.store.administration.backups import last_backup
from server.store.administration.totals import stored_totals
from server.store.bulk_sql import count_rows
from server.store.engine import take_time
from server.store.tables import DEVICES, DIRECTORIES, DOSSIERS, ORGANISATIONS
from server.trust import subject_of
from server.web.handovers import OpenHandover, open_handovers


@dataclass(frozen=True, slots=True)
class ReportedDevice:
    """An enrolled device. `enrolled`, `seen` (to the hour) and `revoked` are seconds since 1970, or None."""

    device: str
    organisation: str
    chain: bytes
    enrolled: int
    seen: int | None
    revoked: int | None

    @property
    def subject(self) -> str:
        """Return who works with it, blank where its certificate does not say it."""
        return subject_of(self.chain)

    @property
    def last_contact(self) -> int:
        """Return when it was here last: its enrolment, where nothing was noted since."""
        return max(self.seen or 0, self.enrolled)


@dataclass(frozen=True, slots=True)
class ReportedOrganisation:
    """An organisation of this server with its devices; `directory_signed` is None where it has no sound directory."""

    organisation: str
    name: str
    kind: str
    devices: Sequence[ReportedDevice]
    octets: int
    damaged: int
    directory_signed: datetime | None

    @property
    def active(self) -> Sequence[ReportedDevice]:
        """Return the devices that are not revoked."""
        return [device for device in self.devices if device.revoked is None]


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes: of dossiers and attachments by our own count, of the whole database, and of its disk where it is here."""

    dossiers: int
    attachments: int
    database: int
    disk_free: int | None
    disk_total: int | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the page shows; `backup` is when the last known copy was made, in seconds since 1970."""

    organisations: Sequence[ReportedOrganisation]
    handovers: Sequence[OpenHandover]
    dossiers: int
    room: Room
    backup: int | None

    @property
    def devices(self) -> Sequence[ReportedDevice]:
        """Return every device of every organisation."""
        return [device for one in self.organisations for device in one.devices]

    @property
    def damaged(self) -> int:
        """Return how many entries are damaged and have not come again."""
        return sum(one.damaged for one in self.organisations)


def read_report(connection: Connection) -> Report:
    """Return the report of this moment."""
    take_time(connection)
    stored = stored_totals(connection)
    devices = [ReportedDevice(*row) for row in connection.execute(select(*_DEVICE).order_by(DEVICES.c.enrolled))]
    damaged = damage.count_by_organisation(connection)
    query = select(ORGANISATIONS, DIRECTORIES.c.document).outerjoin(
        DIRECTORIES, DIRECTORIES.c.organisation == ORGANISATIONS.c.organisation
    )
    found = [
        ReportedOrganisation(
            organisation=row.organisation,
            name=row.name,
            kind=row.kind,
            devices=[device for device in devices if device.organisation == row.organisation],
            octets=stored.octets[row.organisation] + stored.attached[row.organisation],
            damaged=damaged.get(row.organisation, 0),
            directory_signed=_signed(row),
        )
        for row in connection.execute(query.order_by(ORGANISATIONS.c.created, ORGANISATIONS.c.organisation))
    ]
    return Report(
        organisations=found,
        handovers=open_handovers(connection),
        dossiers=count_rows(connection, DOSSIERS),
        room=_room(connection, stored.octets.total(), stored.attached.total()),
        backup=last_backup(connection),
    )


_DEVICE = (
    DEVICES.c.device,
    DEVICES.c.organisation,
    DEVICES.c.chain,
    DEVICES.c.enrolled,
    DEVICES.c.seen,
    DEVICES.c.revoked,
)


def _room(connection: Connection, dossiers: int, attachments: int) -> Room:
    if connection.dialect.name != "sqlite":
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one()
        return Room(dossiers, attachments, int(size), None, None)
    sizes: Mapping[str, int] = {
        name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
    }
    disk = shutil.disk_usage(Path(str(connection.engine.url.database)).parent)
    return Room(dossiers, attachments, sizes["page_count"] * sizes["page_size"], disk.free, disk.total)


def _signed(row: Row[Any]) -> datetime | None:
    try:
        return verify_directory(bytes(row.document or b""), bytes(row.root)).issued
    except UserError:
        return None
