"""Lists of schools from a file to the record: looked at first, nothing lost, the same list twice adds nothing."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import Workbook

from desktop.records import HoursRecorded
from desktop.services.progress.attendance_file import read_list, table_of
from desktop.services.progress.attendance_service import AttendanceChoice, AttendanceService
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import case_number
from tests import places
from tests.unit.services.followed_case import LATER, accept
from tests.unit.services.plan_world import World, make_world

LISTS = places.VECTORS / "attendance"
EXPECTED: dict[str, int | str] = json.loads((LISTS / "expected.json").read_text("utf-8"))


@pytest.fixture
def accepted(tmp_path: Path) -> Iterator[World]:
    """Return a world in which the municipality accepted the case, some months later."""
    world = make_world(tmp_path / "world", accept)
    world.town.clock.moment += LATER
    yield world
    world.close()


@pytest.fixture
def lists(accepted: World) -> AttendanceService:
    """Return what the municipality reads lists with."""
    return accepted.town.services.attendance


def school(accepted: World, tmp_path: Path) -> Path:
    """Return the list of a school that names the case."""
    path = tmp_path / "school.csv"
    text = (LISTS / "school.csv").read_text("utf-8")
    path.write_text(text.replace("OP-AAAA-AAAA", case_number(accepted.dossier)), "utf-8")
    return path


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_file_of_the_corpus_gives_rows_or_a_code(name: str) -> None:
    expected = EXPECTED[name]
    if isinstance(expected, int):
        assert len(read_list(LISTS / name).rows) == expected
    else:
        with pytest.raises(UserError, match=expected):
            read_list(LISTS / name)


def test_the_corpus_is_whole() -> None:
    assert {path.name for path in LISTS.iterdir()} == {*EXPECTED, "expected.json"}


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode), st.booleans())
def test_whatever_bytes_come_in_give_a_table_or_a_code(data: bytes, xlsx: bool) -> None:  # noqa: FBT001  # drawn
    try:
        table = table_of(data, xlsx=xlsx)
    except UserError as error:
        assert error.code.startswith(("attendance.", "tables."))
    else:
        assert table.rows
        assert table.columns


def test_a_workbook_is_read_from_its_first_sheet_with_rows() -> None:
    book = Workbook()
    book.create_sheet("uren").append(["Dossier", "Datum", "Uren"])
    book["uren"].append(["OP-1", "01-03-2027", 3])
    file = io.BytesIO()
    book.save(file)
    table = table_of(file.getvalue(), xlsx=True)
    assert (table.columns, dict(table.rows[0][1])["Dossier"]) == (("Dossier", "Datum", "Uren"), "OP-1")
    empty = io.BytesIO()
    Workbook().save(empty)
    with pytest.raises(UserError, match=r"attendance\.no_rows"):
        table_of(empty.getvalue(), xlsx=True)


def test_too_much_is_refused() -> None:
    with pytest.raises(UserError, match=r"tables\.too_large"):
        table_of(b"x" * 20_000_001, xlsx=False)
    with pytest.raises(UserError, match=r"tables\.too_large"):
        table_of(b";" * 300 + b"\n", xlsx=False)


def test_a_list_is_looked_at_before_anything_is_written(
    lists: AttendanceService, accepted: World, tmp_path: Path
) -> None:
    table, choice = lists.open(school(accepted, tmp_path))
    preview = lists.preview(table, choice)
    (person,) = preview.people
    assert (person.dossier, person.minutes, person.half_days, preview.same) == (accepted.dossier, 330, 1, 0)
    assert [(each.number, each.code) for each in preview.bad] == [
        (5, "attendance.unknown"),
        (6, "attendance.nobody"),
        (7, "progress.day_wrong"),
        (8, "progress.number_wrong"),
        (9, "attendance.nothing"),
    ]
    assert accepted.town.journal.view(accepted.dossier).progress == {}


def test_the_same_list_again_adds_nothing_and_a_correction_by_hand_stays(
    lists: AttendanceService, accepted: World, tmp_path: Path
) -> None:
    table, choice = lists.open(school(accepted, tmp_path))
    named = AttendanceChoice(choice.roles, "language", "De Brug")
    changes = lists.take_in(lists.preview(table, named), named)
    assert changes.dossiers == {accepted.dossier}
    again, remembered = lists.open(school(accepted, tmp_path))
    assert remembered == named
    assert (lists.preview(again, remembered).people, lists.preview(again, remembered).same) == ((), 2)
    work = accepted.town.services.progress
    hours = next(
        each.body for each in work.view(accepted.dossier).progress.entries if isinstance(each.body, HoursRecorded)
    )
    work.record(accepted.dossier, [replace(hours, minutes=60)])
    assert lists.preview(again, remembered).people == ()
    work.undo(accepted.dossier)
    work.undo(accepted.dossier)
    assert work.view(accepted.dossier).progress.is_empty


def test_people_are_found_by_v_number_too(lists: AttendanceService, accepted: World, tmp_path: Path) -> None:
    number = accepted.town.services.caseload.v_number(accepted.dossier)
    assert number
    path = tmp_path / "v.csv"
    path.write_text(f"V-nummer;Datum;Uren\n{number[:4]} {number[4:]};01-03-2027;3\n", "utf-8")
    assert [each.minutes for each in lists.preview(*lists.open(path)).people] == [180]


def test_without_the_columns_that_are_needed_nothing_is_looked_at(lists: AttendanceService, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a;b\n1;2\n", "utf-8")
    with pytest.raises(UserError, match=r"attendance\.column_missing"):
        lists.preview(*lists.open(path))
    with pytest.raises(EnvironmentProblem):
        lists.open(tmp_path / "away.csv")


def test_a_case_of_somebody_else_is_nobody_here(world: World, tmp_path: Path) -> None:
    lists = world.azc.services.attendance
    path = tmp_path / "list.csv"
    path.write_text(f"Dossier;Datum;Uren\n{case_number(world.dossier)};01-11-2026;3\n", "utf-8")
    assert [each.code for each in lists.preview(*lists.open(path)).bad] == ["attendance.unknown"]
