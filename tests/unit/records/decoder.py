"""A second reader of journals, written from docs/formats/journal.md alone: nothing of the product is imported.

It takes no care of broken input; it is there to show that the byte tables are complete.
"""

import base64
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `events` or `quarantine`."""

    dossier: bytes
    compartment: str
    epoch: int
    device: bytes
    sequence: int
    previous: bytes
    sealed: bytes

    @property
    def header(self) -> bytes:
        """The associated data."""
        name = self.compartment.encode()
        return b"".join(
            (
                b"opmaat/row/1\0",
                self.dossier,
                bytes([len(name)]),
                name,
                self.epoch.to_bytes(4, "big"),
                self.device,
                self.sequence.to_bytes(8, "big"),
                self.previous,
            )
        )

    @property
    def hash(self) -> bytes:
        """What the next row names as its predecessor."""
        return hashlib.sha256(self.header + self.sealed).digest()


@dataclass(slots=True)
class Journal:
    """What a journal holds, in the words of the tables."""

    events: list[dict[str, Any]] = field(default_factory=list)
    hidden: dict[str, dict[str, int]] = field(default_factory=dict)
    quarantine: list[list[Any]] = field(default_factory=list)
    summaries: dict[str, Any] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    claims: list[list[Any]] = field(default_factory=list)


def read(path: Path, vault: bytes, store: bytes, secret: bytes) -> Journal:
    """Read the file at `path` with the vault's id, its `store` key and its note `keys.secret`."""
    found = Journal()
    with closing(sqlite3.connect(path)) as db:
        keys = dict(_keys(db, vault, store, secret))
        for row, checksum in _rows(db):
            assert checksum == row.hash[:8]
            key = keys.get((row.dossier, row.compartment, row.epoch))
            if key is None:
                counts = found.hidden.setdefault(row.dossier.hex(), {})
                counts[row.compartment] = counts.get(row.compartment, 0) + 1
            else:
                found.events.append(_event(row, key))
        _check_chains([row for row, _ in _rows(db)])
        hashes = {(row.dossier, row.device, row.sequence): row.hash for row, _ in _rows(db)}
        found.claims = [claim for event in found.events for claim in judge_claims(event, hashes)]
        found.quarantine = [[row[0].hex(), row[1].hex(), row[2], row[3]] for row in db.execute(_QUARANTINE)]
        found.summaries = dict(_summaries(db, keys))
        found.cursors = dict(db.execute("select name, value from cursors"))
    return found


_QUARANTINE = "select dossier, device, sequence, code from quarantine order by dossier, device, sequence"


def _keys(
    db: sqlite3.Connection, vault: bytes, store: bytes, secret: bytes
) -> Iterator[tuple[tuple[bytes, str, int], bytes]]:
    for dossier, compartment, epoch, mark, sealed in db.execute(
        "select dossier, compartment, epoch, mark, sealed from dossier_keys"
    ):
        bound = b"dossier-key\0" + dossier + epoch.to_bytes(4, "big") + compartment.encode()
        inner = AESGCM(store).decrypt(sealed[:12], sealed[12:], b"opmaat/store/1\0" + vault + bound)
        key = AESGCM(secret).decrypt(inner[:12], inner[12:], bound)
        assert mark == hashlib.sha256(b"opmaat/key-mark/1\0" + key).digest()[:8]
        yield (dossier, compartment, epoch), key


def _rows(db: sqlite3.Connection) -> Iterator[tuple[Row, bytes]]:
    columns = "dossier, compartment, epoch, device, sequence, previous, sealed, checksum"
    for *values, checksum in db.execute(f"select {columns} from events order by dossier, device, sequence"):  # noqa: S608
        yield Row(*values), checksum


def _check_chains(rows: list[Row]) -> None:
    last: dict[tuple[bytes, bytes], tuple[int, bytes]] = {}
    for row in rows:
        sequence, digest = last.get((row.dossier, row.device), (0, bytes(32)))
        assert (row.sequence, row.previous) == (sequence + 1, digest)
        last[row.dossier, row.device] = (row.sequence, row.hash)


def _event(row: Row, key: bytes) -> dict[str, Any]:
    assert row.sealed[0] == 1
    plain = json.loads(AESGCM(key).decrypt(row.sealed[1:13], row.sealed[13:], row.header))
    return {
        "dossier": row.dossier.hex(),
        "device": row.device.hex(),
        "sequence": row.sequence,
        "compartment": row.compartment,
        "epoch": row.epoch,
        "kind": plain["k"],
        "author": plain["a"],
        "time": plain["t"],
        "body": plain["b"],
        "claims": plain["s"],
    }


def judge_claims(event: dict[str, Any], hashes: dict[tuple[bytes, bytes, int], bytes]) -> Iterator[list[Any]]:
    """Give who names which row as seen in `event`, and whether it is "true", "waits" or is "void".

    `hashes` are those of all rows there are; none is set aside.
    """
    dossier = bytes.fromhex(event["dossier"])
    for device, (sequence, digest) in event["claims"].items():
        kept = hashes.get((dossier, bytes.fromhex(device), sequence))
        named = base64.urlsafe_b64decode(digest + "==")
        verdict = "waits" if kept is None else "true" if kept[:16] == named else "void"
        yield [event["device"], event["sequence"], device, sequence, verdict]


def _summaries(db: sqlite3.Connection, keys: dict[tuple[bytes, str, int], bytes]) -> Iterator[tuple[str, Any]]:
    for dossier, state, sealed in db.execute("select dossier, state, sealed from snapshots"):
        assert state == _state(db, dossier, 1)
        epoch = max(epoch for owner, name, epoch in keys if (owner, name) == (dossier, "core"))
        bound = b"opmaat/snapshot/1\0" + dossier + state
        yield dossier.hex(), json.loads(AESGCM(keys[dossier, "core", epoch]).decrypt(sealed[:12], sealed[12:], bound))


def _state(db: sqlite3.Connection, dossier: bytes, version: int) -> bytes:
    ends: dict[bytes, bytes] = {}
    for device, sequence, checksum in db.execute(
        "select device, sequence, checksum from events where dossier = ? order by sequence", [dossier]
    ):
        ends[device] = device + sequence.to_bytes(8, "big") + checksum
    marks = [
        bytes([len(name.encode())]) + name.encode() + epoch.to_bytes(4, "big") + mark
        for name, epoch, mark in db.execute(
            "select compartment, epoch, mark from dossier_keys where dossier = ?", [dossier]
        )
    ]
    parts = [version.to_bytes(2, "big"), len(ends).to_bytes(4, "big"), *sorted(ends.values()), *sorted(marks)]
    return hashlib.sha256(b"opmaat/snapshot-state/1\0" + b"".join(parts)).digest()
