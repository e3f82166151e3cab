"""Tables as a workbook to fill in: read back as they were, with a note and a drop-down where they were asked for."""

import io

from openpyxl import load_workbook

from desktop.forms.workbook.guided_xlsx import guided_xlsx
from desktop.forms.workbook.tables import Worksheet, WorksheetRow, read_tables

ROUTES = Worksheet(
    "routes",
    ("name", "label", "legal_route"),
    (WorksheetRow(2, {"name": "start", "label": "=1+1", "legal_route": "Z"}), WorksheetRow(3, {"name": "vak"})),
)
PARTNERS = Worksheet("partners", ("name",), ())
MADE = guided_xlsx(
    {"routes": ROUTES, "partners": PARTNERS},
    {"name": "A short name.", "routes.name": "The name of the route."},
    {"routes.legal_route": '"B1,O,Z"'},
)


def test_the_tables_come_back_as_they_were_a_formula_as_its_text() -> None:
    found = read_tables(MADE, "xlsx")
    assert [(row.number, dict(row.cells)) for row in found["routes"].rows] == [
        (row.number, dict(row.cells)) for row in ROUTES.rows
    ]
    assert found["partners"].columns == PARTNERS.columns


def test_a_column_has_the_note_of_its_sheet_before_that_of_its_name() -> None:
    book = load_workbook(io.BytesIO(MADE))
    notes = {(page.title, cell.value): cell.comment and cell.comment.text for page in book for cell in page[1]}
    assert notes["routes", "name"] == "The name of the route."
    assert notes["partners", "name"] == "A short name."
    assert notes["routes", "label"] is None
    assert book["routes"].freeze_panes == "A2"


def test_few_values_are_offered_as_a_drop_down_below_the_header() -> None:
    book = load_workbook(io.BytesIO(MADE))
    (offered,) = book["routes"].data_validations.dataValidation
    assert (offered.type, offered.formula1, str(offered.sqref)) == ("list", '"B1,O,Z"', "C2:C500")
    assert not book["partners"].data_validations.dataValidation
