"""A copy of the journal for a backup, and what it adds up to.

What opens a dossier (its keys, and the grants of them) is taken out of the copy and travels as records apart, so that a
backup can lose one dossier without being written anew. What can be made again is left out.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.streams import Replay, replay
from desktop.records.events.envelope import Event
from desktop.records.store.cursor_names import SENT_ROWS, sent_rows
from desktop.records.store.database import FILE_NAME, Store, open_store
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

APART = ("dossier_keys", "wraps")
"""Tables whose rows open something: they travel as records that can be crypto-erased. Others are copied as they are."""
LEFT_OUT = ("snapshots", "wrapped_keys")
"""Tables that are made again from the others."""

_DAMAGED = "backup.damaged"
_BYTES = "$"


@dataclass(frozen=True, slots=True)
class IntegritySummary:
    """What a journal holds: dossiers, events, events that open here, and one hash over the heads of all streams."""

    dossiers: int
    events: int
    readable: int
    heads: bytes


def take_apart(directory: Path) -> tuple[bytes, ...]:
    """Take keys and grants out of the copy in `directory`, leave out what can be made again, return the records."""
    store = open_store(directory)
    try:
        found = [record for table in APART for record in _records(store, table)]
        with store.atomic():
            for table in (*APART, *LEFT_OUT):
                store.run(f"delete from {table}")  # noqa: S608  # constants
        store.rewrite()
    finally:
        store.close()
    return tuple(found)


def put_together(directory: Path, records: Iterable[bytes]) -> None:
    """Put records back into the copy in `directory`. Raises UserError `backup.damaged` for one that makes no sense."""
    store = open_store(directory)
    try:
        with store.atomic():
            for record in records:
                fields = JsonFields.parse(record, _DAMAGED)
                table, row = fields.text("table"), fields.items("row")
                if table not in APART:
                    raise UserError(_DAMAGED)
                _insert(store, table, [_value(each) for each in row])
    finally:
        store.close()


def as_another_device(directory: Path, before: DeviceId) -> None:
    """Make the journal in `directory` that of a device the server has never seen; twice does no harm.

    How far the server had the rows of the device `before` is kept beside it; everything is fetched anew.
    """
    store = open_store(directory)
    try:
        with store.atomic():
            acknowledged = store.cursor(sent_rows(before)) or store.cursor(SENT_ROWS) or "0"
            for name, value in {
                sent_rows(before): acknowledged,
                SENT_ROWS: "0",
                "device.enrolled": "",
                "feed.cursor": "0",
            }.items():
                store.keep_cursor(name, value)
            store.pieces.send_again()
    finally:
        store.close()


def dossier_of(record: bytes) -> tuple[DossierId, str]:
    """Return the dossier and the compartment that a record opens. Raises UserError `backup.damaged`."""
    fields = JsonFields.parse(record, _DAMAGED)
    first = 1 if fields.text("table") == "wraps" else 0
    row = [_value(each) for each in fields.items("row")]
    dossier, compartment = row[first : first + 2] if len(row) > first + 1 else (None, None)
    if not isinstance(dossier, bytes) or not isinstance(compartment, str):
        raise UserError(_DAMAGED)
    return DossierId(dossier.hex()), compartment


def integrity_summary(directory: Path, vault: Vault) -> IntegritySummary:
    """Open every event of the journal in `directory` with the keys of `vault`, and return what it adds up to.

    No other connection may have the file open: it is for copies.
    """
    if not (directory / FILE_NAME).is_file():
        raise UserError(_DAMAGED)
    store = open_store(directory)
    try:
        return _count(store, vault)
    finally:
        store.close()


def _count(store: Store, vault: Vault) -> IntegritySummary:
    heads, events, readable = hashlib.sha256(), 0, 0
    dossiers = store.dossiers()
    for dossier in sorted(dossiers):
        keyring = Keyring.load(vault, dossier, store.keys(dossier))
        rows = store.stored_rows(dossier)
        result = Replay()
        events += len(rows)
        readable += sum(1 for event in replay(dossier, rows, keyring, result) if isinstance(event, Event))
        for device, head in sorted(result.heads.items()):
            heads.update(bytes.fromhex(dossier) + bytes.fromhex(device) + head.sequence.to_bytes(8, "big"))
            heads.update(head.digest)
    return IntegritySummary(len(dossiers), events, readable, heads.digest())


def _insert(store: Store, table: str, row: Sequence[object]) -> None:
    """Insert one row of as many values as the table has columns, or raise UserError `backup.damaged`."""
    try:
        store.run(f"insert into {table} values ({', '.join('?' for _ in row)})", row)  # noqa: S608  # one of `APART`
    except (sqlite3.OperationalError, sqlite3.IntegrityError, OverflowError) as error:
        raise UserError(_DAMAGED) from error


def _records(store: Store, table: str) -> list[bytes]:
    rows = store.run(f"select * from {table} order by rowid")  # noqa: S608  # a constant
    return [canonical_bytes({"row": [_json(value) for value in row], "table": table}) for row in rows]


def _json(value: object) -> JsonValue:
    return {_BYTES: to_base64(value)} if isinstance(value, bytes) else value  # type: ignore[return-value]  # SQLite has no other


def _value(value: JsonValue) -> object:
    if isinstance(value, Sequence) and not isinstance(value, str):
        raise UserError(_DAMAGED)
    if value is None or isinstance(value, bool | int | str):
        return value
    fields = JsonFields(value, _DAMAGED)
    data = fields.binary(_BYTES)
    fields.finish()
    return data
