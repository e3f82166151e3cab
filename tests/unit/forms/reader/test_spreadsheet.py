"""A form as a workbook for people who know a spreadsheet program, and back."""

import io

import pytest
from openpyxl import load_workbook

from desktop.forms import FormError
from desktop.forms.reader.form_reader import INTAKE, read_xform
from desktop.forms.workbook.spreadsheet import HELP, xlsx_of
from desktop.forms.workbook.tables import Rows, read_tables
from desktop.services.dossier.form_locale import FORM_LOCALE

SMALL = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) | required | appearance |
| | select_one kleur | k | Kleur? | Colour? | yes | minimal |
| | | | | | | |
| | text | t | =1+1 | #N/A | | eigen |
| choices |
| | list_name | name | label::Nederlands (nl) | label::English (en) |
| | kleur | 007 | Rood | Red |
| settings |
| | form_id | default_language |
| | klein | Nederlands (nl) |
"""


def _tables(data: bytes) -> Rows:
    return {name: sheet for name, sheet in read_tables(data, "xlsx").items() if name != HELP}


@pytest.mark.parametrize("text", [SMALL, INTAKE.read_text("utf-8")], ids=["small", "intake"])
def test_a_workbook_is_read_back_as_the_same_tables(text: str) -> None:
    tables = read_tables(text.encode(), "md")
    once = xlsx_of(tables, {"type": "What it is."})
    assert _tables(once) == tables
    assert _tables(xlsx_of(read_tables(once, "xlsx"), {})) == tables


@pytest.mark.long
def test_the_national_interview_makes_the_same_form_by_way_of_a_workbook() -> None:
    data = xlsx_of(read_tables(INTAKE.read_bytes(), "md"), {})
    assert read_xform(data, "xlsx", locale=FORM_LOCALE) == read_xform(INTAKE, "md", locale=FORM_LOCALE)


def test_headers_stay_and_are_explained_and_cells_offer_what_they_may_hold() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(read_tables(SMALL.encode(), "md"), {"type": "What it is."})))
    survey = book["survey"]
    assert survey.freeze_panes == "C2"
    assert survey["A1"].comment is not None
    assert survey["A1"].comment.text == "What it is."
    assert survey["B1"].comment is None
    assert book[HELP].sheet_state == "hidden"
    offered = {str(each.sqref).partition(":")[0]: each for each in survey.data_validations.dataValidation}
    assert set(offered) == {"A2", "E2", "F2"}
    assert not any(each.showErrorMessage for each in offered.values())
    kinds = [cell.value for cell in book[HELP]["A"]]
    assert str(offered["A2"].formula1) == f"'{HELP}'!$A$2:$A${len(kinds)}"
    assert {"text", "begin_repeat", "select_one kleur", "select_multiple kleur"} <= set(kinds)
    assert [str(each.sqref).partition(":")[0] for each in book["choices"].data_validations.dataValidation] == ["A2"]
    assert [str(each.sqref).partition(":")[0] for each in book["settings"].data_validations.dataValidation] == ["B2"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("| survey |\n| | type | name | label |\n| | text | a | A\x07 |\n", "form.character"),
        ("| survey |\n| | type | na\x07me |\n| | text | a |\n", "form.character"),
        ("| a:b |\n| | type | name |\n", "form.workbook"),
        (f"| {'x' * 32} |\n| | type | name |\n", "form.workbook"),
        (f"| {HELP} |\n| | type | name |\n", "form.no_survey"),
        ("", "form.no_survey"),
    ],
)
def test_what_no_workbook_can_hold_is_told(text: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        xlsx_of(read_tables(text.encode(), "md"), {})
    assert caught.value.code == code


def test_the_xform_of_a_form_that_lacks_texts_and_lists_is_written_and_of_a_broken_one_is_not() -> None:
    unfinished = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) |
| | select_one_from_file towns.csv | t | Waar? | |
"""
    xform = read_xform(unfinished, "md")
    assert b"jr://file-csv/towns.csv" in xform
    assert read_xform(xform, "xml") == xform
    with pytest.raises(FormError) as caught:
        read_xform("| survey |\n| | type | name | label | relevant |\n| | text | a | A | ${b} |\n", "md")
    assert caught.value.code == "form.unknown_name"
