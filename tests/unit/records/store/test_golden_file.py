"""A journal kept since version 1: the product and a second reader find the same in it, and each damage has its code."""

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.records import Journal, SealedRow, open_journal
from desktop.records.store.database import FILE_NAME
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.caseload.summary import SUMMARISE
from desktop.vault.vault import Vault, open_vault
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from protocol.times import SettableClock
from tests import places
from tests.unit.records import decoder
from tests.unit.vault.people import MOMENT

VECTORS = places.VECTORS / "journal"
GOLDEN = VECTORS / "golden_v1"
EXPECTED: Any = json.loads((GOLDEN / "expected.json").read_text("utf-8"))
MALFORMED: Any = json.loads((VECTORS / "malformed.json").read_text("utf-8"))


def _copy(root: Path) -> Path:
    """Return a private copy of the golden vault."""
    directory: Path = root / EXPECTED["vault"]
    directory.mkdir(mode=0o700)
    for name in ("vault.opv", FILE_NAME):
        shutil.copy(GOLDEN / name, directory / name)
        (directory / name).chmod(0o600)
    return directory


def _opened(directory: Path) -> tuple[Vault, Journal]:
    vault = open_vault(directory, EXPECTED["passphrase"], SettableClock(MOMENT))
    return vault, open_journal(directory, vault, SettableClock(MOMENT))


def _brought_up_to_date(root: Path) -> Path:
    """Return a copy in which the list of people was looked at, so that no summary is of an earlier version."""
    directory = _copy(root)
    vault, journal = _opened(directory)
    journal.summaries(SUMMARISE)
    journal.close()
    vault.lock()
    return directory


def test_a_second_reader_finds_what_the_tables_say(tmp_path: Path) -> None:
    directory = _copy(tmp_path)
    secrets = [bytes.fromhex(EXPECTED[name]) for name in ("vault", "store", "secret")]
    found = decoder.read(directory / FILE_NAME, *secrets)
    told = [{name: value for name, value in event.items() if name != "claims"} for event in found.events]
    assert sorted(told, key=_place) == sorted(EXPECTED["events"], key=_place)
    assert sorted(found.claims) == EXPECTED["claims"]
    assert (found.hidden, found.quarantine) == (EXPECTED["hidden"], EXPECTED["quarantine"])
    assert found.summaries == EXPECTED["summaries"]
    assert found.cursors == {"rows.acknowledged": "4", "feed.cursor": "7"}


def test_the_product_finds_the_same(tmp_path: Path) -> None:
    vault, journal = _opened(_copy(tmp_path))
    assert list(journal.dossiers()) == EXPECTED["dossiers"]
    told = [event for dossier in journal.dossiers() for event in journal.events(dossier)]
    assert {(event.dossier, event.device, event.sequence, event.body.KIND) for event in told} == {
        (event["dossier"], event["device"], event["sequence"], event["kind"]) for event in EXPECTED["events"]
    }
    summaries = {dossier: json.loads(data) for dossier, data in journal.summaries(SUMMARISE).items()}
    assert summaries == {
        dossier: [*first, "", "", "", False, *[""] * 7, [], *summaries[dossier][29:]]
        for dossier, first in EXPECTED["summaries"].items()
    }
    assert {summary[30] for summary in summaries.values()} == {"opened"}
    report = IntegrityCheck(journal).whole(lambda _looked: None)
    assert (report.good, report.snapshots, report.hidden) == (True, 2, 2)
    assert [(found.table, found.code, found.sequence) for found in report.findings] == [
        ("quarantine", "records.row_gap", 3),
        ("events", "records.claim_waits", 2),
    ]
    for device, place, about, last, verdict in EXPECTED["claims"]:
        (seen,) = {event.seen.get(about) for event in told if (event.device, event.sequence) == (device, place)}
        assert seen == (last if verdict == "true" else None)
    journal.close()
    vault.lock()


