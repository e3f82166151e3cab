"""Scripts that try a form out: reading them, the places they name, and what running them tells."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms import Form, FormError
from desktop.forms.script.expectations import Failure
from desktop.forms.script.run import ScriptRun, StepResult
from desktop.forms.script.script_files import MOST_STEPS, ScriptKind, read_script
from desktop.forms.script.steps import EXPECTATIONS, VERBS
from desktop.forms.session.session_texts import Translate
from tests.unit.forms.forms_for_tests import form_of

FAMILY = """
| survey |
| | type | name | label::Nederlands (nl) | label::العربية (ar) | hint::Nederlands (nl) | hint::العربية (ar) | relevant | required | constraint | constraint_message::Nederlands (nl) | constraint_message::العربية (ar) | calculation |
| | begin_group | gezin | Gezin | العائلة |
| | text | naam | Uw **naam**? | اسمك؟ | Zo noemen we u. | هكذا | | yes |
| | select_one ja_nee | werk | Werkt u? | هل تعمل؟ |
| | begin_group | baan | Werk | العمل | | | ${werk} = 'ja' |
| | text | waar | Waar? | أين؟ | | | | yes |
| | integer | jaren | Hoe lang? | كم؟ | | | | | . < 60 | Minder dan 60. | أقل من 60. |
| | end_group |
| | begin_repeat | kind | Kind | طفل |
| | text | roepnaam | Naam | اسم |
| | text | taal | Taal | لغة |
| | end_repeat |
| | text | taal | Taal | لغة |
| | calculate | aantal | | | | | | | | | | count(${kind}) |
| | calculate | vandaag | | | | | | | | | | today() |
| | calculate | wie | | | | | | | | | | property('username') |
| | end_group |
| choices |
| | list_name | name | label::Nederlands (nl) | label::العربية (ar) |
| | ja_nee | ja | Ja | نعم |
| | ja_nee | nee | Nee | لا |
| settings |
| | form_id | default_language | name |
| | gezin | Nederlands (nl) | data |
"""  # noqa: E501  # a table


@cache
def family() -> Form:
    """Return the form, read once."""
    return form_of(FAMILY)


@pytest.fixture
def form() -> Form:
    return family()


def english(tag: str) -> Translate | None:
    """Translate one text into English, and speak no other language."""
    return {"Werkt u?": "Do you work?"}.get if tag == "en" else None


def run(form: Form, *steps: Sequence[str]) -> list[StepResult]:
    """Run steps of (verb, place, value)."""
    rows = [dict(zip(("step", "at", "value"), step, strict=False)) for step in steps]
    return [*ScriptRun(form, read_script(json.dumps(rows), "json"), english).steps()]


def failures(form: Form, *steps: Sequence[str]) -> list[Failure]:
    """Run steps and return what failed."""
    return [done.failure for done in run(form, *steps) if done.failure is not None]


def code_of(form: Form, *steps: Sequence[str]) -> str:
    """Run steps that must stop, and return the code."""
    with pytest.raises(FormError) as caught:
        run(form, *steps)
    assert int(caught.value.details["line"]) >= 1
    return caught.value.code


TABLE = """
# Een proef

| step | at | value | why |
|---|---|---|---|
| now | | 2026-11-25 | |
| property | username | a.jansen |
| seed | | 7 |
| | | | een opmerking |
| answer | `naam` | Amina \\| Sara |

Tekst ertussen.

| colour | meaning |
|---|---|
| answer | nothing |

