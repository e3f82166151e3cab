"""A school's list as entries: every row is there, good or bad, and the same list says the same again."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.progress.attendance import (
    ROLES,
    AttendanceRow,
    AttendanceTable,
    BadRow,
    Role,
    guess_roles,
    lacks,
    merged,
    read_rows,
)
from desktop.records import AbsenceRecorded, HoursRecorded, MilestoneRecorded

TODAY = date(2027, 4, 8)
COLUMNS: Mapping[Role, str] = {role: role for role in ROLES}


def row(**cells: str) -> AttendanceRow | BadRow:
    """Return what one row becomes."""
    table = AttendanceTable(tuple(ROLES), ((2, {"person": "OP-1", "first": "01-03-2027", **cells}),))
    (found,) = read_rows(table, COLUMNS, "language", "De Brug", TODAY)
    return found


def good(**cells: str) -> AttendanceRow:
    found = row(**cells)
    assert isinstance(found, AttendanceRow)
    return found


def test_columns_are_guessed_by_their_names_each_once() -> None:
    found = guess_roles(("Naam", "Dossiernummer", "Datum", "Uren gevolgd", "Dagdelen gemist", "Afgemeld", "Reden"))
    assert found == {
        "person": "Dossiernummer",
        "first": "Datum",
        "hours": "Uren gevolgd",
        "half_days": "Dagdelen gemist",
        "notice": "Afgemeld",
        "reason": "Reden",
    }
    assert (lacks(found), lacks(guess_roles(("Naam",))), lacks({"person": "a", "first": "b"})) == (False, True, True)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("3", 180), ("2,5", 150), ("2.25", 135), ("2:30", 150), ("2:30:00", 150), ("٣", 180)]
)
def test_hours_are_read_as_people_write_them(typed: str, minutes: int) -> None:
    (body,) = good(hours=typed).bodies
    assert isinstance(body, HoursRecorded)
    assert (body.minutes, body.first, body.last, body.source) == (minutes, "2027-03-01", "2027-03-01", "De Brug")


@pytest.mark.parametrize("typed", ["1-3-2027", "01/03/2027", "2027-03-01", "2027-03-01 00:00:00", "01.03.2027"])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert good(first=typed, hours="1").bodies[0].to_json()["first"] == "2027-03-01"


def test_hours_and_absence_of_one_row_are_two_entries() -> None:
    hours, absence = good(last="5-3-2027", hours="12", half_days="2.0", notice="Ja", reason="bus").bodies
    assert hours.to_json()["last"] == "2027-03-05"
    assert isinstance(absence, AbsenceRecorded)
    assert (absence.half_days, absence.notice, absence.reason) == (2, True, "bus")
    (without,) = good(half_days="2").bodies
    assert (without.to_json()["notice"], without.entry == absence.entry) == (False, False)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"person": " "}, "attendance.nobody"),
        ({"first": "maart"}, "progress.day_wrong"),
        ({"first": "30-02-2027", "hours": "1"}, "progress.day_wrong"),
        ({"first": "09-04-2027", "hours": "1"}, "progress.day_ahead"),
        ({"last": "01-02-2027", "hours": "1"}, "progress.period_wrong"),
        ({"hours": "veel"}, "progress.number_wrong"),
        ({"half_days": "2.5"}, "progress.number_wrong"),
        ({}, "attendance.nothing"),
        ({"half_days": "0"}, "attendance.nothing"),
    ],
)
def test_a_bad_row_has_its_number_and_a_code(cells: dict[str, str], code: str) -> None:
    assert row(**cells) == BadRow(2, code)


def test_the_same_row_has_the_same_id_and_another_school_another() -> None:
    table = AttendanceTable(tuple(ROLES), ((2, {"person": "OP-1", "first": "01-03-2027", "hours": "1"}),))
    ids = {
        source: next(iter(read_rows(table, COLUMNS, "language", source, TODAY))).bodies[0].entry  # type: ignore[union-attr]
        for source in ("De Brug", "Kompas")
    }
    assert (good(hours="3").bodies[0].entry == ids["De Brug"], len(set(ids.values()))) == (True, 2)


def test_rows_of_one_day_add_up() -> None:
    first, second = good(hours="3").bodies[0], good(hours="2").bodies[0]
    ill, late = good(half_days="1", reason="bus").bodies[0], good(half_days="1", reason="arts van kind").bodies[0]
    other = MilestoneRecorded("m", "pvt_signed", "2027-01-01")
    hours, absence, kept = merged([first, ill, second, late, late, other])
    assert (hours.to_json()["minutes"], absence.to_json()["half_days"], kept) == (300, 3, other)
    assert "arts van kind" in str(absence.to_json()["reason"])


@given(st.lists(st.dictionaries(st.sampled_from(ROLES), st.text(max_size=12)), max_size=6))
def test_whatever_stands_in_a_list_every_row_comes_back(rows: list[dict[Role, str]]) -> None:
    cells = tuple((number, {str(role): text for role, text in each.items()}) for number, each in enumerate(rows, 2))
    found = list(read_rows(AttendanceTable(tuple(ROLES), cells), COLUMNS, "language", "", TODAY))
    assert [each.number for each in found] == [number for number, _cells in cells]
