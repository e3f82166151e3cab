"""The same workbook in every kind of file a form can come in."""

import csv
import io
from collections.abc import Iterator

import xlwt
from openpyxl import Workbook

from desktop.forms.reader.form_reader import Kind
from desktop.forms.workbook.tables import read_tables

KINDS: tuple[Kind, ...] = ("md", "csv", "xlsx", "xls")
"""The kinds of file with sheets, rows and columns."""


def workbook(markdown: str, kind: Kind) -> bytes:
    """Return the workbook written as Markdown tables, as a file of another kind."""
    if kind == "csv":
        return _csv(markdown)
    if kind == "md":
        return markdown.encode()
    return _xlsx(markdown) if kind == "xlsx" else _xls(markdown)


def _grids(markdown: str) -> Iterator[tuple[str, list[list[str]]]]:
    """Yield the name of each sheet and its cells, empty rows where they are."""
    for name, sheet in read_tables(markdown.encode(), "md").items():
        grid = [list(sheet.columns)]
        for row in sheet.rows:
            while len(grid) < row.number - 1:
                grid.append([])
            grid.append([row.cells.get(column, "") for column in sheet.columns])
        yield name, grid


def _csv(markdown: str) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    for name, grid in _grids(markdown):
        writer.writerow([name])
        writer.writerows(["", *cells] for cells in grid)
    return stream.getvalue().encode()


def _xlsx(markdown: str) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, grid in _grids(markdown):
        made = book.create_sheet(name)
        for cells in grid:
            made.append([cell or None for cell in cells])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls(markdown: str) -> bytes:
    book = xlwt.Workbook()
    for name, grid in _grids(markdown):
        made = book.add_sheet(name)
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                made.write(row, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