| at | Step | value |
|---|---|---|
| werk | Expect_Value | |
"""


def test_every_table_with_a_step_column_holds_steps() -> None:
    script = read_script(TABLE, "md")
    assert [(step.verb, step.at, step.value, step.line) for step in script.steps] == [
        ("answer", "naam", "Amina | Sara", 10),
        ("expect value", "werk", "", 20),
    ]
    assert (script.now, script.seed) == (datetime(2026, 11, 24, 23, 0, tzinfo=UTC), 7)
    assert script.properties == {"username": "a.jansen"}


def test_json_says_the_same() -> None:
    written = """{"now": "2026-11-25T10:00+01:00", "seed": 7, "properties": {"username": "a"},
    "steps": [
        {"step": "answer", "at": "talen", "value": ["nl", "ti"]},
        {"step": "expect choices", "at": "werk", "value": ["ja", "nee"], "remark": "in order"},
        {"step": "answer", "at": "jaren", "value": 3},
        {"step": "answer", "at": "werk", "value": null}, {"step": "expect value", "at": "lid", "value": true},
        {"step": "expect value", "at": "oud", "value": false}]}"""
    script = read_script(written, "json")
    values = [(step.value, step.line) for step in script.steps]
    assert values == [("nl ti", 3), ("ja, nee", 4), ("3", 5), ("", 6), ("true", 6), ("false", 7)]
    assert script.now == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "kind", "code", "line"),
    [
        ("nothing", "md", "script.no_steps", None),
        ("{}", "json", "script.no_steps", None),
        ("[\n{]", "json", "script.unreadable", "2"),
        ('[\n\n"answer"]', "json", "script.unreadable", "1"),
        ('[{"step": "answer", "place": "naam"}]', "json", "script.unreadable", "1"),
        ('{"seeds": 3, "steps": []}', "json", "script.unknown_step", "1"),
        ("| step | at |\n| anwser | naam |", "md", "script.unknown_step", "2"),
        ("| step | at |\n| expect colour | naam |", "md", "script.unknown_step", "2"),
        ("| step | at | value |\n| answer | | x |", "md", "script.place_needed", "2"),
        ("| step | value |\n| now | gisteren |", "md", "script.value", "2"),
        ("| step | value |\n| seed | veel |", "md", "script.value", "2"),
        ("| step | value |\n| zone | Mars/Olympus |", "md", "script.value", "2"),
        ("| step | at | value |\n| answer | naam | x |\n| seed | | 3 |", "md", "script.too_late", "3"),
        ("[" * 100_000, "json", "script.unreadable", "1"),
        ("| step |\n" + "| undo |\n" * (MOST_STEPS + 1), "md", "script.too_long", str(MOST_STEPS + 2)),
    ],
)
def test_a_bad_script_has_a_code_and_a_line(text: str, kind: ScriptKind, code: str, line: str | None) -> None:
    with pytest.raises(FormError) as caught:
        read_script(text, kind)
    assert (caught.value.code, caught.value.details.get("line")) == (code, line)


@given(
    st.text(st.sampled_from('|-step atvalue\n{}[]":,') | st.characters(), max_size=80), st.sampled_from(["md", "json"])
)
def test_any_text_is_a_script_or_a_coded_error(text: str, kind: ScriptKind) -> None:
    try:
        assert read_script(f"| step | at | value |\n{text}" if kind == "md" else text, kind).steps is not None
    except FormError as error:
        assert error.code.startswith("script.")


def test_each_step_tells_what_it_changed(form: Form) -> None:
    first, second = run(form, ("answer", "werk", "ja"), ("add", "kind", "2"))
    assert [(each.place, each.what, each.old, each.new) for each in first.changes] == [
        ("werk", "value", "", "ja"),
        ("baan", "relevant", "no", "yes"),
        ("waar", "relevant", "no", "yes"),
        ("jaren", "relevant", "no", "yes"),
    ]
    assert [(each.place, each.what, each.old, each.new) for each in second.changes] == [
        ("kind", "rows", "0", "2"),
        ("aantal", "value", "0", "2"),
    ]


def test_expectations_that_hold_say_nothing(form: Form) -> None:
    steps = [
        ("expect relevant", "waar", "no"),
        ("expect problems", "", "naam"),
        ("answer", "naam", "Amina"),
        ("expect changed", "", "naam"),
        ("answer", "${werk}", "ja"),
        ("expect relevant", "/data/gezin/baan/waar", "yes"),
        ("expect required", "waar", "yes"),
        ("expect readonly", "aantal", "ja"),
        ("expect label", "naam", "Uw naam?"),
        ("expect hint", "naam", "Zo noemen we u."),
        ("expect choices", "werk", "ja, nee"),
        ("expect problem", "waar", "forms.required"),
        ("expect problem", "werk", "none"),
        ("add", "kind"),
        ("answer", "kind/roepnaam", "Sami"),
        ("answer", "kind[1]/taal", "ti"),
        ("answer", "/data/gezin/taal", "nl"),
        ("expect value", "kind[1]/taal", "ti"),
        ("expect value", "/data/gezin/taal", "nl"),
        ("expect count", "kind", "1"),
        ("expect progress", "gezin", "5 of 7"),
        ("expect true", "", "${aantal} = 1"),
        ("expect true", "kind[1]/roepnaam", "position(../..) = 1 or . = 'Sami'"),
        ("expect language", "", "nl"),
        ("language", "", "ar"),
        ("expect language", "", "ar"),
        ("expect label", "werk", "هل تعمل؟"),
        ("answer", "jaren", "70"),
        ("expect problem", "", "forms.constraint"),
        ("answer", "jaren", "70"),
        ("expect message", "", "أقل من 60."),
        ("go to", "waar", ""),
        ("expect here", "waar", ""),
        ("remove", "kind[1]", ""),
        ("expect count", "kind", "0"),
        ("undo", "", ""),
        ("expect value", "kind[1]/roepnaam", "Sami"),
        ("clear", "naam", ""),
        ("expect problems", "", "naam, waar"),
        ("expect problems", "", "2"),
    ]
    assert failures(form, *steps) == []


_REGISTER = """
| survey |
| | type | name | label | save_to |
| | text | naam | Name | full_name |
| | begin_repeat | kind | Child | |
| | text | roepnaam | Name | children#called |
| | end_repeat | | | |
| entities |
| | list_name | label | create_if |
| | people | ${naam} | ${naam} != '-' |
| | children | ${roepnaam} | |
"""


def test_a_script_tells_which_entities_the_record_makes() -> None:
    register = form_of(_REGISTER.replace("| full_name |", "| people#full_name |"))
    steps = [
        ("expect entities", "", "create people uuid"),
        ("answer", "naam", "Amina"),
        ("add", "kind", "2"),
        ("answer", "kind[2]/roepnaam", "Sami"),
    ]
    failed = failures(register, *steps, ("expect entities", "", "create people Amina;  create children Sami"))
    assert [" ".join(failure.found.split()[:2]) for failure in failed] == ["create people", "create people"]
    assert failed[0].found.endswith("(forms.entity_label)")
    assert failed[1].found.endswith("(forms.entity_label); create children Sami")
    assert failures(register, ("answer", "naam", "-"), ("expect entities", "", "none")) == []
    assert failures(register, ("answer", "naam", "Amina"), ("expect entities", "", "create people Amina")) == []


@pytest.mark.parametrize(
    ("step", "failure"),
    [
        (("expect value", "naam", "x"), Failure("x", "")),
        (("expect relevant", "waar", "yes"), Failure("yes", "no")),
        (("expect required", "naam", "no"), Failure("no", "yes")),
        (("expect readonly", "naam", "yes"), Failure("yes", "no")),
        (("expect label", "naam", "Uw **naam**?"), Failure("Uw **naam**?", "Uw naam?")),
        (("expect hint", "werk", "x"), Failure("x", "")),
        (("expect guidance", "werk", "x"), Failure("x", "")),
        (("expect choices", "werk", "nee, ja"), Failure("nee, ja", "ja, nee")),
        (("expect count", "kind", "1"), Failure("1", "0")),
        (("expect problem", "", "forms.type"), Failure("forms.type", "none")),
        (("expect problem", "naam", "none"), Failure("none", "forms.required")),
        (("expect message", "", "x"), Failure("x", "")),
        (("expect problems", "", "none"), Failure("none", "naam")),
        (("expect problems", "", "3"), Failure("3", "1 (naam)")),
        (("expect progress", "", "1/3"), Failure("1 of 3", "0 of 3")),
        (("expect changed", "", "naam"), Failure("naam", "none")),
        (("expect here", "werk", ""), Failure("werk", "naam")),
        (("expect language", "", "ar"), Failure("ar", "nl")),
        (("expect true", "", "1 = 2"), Failure("true", "false")),
        (("expect entities", "", "create people A"), Failure("create people A", "none")),
    ],
)
def test_each_expectation_can_fail_and_shows_both_values(form: Form, step: Sequence[str], failure: Failure) -> None:
    assert failures(form, step) == [failure]


def test_the_list_above_leaves_no_expectation_out() -> None:
    marks = next(
        mark
        for mark in test_each_expectation_can_fail_and_shows_both_values.pytestmark  # type: ignore[attr-defined]  # set by pytest
        if mark.name == "parametrize"
    )
    assert {step[0] for step, _ in marks.args[1]} == {f"expect {name}" for name in EXPECTATIONS}


def test_a_refusal_that_nobody_expects_is_a_failure(form: Form) -> None:
    done = run(form, ("answer", "werk", "ja"), ("answer", "jaren", "70"), ("expect value", "jaren", ""))[1]
    assert done.failure == Failure("accepted", "forms.constraint")
    assert done.message == "Minder dan 60."
    assert done.refused is not None


def test_an_answer_to_what_is_not_asked_is_marked(form: Form) -> None:
    assert [done.unasked for done in run(form, ("answer", "waar", "Emmen"), ("answer", "naam", "A"))] == [True, False]


def test_clock_and_properties_come_from_the_script(form: Form) -> None:
    text = """| step | at | value |
    | now | | 2026-03-01T23:30 |
    | property | username | a.jansen |
    | expect value | vandaag | 2026-03-01 |
    | expect value | wie | a.jansen |
    | now | | 2027-01-02 |
    | expect true | | today() = date('2027-01-02') |
    """
    held = ScriptRun(form, read_script(text, "md"), english)
    assert [done.failure for done in held.steps()] == [None] * 4


def test_without_a_clock_every_run_is_at_the_same_moment(form: Form) -> None:
    assert failures(form, ("expect value", "vandaag", "2026-01-01")) == []


def test_the_option_goes_before_the_script(form: Form) -> None:
    script = read_script("| step | at | value |\n| now | | 2026-03-01 |\n| expect value | vandaag | 2027-05-05 |", "md")
    held = ScriptRun(form, script, english, datetime(2027, 5, 5, 12, tzinfo=UTC), 3)
    assert [done.failure for done in held.steps()] == [None]
    assert held.seed == 3


def test_a_language_of_a_catalogue_translates_what_the_form_does_not_say(form: Form) -> None:
    assert failures(form, ("language", "", "en"), ("expect label", "werk", "Do you work?")) == []


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (("answer", "niets", "x"), "script.unknown_place"),
        (("answer", "naam/werk", "x"), "script.unknown_place"),
        (("answer", "naam werk", "x"), "script.unknown_place"),
        (("answer", "taal", "x"), "script.two_places"),
        (("answer", "kind/roepnaam", "x"), "script.which_row"),
        (("answer", "kind[1]/roepnaam", "x"), "script.which_row"),
        (("answer", "kind", "x"), "script.which_row"),
        (("remove", "kind", ""), "script.which_row"),
        (("expect true", "kind", "true()"), "script.which_row"),
        (("add", "naam", ""), "script.no_repeat"),
        (("add", "kind", "veel"), "script.value"),
        (("add", "kind", "1000000"), "script.value"),
        (("remove", "naam", ""), "forms.fixed_repeat"),
        (("undo", "", ""), "script.nothing_to_undo"),
        (("language", "", "xx"), "forms.unknown_language"),
        (("go to", "waar", ""), "forms.not_asked"),
        (("expect relevant", "naam", "maybe"), "script.value"),
        (("expect progress", "", "half"), "script.value"),
        (("expect true", "", "1 +"), "form.syntax"),
        (("expect true", "", "${niets} = 1"), "form.unknown_name"),
        (("expect count", "naam", "1"), "script.no_repeat"),
    ],
)
def test_a_step_that_cannot_be_taken_stops_the_run(form: Form, step: Sequence[str], code: str) -> None:
    assert code_of(form, ("answer", "naam", "Amina"), ("undo", "", ""), step) == code


def test_a_name_or_step_that_is_not_there_is_told_with_the_nearest_one(form: Form) -> None:
    with pytest.raises(FormError) as place:
        run(form, ("answer", "kind[1]/roepnam", "x"))
    with pytest.raises(FormError) as step:
        run(form, ("expect valeu", "naam", "x"))
    assert (place.value.details["near"], step.value.details["near"]) == ("roepnaam", "expect value")


def test_two_runs_give_the_same(form: Form) -> None:
    steps = (("add", "kind", "3"), ("remove", "kind[2]", ""), ("add", "kind", ""), ("answer", "kind[3]/taal", "ti"))
    assert run(form, *steps) == run(form, *steps)


STEPS = st.tuples(
    st.sampled_from(sorted(VERBS)), st.sampled_from(["naam", "kind", "kind[1]", "", "/data", "x["]), st.text(max_size=5)
)


@given(st.lists(STEPS, max_size=8))
def test_random_steps_end_or_stop_with_a_code(steps: list[tuple[str, str, str]]) -> None:
    try:
        run(family(), *steps)
    except FormError as error:
        assert error.code.startswith(("script.", "form.", "forms."))
