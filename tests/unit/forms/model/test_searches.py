"""Choices found in a file by search() (xlsform.org, "Dynamic selects from pre-loaded data")."""

import pytest

from desktop.forms import FormError, Session, read_workbook
from tests.unit.forms.forms_for_tests import hold, same

PLOTS = b"""id,owner,place,village,picture,order
1,Anna,Hill,v1,a.png,2
2,Bob,Hill,v2,b.png,1
3,Johanna,Dale,v1,,3
1,Anna,Hill,v3,a.png,4
"""


def _session(search: str, *, rows: str = "| | p | id | owner |", data: bytes = PLOTS, more: str = "") -> Session:
    text = (
        "| survey |\n| | type | name | label | appearance |\n| | text | t | T |\n| | text | v | V |\n"
        f"| | select_one p | s | S | {search} |\n| choices |\n| | list_name | name | label |{more}\n{rows}\n"
    )
    return hold(read_workbook(text, "md", media={"plots.csv": data}))


def _found(session: Session, text: str = "", village: str = "") -> list[str]:
    session.answer("/data/t", text)
    session.answer("/data/v", village)
    return [choice.text for choice in session.choices("/data/s", same, "nl")]


@pytest.mark.parametrize(
    ("search", "text", "village", "found"),
    [
        ("search('plots')", "", "", ["Anna", "Bob", "Johanna"]),
        ("search('plots.csv')", "", "", ["Anna", "Bob", "Johanna"]),
        ("search('plots', 'contains', 'owner', ${t})", "ANN", "", ["Anna", "Johanna"]),
        ("search('plots', 'contains', 'owner', ${t})", "", "", ["Anna", "Bob", "Johanna"]),
        ("search('plots', 'startswith', 'owner', ${t})", "an", "", ["Anna"]),
        ("search('plots', 'endswith', 'owner', ${t})", "Anna", "", ["Anna", "Johanna"]),
        ("search('plots', 'matches', 'owner', ${t})", "Anna", "", ["Anna"]),
        ("search('plots', 'matches', 'owner', ${t})", "anna", "", []),
        ("search('plots', 'contains', 'owner, place', ${t})", "dale", "", ["Johanna"]),
        ("search('plots', 'contains', 'owner', ${t}, 'village', ${v})", "anna", "v1", ["Anna", "Johanna"]),
        ("search('plots', 'contains', 'owner', ${t}, 'village', ${v})", "anna", "V1", []),
        ("search('plots', if(${v} = 'x', 'matches', 'contains'), 'owner', ${t})", "Ann", "x", []),
        ("search('plots', 'contains', concat('own', 'er'), ${t})", "ann", "", ["Anna", "Johanna"]),
        ("search('plots', if(${v} = 'x', 'like', 'matches'), 'owner', ${t})", "Anna", "x", []),
        ("minimal search('plots', 'matches', 'place', concat('H', 'ill'))", "", "", ["Anna", "Bob"]),
    ],
)
def test_rows_are_found(search: str, text: str, village: str, found: list[str]) -> None:
    assert _found(_session(search), text, village) == found


def test_what_can_be_chosen_can_be_answered_and_nothing_else() -> None:
    session = _session("search('plots', 'matches', 'place', ${t})")
    _found(session, "Hill")
    assert session.answer("/data/s", "2").accepted
    session.answer("/data/t", "Dale")
    assert session.state("/data/s").value == ""
    assert not session.answer("/data/s", "2").accepted


def test_labels_of_several_columns_fixed_choices_and_pictures() -> None:
    rows = "| | p | 98 | Before |\n| | p | id | owner, place |\n| | p | 99 | After |"
    assert _found(_session("search('plots')", rows=rows)) == [
        "Before",
        "Anna, Hill",
        "Bob, Hill",
        "Johanna, Dale",
        "After",
    ]
    session = _session("search('plots')", rows="| | p | id | owner | picture |", more=" media::image |")
    pictures = [choice.image for choice in session.choices("/data/s", same, "nl")]
    assert pictures == ["a.png", "b.png", None]


def test_choices_that_name_no_column_are_choices_as_they_are_written() -> None:
    session = _session("search('plots')", rows="| | p | 1 | One |\n| | p | 2 | Two |")
    assert _found(session) == ["One", "Two"]
    assert session.answer("/data/s", "2").accepted
    assert not session.answer("/data/s", "3").accepted


def test_rows_are_in_the_order_of_their_file_or_of_its_column_sortby() -> None:
    data = PLOTS.replace(b"order", b"sortby")
    assert _found(_session("search('plots')", data=data)) == ["Bob", "Anna", "Johanna"]


def test_each_language_has_its_own_column() -> None:
    text = (
        "| survey |\n| | type | name | label::Nederlands (nl) | label::English (en) | appearance |\n"
        "| | select_one p | s | S | S | search('plots') |\n| choices |\n"
        "| | list_name | name | label::Nederlands (nl) | label::English (en) |\n| | p | id | owner | place |\n"
    )
    session = hold(read_workbook(text, "md", media={"plots.csv": PLOTS}))
    assert next(choice.text for choice in session.choices("/data/s", same, "nl")) == "Anna"
    assert next(choice.text for choice in session.choices("/data/s", same, "en")) == "Hill"


@pytest.mark.parametrize(
    ("search", "code"),
    [
        ("search()", "form.arguments"),
        ("search('plots', 'contains')", "form.arguments"),
        ("search(${t})", "form.instance_name"),
        ("search('plots', 'like', 'owner', ${t})", "form.value"),
        ("search('plots', 'contains', 'zz', ${t})", "form.unknown_column"),
        ("search('plots', 'contains', 'owner', nonsense())", "form.unknown_function"),
        ("search('plots') + )", "form.syntax"),
        ("search('gone')", "form.missing_file"),
    ],
)
def test_a_search_that_cannot_be_done_is_told(search: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        _session(search)
    assert caught.value.code == code
    assert (caught.value.details["row"], caught.value.details["column"]) == ("4", "appearance")


def test_a_file_without_the_column_of_the_label_is_told() -> None:
    with pytest.raises(FormError, match=r"form\.unknown_column"):
        _session("search('plots')", rows="| | p | id | zz |")
