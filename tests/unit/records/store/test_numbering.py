"""Each number of a row or a wrap is given out once: what was acknowledged never covers what was written later."""

import sqlite3
from contextlib import closing

import pytest

from desktop.records import open_journal
from desktop.records.store.schema import KNOWN
from tests.unit.records.cases import CONTEXT, Laptop

REASON = "azc_copy"
BEFORE = """
create table former_events as select * from events; drop table events;
create table "events" ("id" INTEGER PRIMARY KEY, "dossier" BLOB NOT NULL, "compartment" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL, "device" BLOB NOT NULL, "sequence" INTEGER NOT NULL, "previous" BLOB NOT NULL,
    "sealed" BLOB NOT NULL, "checksum" BLOB NOT NULL);
insert into events select * from former_events; drop table former_events;
create unique index "idx_events_dossier_device_sequence" on "events" ("dossier", "device", "sequence");
create table former_wraps as select * from wraps; drop table wraps;
create table "wraps" ("id" INTEGER PRIMARY KEY, "dossier" BLOB NOT NULL, "compartment" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL, "recipient" BLOB NOT NULL, "blob" BLOB NOT NULL);
insert into wraps select * from former_wraps; drop table former_wraps;
delete from _sqlite_migrations where name = 'm009_numbers_given_once';
"""
"""Makes of a journal what the version before the numbers were given out once would have written."""


def test_what_is_written_after_an_erasure_is_still_to_be_sent(laptop: Laptop) -> None:
    older, newest = laptop.new_dossier("oud"), laptop.new_dossier("nieuw")
    laptop.answer(newest, "/q", "weg")
    outbox = laptop.journal.outbox
    outbox.acknowledge(laptop.rows()[-1].position)
    outbox.acknowledge_wraps(outbox.wraps_waiting(100)[-1].position)
    assert (outbox.waiting(), outbox.wraps_waiting(100)) == (0, ())

    laptop.journal.erase(newest, REASON, CONTEXT)
    assert (outbox.waiting(), outbox.wraps_waiting(100)) == (0, ())
    laptop.answer(older, "/q", "blijft")
    assert outbox.waiting() == 1
    later = laptop.new_dossier("later")
    assert outbox.dossiers_waiting() == {older, later}
    assert {wrap.dossier for wrap in outbox.wraps_waiting(100)} == {later}


@pytest.mark.parametrize("restarted", [False, True])
def test_an_answer_that_was_on_its_way_during_an_erasure_covers_nothing_later(
    laptop: Laptop, *, restarted: bool
) -> None:
    erased = laptop.new_dossier("weg")
    laptop.answer(erased, "/q", "weg")
    row, wrap = laptop.rows()[-1].position, laptop.journal.outbox.wraps_waiting(100)[-1].position

    laptop.journal.erase(erased, REASON, CONTEXT)
    if restarted:
        laptop.reopen()
    later = laptop.new_dossier("later")
    outbox = laptop.journal.outbox
    outbox.acknowledge(row)
    outbox.acknowledge_wraps(wrap)

    assert outbox.dossiers_waiting() == {later}
    assert {wrap.dossier for wrap in outbox.wraps_waiting(100)} == {later}


def test_a_wrap_that_may_not_go_yet_gets_a_number_that_nothing_had(laptop: Laptop) -> None:
    held, erased = laptop.new_dossier("wacht"), laptop.new_dossier("weg")
    outbox = laptop.journal.outbox
    first, *_, last = (wrap.position for wrap in outbox.wraps_waiting(100))
    laptop.journal.erase(erased, REASON, CONTEXT)

    outbox.acknowledge_wraps(last, [first])

    assert [wrap.dossier for wrap in outbox.wraps_waiting(100)] == [held]
    laptop.journal.erase(held, REASON, CONTEXT)
    later = laptop.new_dossier("later")
    outbox.acknowledge_wraps(last + 1)
    assert {wrap.dossier for wrap in outbox.wraps_waiting(100)} == {later}


def test_a_journal_of_before_goes_on_above_what_was_acknowledged(laptop: Laptop) -> None:
    case = laptop.new_dossier()
    laptop.answer(case, "/q", "blijft")
    rows, wraps = laptop.rows(), laptop.journal.outbox.wraps_waiting(100)
    laptop.journal.outbox.acknowledge(rows[-1].position + 5)
    laptop.journal.outbox.acknowledge_wraps(wraps[-1].position + 5)
    laptop.journal.close()
    with closing(sqlite3.connect(laptop.file)) as raw, raw:
        raw.executescript(BEFORE)

    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, laptop.clock)
    outbox = laptop.journal.outbox
    assert [row.position for row in laptop.rows()] == [row.position for row in rows]
    assert laptop.rows() == rows
    later = laptop.new_dossier("later")
    assert outbox.dossiers_waiting() == {later}
    assert {wrap.dossier for wrap in outbox.wraps_waiting(100)} == {later}
    laptop.journal.close()
    with closing(sqlite3.connect(laptop.file)) as raw:
        assert {name for (name,) in raw.execute("select name from _sqlite_migrations")} == KNOWN
        assert "idx_events_dossier_device_sequence" in {
            name for (_, name, *_) in raw.execute("pragma index_list(events)")
        }
    laptop.reopen()
