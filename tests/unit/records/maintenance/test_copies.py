"""A copy of a journal: taken apart and put together it is the same; records that make no sense are refused."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, open_journal
from desktop.records.maintenance.copies import (
    as_another_device,
    dossier_of,
    integrity_summary,
    put_together,
    take_apart,
)
from desktop.records.store.cursor_names import sent_rows
from desktop.records.store.database import FILE_NAME
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DossierId
from tests.unit.records.cases import Laptop

BYTES: JsonValue = {"$": to_base64(bytes(16))}


@pytest.fixture
def dossier(laptop: Laptop) -> DossierId:
    return laptop.new_dossier()


@pytest.fixture
def copy(laptop: Laptop, dossier: DossierId, tmp_path: Path) -> Path:
    """The directory of a copy of a journal with one dossier of two events."""
    laptop.answer(dossier, "/gezondheid", "goed", HEALTH)
    (tmp_path / "copy").mkdir()
    laptop.journal.copy_to(tmp_path / "copy")
    return tmp_path / "copy"


def _rows(directory: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(directory / FILE_NAME)) as raw:
        return sorted(raw.execute(f"select * from {table}"))  # noqa: S608  # a constant


def _record(table: JsonValue, *row: JsonValue) -> bytes:
    return canonical_bytes({"row": row, "table": table})


def test_what_was_taken_apart_and_put_together_is_the_same_journal(
    laptop: Laptop, dossier: DossierId, copy: Path
) -> None:
    keys, wraps = _rows(copy, "dossier_keys"), _rows(copy, "wraps")
    before = integrity_summary(copy, laptop.vault)
    records = take_apart(copy)
    assert (_rows(copy, "dossier_keys"), _rows(copy, "wraps")) == ([], [])
    assert integrity_summary(copy, laptop.vault).readable == 0
    assert [dossier_of(record) for record in records] == [(dossier, CORE), (dossier, HEALTH), (dossier, CORE)]
    put_together(copy, records)
    assert (_rows(copy, "dossier_keys"), _rows(copy, "wraps")) == (keys, wraps)
    assert integrity_summary(copy, laptop.vault) == before
    assert (before.dossiers, before.events, before.readable) == (1, 2, 2)


def test_without_one_record_one_compartment_opens_no_more(laptop: Laptop, copy: Path, dossier: DossierId) -> None:
    whole = integrity_summary(copy, laptop.vault)
    records = take_apart(copy)
    put_together(copy, [record for record in records if dossier_of(record) != (dossier, HEALTH)])
    less = integrity_summary(copy, laptop.vault)
    assert (less.events, less.readable, less.heads) == (2, 1, whole.heads)


@pytest.mark.parametrize(
    "record",
    [
        b"",
        b"not json",
        b"[]",
        canonical_bytes({"row": []}),
        canonical_bytes({"table": "wraps"}),
        _record(1),
        _record("events", BYTES, "core", 1, BYTES, BYTES),
        _record("dossier_keys; drop table events", BYTES, "core", 1, BYTES, BYTES),
        _record("dossier_keys"),
        _record("dossier_keys", BYTES, "core", 1, BYTES),
        _record("dossier_keys", BYTES, "core", 1, BYTES, BYTES, BYTES),
        _record("dossier_keys", BYTES, "core", 1, BYTES, None),
        _record("dossier_keys", BYTES, "core", 2**63, BYTES, BYTES),
        _record("dossier_keys", BYTES, ["core"], 1, BYTES, BYTES),
        _record("dossier_keys", {"$": "~"}, "core", 1, BYTES, BYTES),
        _record("dossier_keys", {"$": "", "more": 1}, "core", 1, BYTES, BYTES),
        _record("dossier_keys", {}, "core", 1, BYTES, BYTES),
    ],
)
def test_a_record_that_makes_no_sense_is_refused_and_nothing_is_put_in(copy: Path, record: bytes) -> None:
    records = take_apart(copy)
    with pytest.raises(UserError, match=r"backup\.damaged"):
        put_together(copy, [*records, record])
    assert _rows(copy, "dossier_keys") == []
    put_together(copy, records)
    assert len(_rows(copy, "dossier_keys")) == 2


def test_a_record_that_comes_twice_is_refused(copy: Path) -> None:
    records = take_apart(copy)
    with pytest.raises(UserError, match=r"backup\.damaged"):
        put_together(copy, [*records, records[0]])


@pytest.mark.parametrize(
    "record",
    [
        _record("dossier_keys"),
        _record("dossier_keys", BYTES),
        _record("dossier_keys", "core", BYTES),
        _record("dossier_keys", BYTES, 7),
        _record("wraps", 1, BYTES),
        _record("wraps", BYTES, "core", 1),
    ],
)
def test_a_record_that_names_no_dossier_is_refused(record: bytes) -> None:
    with pytest.raises(UserError, match=r"backup\.damaged"):
        dossier_of(record)


def test_a_copy_that_is_not_there_is_damaged(laptop: Laptop, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UserError, match=r"backup\.damaged"):
        integrity_summary(tmp_path / "empty", laptop.vault)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_copy_for_another_device_fetches_everything_and_keeps_how_far_the_first_had_come(
    laptop: Laptop, copy: Path
) -> None:
    laptop.journal.outbox.acknowledge(2)
    laptop.journal.outbox.keep_cursor("device.enrolled", "yes")
    laptop.journal.copy_to(copy)
    for _twice in range(2):
        as_another_device(copy, laptop.vault.device.id)
        cursors = {name: value for name, value in _rows(copy, "cursors") if "." in str(name)}
        assert cursors == {
            sent_rows(laptop.vault.device.id): "2",
            "rows.acknowledged": "0",
            "device.enrolled": "",
            "feed.cursor": "0",
        }


def test_a_journal_that_was_never_sent_counts_from_nothing(laptop: Laptop, copy: Path) -> None:
    as_another_device(copy, laptop.vault.device.id)
    assert (sent_rows(laptop.vault.device.id), "0") in _rows(copy, "cursors")
    laptop.journal.close()
    shutil.copy(copy / FILE_NAME, laptop.file)
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    assert laptop.journal.outbox.waiting() == 2
