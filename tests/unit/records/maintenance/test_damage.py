"""A flipped byte anywhere in a row is reported; everything else stays usable; nothing is deleted."""

import sqlite3
from pathlib import Path

import pytest

from desktop.records import HEALTH
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop, share

AZC = create_organisation("AZC Haarlem", RECEPTION)
COLUMNS = ("dossier", "compartment", "epoch", "device", "sequence", "previous", "sealed", "checksum")


@pytest.mark.parametrize("stride", [13, pytest.param(1, marks=pytest.mark.long)])
def test_any_flipped_byte_of_any_row_is_reported_and_the_rest_is_used(tmp_path: Path, stride: int) -> None:
    laptop, other = new_laptop(tmp_path, AZC, "Eén"), new_laptop(tmp_path, AZC, "Twee")
    dossier = laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
    laptop.answer(dossier, "/a", "eerste")
    laptop.answer(dossier, "/g", "goed", HEALTH)
    share(laptop, other)
    other.answer(dossier, "/b", "van de ander")
    share(other, laptop)
    good = laptop.journal.view(dossier)
    laptop.journal.close()
    for position in (2, 3):
        for column in COLUMNS:
            for at in range(0, _size(laptop.file, position, column), stride):
                _check_flip(laptop, dossier, position, column, at)
    laptop.reopen()
    assert laptop.journal.view(dossier) == good
    laptop.journal.close()
    other.journal.close()


def _check_flip(laptop: Laptop, dossier: DossierId, position: int, column: str, at: int) -> None:
    """Flip one byte, look, and put it back."""
    before = _flip(laptop.file, position, column, at)
    laptop.reopen()
    reported = [item for found in laptop.journal.dossiers() for item in laptop.journal.quarantined(found)]
    moved_last_row = position == 3 and column in {"dossier", "device"}
    view = laptop.journal.view(dossier)
    assert reported
    assert view.answers["/b"][0].text == "van de ander"
    assert ("/a" in view.answers) is (position == 3)
    assert "/g" not in view.answers
    assert sum(item.count for item in reported) >= (1 if moved_last_row else 4 - position)
    laptop.journal.close()
    assert _count(laptop.file) == 4
    with sqlite3.connect(laptop.file) as raw:
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
    laptop = new_laptop(tmp_path, AZC)
    first = laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
    second = laptop.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    laptop.journal.close()
    with sqlite3.connect(laptop.file) as raw:
        raw.execute("update events set compartment = cast(x'e3ff' as text) where id = 1")
        raw.execute("update events set compartment = 7, sealed = null where id = 99")
    raw.close()
    laptop.reopen()
    assert laptop.journal.dossiers() == (first, second)
    assert laptop.journal.view(second).name == "Ahmed"
    assert [item.code for item in laptop.journal.quarantined(first)] == ["records.row_damaged"]
    laptop.journal.close()


def test_a_damaged_key_closes_one_dossier_and_no_other(tmp_path: Path) -> None:
    laptop = new_laptop(tmp_path, AZC)
    first = laptop.journal.create_dossier("Selam", ("ti",), CONTEXT)
    second = laptop.journal.create_dossier("Ahmed", ("ar",), CONTEXT)
    wraps = laptop.journal.outbox.wraps_waiting(10)
    laptop.journal._store._connection.execute(
        "update dossier_keys set sealed = zeroblob(60) where dossier = ?", [bytes.fromhex(first)]
    )
    laptop.reopen()
    assert (laptop.journal.view(first).name, laptop.journal.view(first).hidden) == ("", {"core": 1})
    assert laptop.journal.view(second).name == "Ahmed"
    laptop.journal.keys.import_wraps(wraps)
    assert laptop.journal.view(first).name == "Selam"
    laptop.journal.close()
