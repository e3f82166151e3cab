"""Workbooks as tables, from each kind of file."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.forms.workbook.columns import columns_of, header_for
from desktop.forms.workbook.tables import LARGEST_FILE, MOST_COLUMNS, Kind, Worksheet, read_tables
from protocol.errors import UserError

MARKDOWN = """
# A heading and words are skipped

| Routes |
|        | name | label        |
|        |------|--------------|
|        | a    | Eén \\| twee |
|        |      |              |
|        | b    |              |

| words |
| | word |
"""


def test_reads_markdown_with_row_numbers_and_escaped_bars() -> None:
    sheets = read_tables(MARKDOWN.encode(), "md")
    assert list(sheets) == ["routes", "words"]
    assert sheets["routes"].columns == ("name", "label")
    assert [(row.number, dict(row.cells)) for row in sheets["routes"].rows] == [
        (2, {"name": "a", "label": "Eén | twee"}),
        (4, {"name": "b"}),
    ]
    assert sheets["words"].rows == ()


def test_reads_csv_like_markdown() -> None:
    data = 'routes,,\r\n,name,label\r\n,a,"Eén | twee"\r\n,,\r\n,b,\r\n'
    assert read_tables(data.encode("utf-8-sig"), "csv")["routes"] == read_tables(MARKDOWN.encode(), "md")["routes"]


def test_reads_xlsx_like_markdown() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "routes"
    for row in (["name", "label"], ["a", "Eén | twee"], [None, None], ["b", None]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    assert read_tables(stream.getvalue(), "xlsx")["routes"] == read_tables(MARKDOWN.encode(), "md")["routes"]


_CELLS: list[tuple[date | time | float, str, str]] = [
    (date(2026, 3, 1), "YYYY-MM-DD", "2026-03-01"),
    (datetime(2026, 3, 1, 10, 30), "YYYY-MM-DD HH:MM", "2026-03-01T10:30:00"),  # noqa: DTZ001  # a cell has no zone
    (time(9, 5), "HH:MM", "09:05:00"),
    (True, "General", "TRUE"),
    (False, "General", "FALSE"),
    (2.0, "General", "2"),
    (2.5, "General", "2.5"),
    (0.00001, "General", "0.00001"),
]
"""What a cell of Excel holds, how it shows it, and what it is as text."""


@pytest.mark.parametrize(("value", "shown", "text"), _CELLS)
def test_a_cell_that_is_no_text_is_read_as_xlsform_writes_it(value: date | time | float, shown: str, text: str) -> None:
    old, new = xlwt.Workbook(), Workbook()
    sheet = old.add_sheet("survey")
    sheet.write(0, 0, "default")
    sheet.write(1, 0, value, xlwt.easyxf(num_format_str=shown))
    made = new.create_sheet("survey")
    made.append(["default"])
    made.append([value])
    kinds: tuple[tuple[xlwt.Workbook | Workbook, Kind], ...] = ((old, "xls"), (new, "xlsx"))
    for book, kind in kinds:
        stream = io.BytesIO()
        book.save(stream)
        (row,) = read_tables(stream.getvalue(), kind)["survey"].rows
        assert dict(row.cells) == {"default": text}


def test_a_duration_is_hours_minutes_and_seconds() -> None:
    book = Workbook()
    made = book.create_sheet("survey")
    made.append(["default"])
    made.append([timedelta(days=1, hours=2)])
    made.append([-timedelta(minutes=90)])
    stream = io.BytesIO()
    book.save(stream)
    rows = read_tables(stream.getvalue(), "xlsx")["survey"].rows
    assert [row.cells["default"] for row in rows] == ["26:00:00", "-01:30:00"]


def test_an_error_in_a_cell_of_xls_is_the_same_text_as_in_xlsx() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("survey")
    sheet.write(0, 0, "label")
    sheet.row(1).set_cell_error(0, "#N/A!")
    sheet.row(2).set_cell_error(0, "#REF!")
    stream = io.BytesIO()
    book.save(stream)
    rows = read_tables(stream.getvalue(), "xls")["survey"].rows
    assert [row.cells["label"] for row in rows] == ["#N/A", "#REF!"]


def test_a_picture_inside_a_workbook_is_no_table_and_does_no_harm() -> None:
    book = Workbook()
    book.create_sheet("survey").append(["type"])
    stream = io.BytesIO()
    book.save(stream)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/media/image1.png", b"\x89PNG")
    assert read_tables(stream.getvalue(), "xlsx")["survey"].columns == ("type",)


def test_refuses_a_file_that_is_too_large() -> None:
    with pytest.raises(UserError, match=r"tables\.too_large"):
        read_tables(b" " * (LARGEST_FILE + 1), "md")
    with pytest.raises(UserError, match=r"tables\.too_large"):
        read_tables(b"| survey |\n|" + b" | a" * (MOST_COLUMNS + 1), "md")


def test_a_column_is_known_by_each_of_its_names() -> None:
    headers = ("command", "Tag", "label::English (en)", "label:nl", "bind::relevant", "jr:count", "readonly", "colour")
    sheet = Worksheet("survey", headers, ())
    roles = ("type", "name", "relevant", "repeat_count", "read_only", "hint")
    assert [header_for(sheet, role) for role in roles] == [*headers[:2], *headers[4:7], "hint"]
    assert [header_for(sheet, "label", language) for language in ("English (en)", "nl")] == [*headers[2:4]]
    assert [column.header for column in columns_of(headers) if not column.known] == ["colour"]


@pytest.mark.parametrize(("data", "kind"), [(b"\xff\xfe", "md"), (b"\xff", "csv"), (b"no zip", "xlsx")])
def test_refuses_what_it_cannot_read(data: bytes, kind: Kind) -> None:
    with pytest.raises(UserError, match=r"tables\.unreadable"):
        read_tables(data, kind)


def test_refuses_two_sheets_of_one_name() -> None:
    with pytest.raises(UserError, match=r"tables\.sheet_twice"):
        read_tables(b"| a |\n| | x |\n| A |\n| | y |\n", "md")


@given(st.binary(max_size=200), st.sampled_from(["md", "csv", "xlsx"]))
def test_any_bytes_are_tables_or_a_coded_error(data: bytes, kind: Kind) -> None:
    try:
        read_tables(data, kind)
    except UserError as error:
        assert error.code.startswith("tables.")
