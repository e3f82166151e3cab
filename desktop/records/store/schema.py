"""The tables of `journal.db`, by migration: each is applied once, in its own transaction, and never changed again.

Bytes: docs/formats/journal.md.
"""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from desktop.records.store.numbering import NUMBERED, number_on

migrations: Migrations = Migrations("journal")
KNOWN = frozenset(
    {
        "m001_journal",
        "m002_erasures",
        "m003_snapshots",
        "m004_pieces",
        "m005_passing_on",
        "m006_wrapped_keys",
        "m007_membership",
        "m008_statements_received",
        "m009_numbers_given_once",
    }
)
"""Every migration of this version; a file that names another one was written by a later version."""


@migrations()
def m001_journal(db: Database) -> None:
    """Create the tables of the first version."""
    sealed = {"dossier": bytes, "compartment": str, "epoch": int}
    row = {**sealed, "device": bytes, "sequence": int, "previous": bytes, "sealed": bytes}
    db.table("events").create({"id": int, **row, "checksum": bytes}, pk="id", not_null={*row, "checksum"})
    db.table("events").create_index(["dossier", "device", "sequence"], unique=True)
    db.table("quarantine").create({"id": int, **row, "code": str}, pk="id", not_null={*row, "code"})
    db.table("quarantine").create_index(["dossier", "device", "sequence", "sealed"], unique=True)
    key = {**sealed, "mark": bytes, "sealed": bytes}
    db.table("dossier_keys").create(key, pk=["dossier", "compartment", "epoch", "mark"], not_null=set(key))
    wrap = {**sealed, "recipient": bytes, "blob": bytes}
    db.table("wraps").create({"id": int, **wrap}, pk="id", not_null=set(wrap))
    db.table("cursors").create({"name": str, "value": str}, pk="name", not_null={"value"})


@migrations()
def m002_erasures(db: Database) -> None:
    """Create the table of what was erased; `dossier` is null once that is done."""
    stone = {"mark": bytes, "compartment": str, "reason": str, "moment": str, "backups": str}
    db.table("erasures").create({**stone, "dossier": bytes}, pk=["mark", "compartment"], not_null=set(stone))


@migrations()
def m003_snapshots(db: Database) -> None:
    """Add the sealed summaries with which the list of people opens; they can always be made anew."""
    snapshot = {"dossier": bytes, "state": bytes, "sealed": bytes}
    db.table("snapshots").create(snapshot, pk="dossier", not_null={"state", "sealed"})


@migrations()
def m004_pieces(db: Database) -> None:
    """Add the contents of attachments."""
    blob = {"dossier": bytes, "blob": bytes, "count": int, "own": int, "whole": int, "sent": int}
    db.table("blobs").create({"id": int, **blob}, pk="id", not_null=set(blob))
    db.table("blobs").create_index(["dossier", "blob"], unique=True)
    db.table("blobs").create_index(["own", "whole"])
    piece = {"dossier": bytes, "blob": bytes, "number": int, "sealed": bytes}
    db.table("pieces").create({"id": int, **piece}, pk="id", not_null=set(piece))
    db.table("pieces").create_index(["dossier", "blob", "number"], unique=True)


@migrations()
def m005_passing_on(db: Database) -> None:
    """Add the signatures and chains under which rows came in, and what other organisations said that they hold."""
    place = {"dossier": bytes, "device": bytes}
    run = {**place, "first": int, "last": int}
    db.table("segments").create({**run, "signature": bytes}, pk=[*run], not_null={"signature"})
    db.table("chains").create({"device": bytes, "chain": bytes}, pk="device", not_null={"chain"})
    held = {"organisation": bytes, **place}
    db.table("held").create({**held, "last": int}, pk=[*held], not_null={"last"})
    content = {"organisation": bytes, "dossier": bytes, "blob": bytes}
    db.table("held_contents").create(content, pk=[*content])


@migrations()
def m006_wrapped_keys(db: Database) -> None:
    """Add which keys are wrapped for a renewed key of the organisation; it can be made anew by wrapping once more."""
    key = {"dossier": bytes, "compartment": str, "epoch": int, "mark": bytes}
    names = list(key)
    db.table("wrapped_keys").create({**key, "version": int}, pk=names, not_null={*names, "version"})


@migrations()
def m007_membership(db: Database) -> None:
    """Add the signed statements about who is in a dossier, and whose devices wrote here."""
    statement = {"dossier": bytes, "number": int, "state": int, "sealed": bytes}
    db.table("statements").create(statement, pk=["dossier", "number"], not_null=set(statement))
    db.table("writers").create({"device": bytes, "organisation": bytes}, pk="device", not_null={"organisation"})


@migrations()
def m008_statements_received(db: Database) -> None:
    """Add when each statement came in here, in seconds since 1970; 0 where that was not kept."""
    db.table("statements").add_column("received", int, not_null_default=0)


@migrations()
def m009_numbers_given_once(db: Database) -> None:
    """Give no number of a row or a wrap out twice, also not after what had it was erased; see `numbering`."""
    for table in NUMBERED:
        made = db.execute("select sql, type from sqlite_master where tbl_name = ? and sql is not null", [table])
        schema = {str(kind): str(text) for text, kind in made.fetchall()}
        db.execute(f"alter table {table} rename to former_{table}")
        db.execute(schema.pop("table").replace("INTEGER PRIMARY KEY", "INTEGER PRIMARY KEY AUTOINCREMENT"))
        db.execute(f"insert into {table} select * from former_{table} order by id")  # noqa: S608  # constants
        db.execute(f"drop table former_{table}")
        for index in schema.values():
            db.execute(index)
    number_on(lambda statement, values: db.execute(statement, values).fetchall())


def knows_more(database: Database) -> bool:
    """Tell whether the file was written by a later version; nothing has been written to it yet."""
    return not {migration.name for migration in migrations.applied(database)} <= KNOWN


def migrate(database: Database) -> None:
    """Bring the tables to this version."""
    if migrations.pending(database):
        migrations.apply(database)
