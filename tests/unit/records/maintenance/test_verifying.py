"""A check of the whole file finds each kind of damage, names it by row and code, and changes nothing."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.records import HEALTH, Intention
from desktop.records.maintenance.verification import IntegrityFinding, IntegrityReport
from desktop.services.backups.integrity_check import CheckProgress, IntegrityCheck
from desktop.services.caseload.summary import SUMMARISE
from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, Laptop, new_laptop, share


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path, AZC)
    for name in ("Selam", "Ahmed"):
        dossier = made.new_dossier(name)
        for number in range(5):
            made.answer(dossier, f"/brede_intake/v{number}", "ja", HEALTH if number == 4 else "core")
    made.journal.summaries(SUMMARISE)
    yield made
    made.journal.close()


def _check(laptop: Laptop) -> IntegrityReport:
    return IntegrityCheck(laptop.journal).whole(lambda _looked: None)


def _damaged(laptop: Laptop, statement: str) -> IntegrityReport:
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        raw.execute(statement)
        raw.commit()
        before = list(raw.iterdump())
    raw.close()
    laptop.reopen()
    report = _check(laptop)
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        assert list(raw.iterdump()) == before
    raw.close()
    laptop.reopen()
    return report


def test_a_whole_file_is_good_and_everything_was_looked_at(laptop: Laptop) -> None:
    report = _check(laptop)
    assert report == IntegrityReport(dossiers=2, events=12, snapshots=2, statements=2)
    assert report.good


@pytest.mark.parametrize(
    ("damage", "codes"),
    [
        ("update events set sealed = zeroblob(60) where id = 3", {("events", "records.row_damaged", (3, 4, 5, 6))}),
        ("update events set previous = zeroblob(32) where id = 5", {("events", "records.chain_broken", (5, 6))}),
        ("delete from events where id = 8", {("events", "records.row_gap", (9, 10, 11, 12))}),
        ("update events set checksum = zeroblob(8) where id = 12", {("events", "records.row_damaged", (12,))}),
        ("update events set dossier = 'lost' where id = 6", {("events", "records.row_damaged", (6,))}),
        (
            "update dossier_keys set sealed = zeroblob(60) where compartment = 'health'",
            {("dossier_keys", "records.key_damaged", ())},
        ),
    ],
)
def test_each_damage_is_named_by_row_and_code(
    laptop: Laptop, damage: str, codes: set[tuple[str, str, tuple[int, ...]]]
) -> None:
    report = _damaged(laptop, damage)
    assert {(found.table, found.code, found.rows) for found in report.findings} == codes
    assert not report.good


def test_a_damaged_summary_is_found_and_a_stale_one_is_no_damage(laptop: Laptop) -> None:
    report = _damaged(laptop, "update snapshots set sealed = zeroblob(60) where rowid = 1")
    assert [found.code for found in report.findings] == ["records.snapshot_damaged"]
    stale = _damaged(laptop, "update snapshots set state = zeroblob(32)")
    assert (stale.stale, stale.snapshots, stale.findings) == (2, 0, ())


def test_a_summary_that_says_something_else_is_found(laptop: Laptop) -> None:
    """Sealed with the right key over the right state, and wrong all the same: only a fold from scratch shows it."""
    lying = laptop.journal.summaries(SUMMARISE)
    assert lying
    wrong = type(SUMMARISE)(SUMMARISE.version, lambda _view: b'["wrong"]')
    assert set(laptop.journal.summaries(wrong).values()) == {b'["wrong"]'}
    assert {found.code for found in _check(laptop).findings} == {"records.snapshot_damaged"}


def test_a_file_that_sqlite_complains_about_is_found(laptop: Laptop) -> None:
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        raw.execute("pragma writable_schema = on")
        raw.execute("delete from sqlite_master where name = 'idx_events_dossier_device_sequence'")
        raw.commit()
    raw.close()
    laptop.reopen()
    assert IntegrityFinding("journal.db", "records.damaged") in _check(laptop).findings


def test_a_repaired_row_is_told_and_is_no_problem(tmp_path: Path) -> None:
    one, two = new_laptop(tmp_path, AZC, "Eén"), new_laptop(tmp_path, AZC, "Twee")
    dossier = one.new_dossier()
    one.answer(dossier, "/a", "ja")
    share(one, two)
    assert not _damaged(two, "update events set sealed = zeroblob(60) where sequence = 1").good
    assert two.journal.accept_rows(one.rows()).accepted
    report = _check(two)
    assert [found.code for found in report.findings] == ["records.row_repaired"] * len(report.findings)
    assert report.findings
    assert report.good
    assert two.journal.view(dossier).name == "Selam"
    one.journal.close()
    two.journal.close()


def test_it_goes_dossier_by_dossier_and_work_comes_in_between(laptop: Laptop) -> None:
    check, seen = IntegrityCheck(laptop.journal, rows_per_step=1), []
    looked: CheckProgress = check.begin()
    while looked.report is None:
        looked = check.step()
        seen.append(looked.done)
        dossier: DossierId = laptop.journal.dossiers()[0]
        laptop.clock.moment += timedelta(minutes=1)
        laptop.answer(dossier, "/brede_intake/gemeente", f"tussendoor {len(seen)}")
        laptop.journal.summaries(SUMMARISE)
    assert seen == sorted(seen)
    assert len(set(seen)) > 1
    assert looked.report.good
    assert check.begin().report is None


def test_a_damaged_intention_is_named_and_kept(laptop: Laptop) -> None:
    laptop.journal.intentions.begin(Intention("backup.write", {"backup": "0" * 32}))
    assert _check(laptop).good
    report = _damaged(laptop, "update cursors set value = 'AAAA' where name like 'intention.%'")
    (finding,) = report.findings
    assert (finding.table, finding.code, len(finding.rows)) == ("cursors", "records.intention_damaged", 1)
    assert IntegrityCheck(laptop.journal).unfinished() == 1