@pytest.mark.parametrize("case", MALFORMED["files"], ids=lambda case: str(case["name"]))
def test_each_damage_to_the_file_has_its_code_and_the_rest_is_read(tmp_path: Path, case: Any) -> None:  # noqa: ANN401
    directory = _brought_up_to_date(tmp_path)
    with closing(sqlite3.connect(directory / FILE_NAME)) as raw:
        raw.executescript(case["sql"])
    vault, journal = _opened(directory)
    report = IntegrityCheck(journal).whole(lambda _looked: None)
    named = [[found.table, found.code, list(found.rows)] for found in report.findings if not found.harmless]
    assert named == case["found"]
    readable = {dossier for dossier in journal.dossiers() if journal.view(dossier).name}
    assert readable >= set(EXPECTED["summaries"]) - set(case["closed"])
    assert set(journal.summaries(SUMMARISE)) >= readable
    journal.close()
    vault.lock()


@pytest.mark.parametrize("case", MALFORMED["rows"], ids=lambda case: str(case["name"]))
def test_each_malformed_row_from_elsewhere_has_its_code_and_changes_nothing(tmp_path: Path, case: Any) -> None:  # noqa: ANN401
    good, vault, journal = without_the_last_foreign_row(tmp_path)
    before = journal.view(good.dossier)
    result = journal.accept_rows([_changed(good, case["change"])])
    assert [item.code for item in result.quarantined] == [case["code"]]
    assert result.accepted == 0
    assert journal.view(good.dossier) == before
    assert journal.accept_rows([good]).accepted == 1
    journal.close()
    vault.lock()


@pytest.mark.parametrize("case", MALFORMED["refused"], ids=lambda case: str(case["name"]))
def test_each_file_that_cannot_be_opened_has_its_code_and_stays_as_it_is(tmp_path: Path, case: Any) -> None:  # noqa: ANN401
    directory = _copy(tmp_path)
    file = directory / FILE_NAME
    if "sql" in case:
        with closing(sqlite3.connect(file)) as raw:
            raw.executescript(case["sql"])
    else:
        data = bytearray(file.read_bytes())
        data[case["at"] : case["at"] + len(case["bytes"]) // 2] = bytes.fromhex(case["bytes"])
        file.write_bytes(bytes(data[: case.get("cut", len(data))]))
    before = file.read_bytes()
    vault = open_vault(directory, EXPECTED["passphrase"], SettableClock(MOMENT))
    with pytest.raises(OpmaatError) as caught:
        open_journal(directory, vault, SettableClock(MOMENT))
    assert caught.value.code == case["code"]
    assert file.read_bytes() == before
    vault.lock()


def without_the_last_foreign_row(root: Path) -> tuple[SealedRow, Vault, Journal]:
    """Return the last row of the colleague, and the golden journal open without it, as before it came in."""
    directory = _copy(root)
    vault, journal = _opened(directory)
    dossier = DossierId(EXPECTED["dossiers"][0])
    row = [row for row in journal._store.rows(dossier) if row.device != journal.device][-1]
    journal.close()
    with closing(sqlite3.connect(directory / FILE_NAME)) as raw:
        raw.execute("delete from events where id = ?", (row.position,))
        raw.commit()
    return row, vault, open_journal(directory, vault, SettableClock(MOMENT))


def _changed(row: SealedRow, change: dict[str, Any]) -> SealedRow:
    """Return `row` with `change`: bytes as hexadecimal, `flip` names a byte of the sealed part to change."""
    if "flip" in change:
        sealed = bytearray(row.sealed)
        sealed[change["flip"]] ^= 1
        return replace(row, sealed=bytes(sealed))
    binary = {"previous", "sealed"}
    values: dict[str, Any] = {name: bytes.fromhex(to) if name in binary else to for name, to in change.items()}
    return replace(row, **values)


def _place(event: dict[str, Any]) -> tuple[str, str, int]:
    return event["dossier"], event["device"], event["sequence"]
