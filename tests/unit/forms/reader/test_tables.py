"""Workbooks as tables, from each kind of file."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.forms.workbook.tables import Kind, read_tables
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
