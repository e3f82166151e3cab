"""What a caseworker may set in a plan: every kind of value, and each way it can be wrong."""

from datetime import date

import pytest

from desktop.plan.model.edits import LONGEST_TEXT, MOST_PHASES, as_date, sort_edits, validate_edit
from protocol.canonical import JsonValue
from protocol.errors import UserError


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("read_aloud", {"language": "ti", "date": "", "interpreter": "88"}),
        ("workbook/" + "0" * 32, {"version": "2", "digest": "00"}),
        ("read_aloud", {"language": "zh-Hant"}),
        ("signature/person", {"name": "Luwam", "date": "2028-02-29", "how": "pen"}),
        ("goal/taal/lead", [{"holder": "person", "name": "", "start": None}] * MOST_PHASES),
        ("goal/taal/action/1/done", False),
        ("route/start", None),
        ("story", "x" * LONGEST_TEXT),
    ],
)
def test_takes_a_value_of_its_kind(field: str, value: JsonValue) -> None:
    validate_edit(field, value)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("route/start", "2027-02-30", "plan.wrong_value"),
        ("route/start", "20270201", "plan.wrong_value"),
        ("route/start", 20270201, "plan.wrong_value"),
        ("read_aloud", {"language": "Tigrinya!"}, "plan.wrong_value"),
        ("read_aloud", {"language": 5}, "plan.wrong_value"),
        ("read_aloud", {"colour": "red"}, "plan.wrong_value"),
        ("read_aloud", "ti", "plan.wrong_value"),
        ("goal/taal/lead", "person", "plan.wrong_value"),
        ("goal/taal/lead", [{}] * (MOST_PHASES + 1), "plan.wrong_value"),
        ("goal/taal/lead", [{"holder": "nobody"}], "plan.wrong_value"),
        ("goal/taal/action/1/done", "yes", "plan.wrong_value"),
        ("story", "x" * (LONGEST_TEXT + 1), "plan.wrong_value"),
        ("self_reliance/geld", "6", "plan.wrong_value"),
        ("goal//text", "x", "plan.unknown_field"),
        ("week/5/morning", {"kind": "own"}, "plan.unknown_field"),
    ],
)
def test_refuses_any_other_and_names_only_the_field(field: str, value: JsonValue, code: str) -> None:
    with pytest.raises(UserError) as caught:
        validate_edit(field, value)
    assert (caught.value.code, dict(caught.value.details)) == (code, {"field": field})


def test_a_long_name_of_a_field_is_cut_in_the_error() -> None:
    with pytest.raises(UserError) as caught:
        validate_edit("x" * 100, "")
    assert caught.value.details == {"field": "x" * 80}


def test_what_is_read_is_what_was_set_or_nothing() -> None:
    found = sort_edits({"story": "Zij kan veel.", "route/start": "2027-01-11", "helper/b": {"name": "Bo"}, "nope": 1})
    assert (found.text("story"), found.words("story/other"), found.text("helper/b")) == ("Zij kan veel.", "", None)
    assert (found.day("route/start"), found.day("story")) == (date(2027, 1, 11), None)
    assert (found.record("helper/b"), found.record("story"), found.records("story")) == ({"name": "Bo"}, None, None)
    assert (found.flag("story", default=True), found.flag("story")) == (True, False)
    assert (found.ignored, list(found.ids("helper"))) == (("nope",), ["b"])
    assert sort_edits({"story": None}).fields == {}


def test_a_date_is_a_day_of_the_calendar() -> None:
    assert as_date("2028-02-29") == date(2028, 2, 29)
    assert [as_date(value) for value in ("2027-02-29", "2027-2-1", "", None, 5)] == [None] * 5
