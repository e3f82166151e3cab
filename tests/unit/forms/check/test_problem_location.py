"""Where in a workbook a problem of its form is: sheet, row, and the column as the workbook calls it."""

import pytest

from desktop.forms import FormError
from desktop.forms.check.problem_location import ProblemLocator
from desktop.forms.workbook.tables import read_tables

_BOOK = """
| survey |
| | type | name | label::nl | relevance | choice_filter | constraint_message | repeat_count |
| | begin_group | g | G |
| | select_one yn or_other | a | A | ${b} = 1 |
| | begin_repeat | r | R | | | | 3 |
| | text | b | B |
| | end_repeat |
| | end_group |
| | csv-external | towns |
| | text | c | C | | instance('lists')/root/item |
| choices |
| | list_name | name | label::nl |
| | yn | y | Ja |
| | yn | n | Nee |
| settings |
| | form_id | instance_name |
| | t | concat(${b}) |
"""


def _place(error: FormError) -> tuple[str, str, str]:
    return error.details.get("sheet", ""), error.details.get("row", ""), error.details.get("column", "")


@pytest.mark.parametrize(
    ("details", "place"),
    [
        ({"path": "/data/g/a", "column": "relevant"}, ("survey", "3", "relevance")),
        ({"path": "/data/g/a", "column": "label", "language": "nl"}, ("survey", "3", "label::nl")),
        ({"path": "/data/g/a", "column": "jr:constraintMsg"}, ("survey", "3", "constraint_message")),
        ({"path": "/data/g/a/deeper", "column": "relevant"}, ("survey", "3", "relevance")),
        ({"path": "/data/g/a_other", "column": "label"}, ("survey", "3", "type")),
        ({"path": "/data/g/r_count", "column": "calculation"}, ("survey", "4", "repeat_count")),
        ({"path": "/data/g/r/b"}, ("survey", "5", "")),
        ({"path": "/data/nothing", "column": "relevant"}, ("survey", "", "relevance")),
        ({"path": "/data/nothing"}, ("survey", "", "")),
        ({"path": "/data/meta/instanceName"}, ("settings", "2", "instance_name")),
        ({"path": "/data/meta/audit"}, ("settings", "2", "")),
        ({"path": "yn-1"}, ("choices", "3", "label::nl")),
        ({"path": "yn-7", "column": "image"}, ("choices", "", "image")),
        ({"path": "yn-x"}, ("choices", "", "label::nl")),
        ({"path": "gone-0"}, ("choices", "", "label::nl")),
        ({"file": "towns.csv"}, ("survey", "8", "type")),
        ({"instance": "lists"}, ("survey", "9", "choice_filter")),
        ({"file": "gone.csv"}, ("", "", "")),
        ({}, ("", "", "")),
        ({"sheet": "choices", "row": "9", "path": "/data/g/a"}, ("choices", "9", "")),
    ],
)
def test_a_problem_is_placed_as_far_as_its_place_is_known(
    details: dict[str, str | int], place: tuple[str, str, str]
) -> None:
    found = ProblemLocator(read_tables(_BOOK.encode(), "md")).placed(FormError("form.syntax", **details))
    assert _place(found) == place
    assert found.code == "form.syntax"


def test_a_choice_is_told_by_its_value_and_an_expression_as_it_was_written() -> None:
    where = ProblemLocator(read_tables(_BOOK.encode(), "md"))
    assert where.placed(FormError("form.syntax", path="yn-1")).details["path"] == "yn/n"
    compiled = FormError("form.syntax", path="/data/g/a", column="relevant", expression=" /data/g/r/b  = 1", position=3)
    found = where.placed(compiled).details
    assert found["expression"] == "${b} = 1"
    assert "position" not in found
    same = FormError("form.syntax", path="/data/g/a", column="relevant", expression="${b} = 1", position=3)
    assert where.placed(same).details["position"] == "3"


@pytest.mark.parametrize(
    ("details", "place"),
    [
        ({"path": "/data/a", "column": "relevant"}, ("survey", "", "")),
        ({"path": "/data/meta/instanceName"}, ("settings", "", "")),
        ({"path": "yn-0"}, ("choices", "", "")),
        ({"file": "towns.csv"}, ("", "", "")),
    ],
)
def test_a_sheet_that_is_not_there_has_no_row(details: dict[str, str | int], place: tuple[str, str, str]) -> None:
    sheet, row, _ = _place(ProblemLocator({}).placed(FormError("form.syntax", **details)))
    assert (sheet, row) == place[:2]


def test_problems_come_once_in_the_order_of_sheets_rows_and_columns() -> None:
    places: list[dict[str, str | int]] = [
        {"sheet": "osm", "row": 2},
        {"sheet": "settings"},
        {"sheet": "choices", "row": 3, "column": "name"},
        {"sheet": "survey"},
        {"sheet": "survey", "row": 10, "column": "name"},
        {"sheet": "survey", "row": 9, "column": "gone"},
        {"sheet": "survey", "row": 9, "column": "name"},
        {"sheet": "survey", "row": 9, "column": "type"},
        {"sheet": "survey", "row": 9, "column": "type"},
    ]
    where = ProblemLocator(read_tables(_BOOK.encode(), "md"))
    found = where.in_order(FormError("form.syntax", **place) for place in places)
    assert [_place(error) for error in found] == [
        ("survey", "9", "type"),
        ("survey", "9", "name"),
        ("survey", "9", "gone"),
        ("survey", "10", "name"),
        ("survey", "", ""),
        ("choices", "3", "name"),
        ("settings", "", ""),
        ("osm", "2", ""),
    ]
