"""The record before this one (ODK XForms "Virtual Endpoints"; XLSForm `${last-saved#name}`)."""

import pytest

from desktop.forms import FormError, check_workbook, instance_document, with_last_saved
from tests.unit.forms.forms_for_tests import form_of, hold

_FORM = """
| survey |
| | type | name | label | default | calculation |
| | text | naam | Name | ${last-saved#naam} | |
| | integer | age | Age | ${last-saved#age} + 1 | |
| | calculate | before | | | concat('was ', ${last-saved#naam}) |
| settings |
| | form_title | form_id | version |
| | T | t | 1 |
"""


def test_without_a_record_before_it_every_value_is_blank() -> None:
    assert check_workbook(_FORM, "md") == ()
    for form in (form_of(_FORM), with_last_saved(form_of(_FORM), None)):
        session = hold(form)
        values = [session.state(f"/data/{name}").value for name in ("naam", "age", "before")]
        assert values == ["", "", "was "]


def test_the_values_of_the_record_before_it_fill_in_this_one() -> None:
    """odk-instance-first-load: "auto-fill specific form fields with the last-saved value"."""
    form = form_of(_FORM)
    first = hold(form)
    first.answer("/data/naam", "Anna & co")
    first.answer("/data/age", "30")
    second = hold(with_last_saved(form, instance_document(first)))
    assert [second.state(f"/data/{name}").value for name in ("naam", "age", "before")] == [
        "Anna & co",
        "31",
        "was Anna & co",
    ]
    third = hold(with_last_saved(second.form, instance_document(second)))
    assert third.state("/data/age").value == "32"
    assert hold(with_last_saved(third.form, None)).state("/data/age").value == ""


def test_a_form_that_does_not_ask_stays_as_it_is_and_another_record_is_refused() -> None:
    plain = form_of("| survey |\n| | type | name | label |\n| | text | a | A |\n")
    assert with_last_saved(plain, b"no xml at all") is plain
    for document in (b"<x id='t'/>", b"<data id='u'/>"):
        with pytest.raises(FormError) as refused:
            with_last_saved(form_of(_FORM), document)
        assert refused.value.code == "forms.document_other_form"
