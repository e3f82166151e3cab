"""What this server knows, in numbers, and a check that what it keeps looks like noise."""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from server.store import damage
from server.store.administration.totals import stored_totals
from server.store.bulk_sql import count_rows
from server.store.devices import Device
from server.store.engine import ServerStore
from server.store.tables import DEVICES, DOSSIERS, ERASURES, ORGANISATIONS, ROWS, STATEMENTS, WRAP_SETS

_SAMPLE_ROWS = 2000
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Status:
    """Counts of everything, and how small zlib makes a sample of the sealed bytes, in percent.

    Sealed bytes cannot be told from random ones and stay at 100 % or just above; Dutch text shrinks to about 40 %.
    """

    organisations: tuple[tuple[str, str], ...]
    devices: int
    revoked: int
    dossiers: int
    forgotten: int
    erased: int
    rows: int
    octets: int
    attached: int
    wraps: int
    dossier_steps: tuple[tuple[str, int], ...]
    compressed_percent: int
    damaged: int


def read_status(store: ServerStore) -> Status:
    """Return the status of the server's database."""
    return store.run(_read)


def lines_of(status: Status) -> tuple[str, ...]:
    """Return the report for an administrator, line by line."""
    names = ", ".join(f"{name} ({kind})" for name, kind in status.organisations) or "none"
    steps = ", ".join(f"{count} {step}" for step, count in status.dossier_steps) or "none"
    noise = f"zlib makes them {status.compressed_percent} % of their size, as it does noise" if status.rows else "none"
    return (
        "What this server knows",
        f"  organisations   {len(status.organisations)}: {names}",
        f"  devices         {status.devices}, of which {status.revoked} revoked",
        f"  dossiers        {status.dossiers}, by random number only",
        f"  erased          {status.erased} times by an organisation; {status.forgotten} dossiers are forgotten here",
        f"  sealed events   {status.rows}, {status.octets} bytes; {noise}",
        f"  attachments     {status.attached} bytes, sealed",
        f"  wrapped keys    {status.wraps} sets, each for one organisation",
        f"  newest steps    {steps}",
        f"  damaged         {status.damaged} entries, left out until their laptops send them again: `restored`"
        if status.damaged
        else "  damaged         none that was noticed",
        "What it does not know",
        "  No newcomer's name, no answer, no plan and no key: they leave a laptop sealed, and no key was ever here.",
    )


def last_contact(known: Sequence[Device]) -> str:
    """Return when one of the devices was here last, to the hour, in UTC."""
    seen = max((device.seen or 0 for device in known), default=0)
    return datetime.fromtimestamp(seen, UTC).strftime("%Y-%m-%d %H:00 UTC") if seen else "never"


def _read(connection: Connection) -> Status:
    stored = stored_totals(connection)
    names = select(ORGANISATIONS.c.name, ORGANISATIONS.c.kind).order_by(ORGANISATIONS.c.created)
    newest = select(STATEMENTS.c.dossier, func.max(STATEMENTS.c.number).label("number")).group_by(STATEMENTS.c.dossier)
    last = newest.subquery()
    here = (STATEMENTS.c.dossier == last.c.dossier) & (STATEMENTS.c.number == last.c.number)
    steps = Counter(connection.execute(select(STATEMENTS.c.step).join(last, here)).scalars())
    return Status(
        organisations=tuple((name, kind) for name, kind in connection.execute(names)),
        devices=count_rows(connection, DEVICES),
        revoked=count_rows(connection, DEVICES, DEVICES.c.revoked.is_not(None)),
        dossiers=count_rows(connection, DOSSIERS, DOSSIERS.c.forgotten.is_(None)),
        forgotten=count_rows(connection, DOSSIERS, DOSSIERS.c.forgotten.is_not(None)),
        erased=count_rows(connection, ERASURES),
        rows=stored.rows.total(),
        octets=stored.octets.total(),
        attached=stored.attached.total(),
        wraps=count_rows(connection, WRAP_SETS),
        dossier_steps=tuple(sorted(steps.items())),
        compressed_percent=_compressed_percent(connection),
        damaged=damage.count(connection),
    )


def _compressed_percent(connection: Connection) -> int:
    sample = b"".join(connection.execute(select(ROWS.c.sealed).limit(_SAMPLE_ROWS)).scalars())
    return round(len(zlib.compress(sample, 9)) * _WHOLE / len(sample)) if sample else _WHOLE
