"""A flipped byte anywhere in a row is reported; everything else stays usable; nothing is deleted."""

import sqlite3
from pathlib import Path

from desktop.records import HEALTH
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId
from tests.unit.records.cases import CONTEXT, Desk, desk_of, share

AZC = create_organisation("AZC Haarlem", RECEPTION)
COLUMNS = ("dossier", "compartment", "epoch", "device", "sequence", "previous", "sealed", "checksum")


def test_any_flipped_byte_of_any_row_is_reported_and_the_rest_is_used(tmp_path: Path) -> None:
    desk, other = desk_of(tmp_path, AZC, "Eén"), desk_of(tmp_path, AZC, "Twee")
    dossier = desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
    desk.answer(dossier, "/a", "eerste")
    desk.answer(dossier, "/g", "goed", HEALTH)
    share(desk, other)
    other.answer(dossier, "/b", "van de ander")
    share(other, desk)
    good = desk.journal.view(dossier)
    desk.journal.close()
    for position in (2, 3):
        for column in COLUMNS:
            for at in range(_size(desk.file, position, column)):
                _check_flip(desk, dossier, position, column, at)
    desk.reopen()
    assert desk.journal.view(dossier) == good
    desk.journal.close()
    other.journal.close()


def _check_flip(desk: Desk, dossier: DossierId, position: int, column: str, at: int) -> None:
    """Flip one byte, look, and put it back."""
    before = _flip(desk.file, position, column, at)
    desk.reopen()
    reported = [item for found in desk.journal.dossiers() for item in desk.journal.quarantined(found)]
    moved_last_row = position == 3 and column in {"dossier", "device"}
    view = desk.journal.view(dossier)
    assert reported
    assert view.answers["/b"][0].text == "van de ander"
    assert ("/a" in view.answers) is (position == 3)
    assert "/g" not in view.answers
    assert sum(item.count for item in reported) >= (1 if moved_last_row else 4 - position)
    desk.journal.close()
    assert _count(desk.file) == 4
    with sqlite3.connect(desk.file) as raw:
        raw.execute(f"update events set {column} = ? where id = ?", (before, position))  # noqa: S608  # a constant
    raw.close()


def _size(file: Path, position: int, column: str) -> int:
    with sqlite3.connect(file) as raw:
        value = raw.execute(f"select {column} from events where id = ?", (position,)).fetchone()[0]  # noqa: S608
    raw.close()
    return 1 if isinstance(value, int) else len(value)


def _flip(file: Path, position: int, column: str, at: int) -> object:
    with sqlite3.connect(file) as raw:
        raw.text_factory = bytes
        value = raw.execute(f"select {column} from events where id = ?", (position,)).fetchone()[0]  # noqa: S608
        if isinstance(value, int):
            flipped: object = value ^ 64
        else:
            changed = value[:at] + bytes((value[at] ^ 0x81,)) + value[at + 1 :]
            flipped = changed.decode("latin-1") if column == "compartment" else changed
        raw.execute(f"update events set {column} = ? where id = ?", (flipped, position))  # noqa: S608  # a constant
    raw.close()
    return value.decode("ascii") if column == "compartment" else value


def _count(file: Path) -> int:
    with sqlite3.connect(file) as raw:
        (count,) = raw.execute("select count(*) from events").fetchone()
    raw.close()
    return int(count)


def test_a_compartment_name_that_is_no_text_any_more_hides_no_other_row(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, AZC)
    first = desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
    second = desk.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    desk.journal.close()
    with sqlite3.connect(desk.file) as raw:
        raw.execute("update events set compartment = cast(x'e3ff' as text) where id = 1")
        raw.execute("update events set compartment = 7, sealed = null where id = 99")
    raw.close()
    desk.reopen()
    assert desk.journal.dossiers() == (first, second)
    assert desk.journal.view(second).name == "Ahmed"
    assert [item.code for item in desk.journal.quarantined(first)] == ["records.row_damaged"]
    desk.journal.close()


def test_a_damaged_key_closes_one_dossier_and_no_other(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, AZC)
    first = desk.journal.create_dossier("Selam", ("ti",), CONTEXT)
    second = desk.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    wraps = desk.journal.outbox.wraps_waiting(10)
    desk.journal._store._connection.execute(
        "update dossier_keys set sealed = zeroblob(60) where dossier = ?", [bytes.fromhex(first)]
    )
    desk.reopen()
    assert (desk.journal.view(first).name, desk.journal.view(first).hidden) == ("", {"core": 1})
    assert desk.journal.view(second).name == "Ahmed"
    desk.journal.keys.import_wraps(wraps)
    assert desk.journal.view(first).name == "Selam"
    desk.journal.close()
