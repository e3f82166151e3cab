"""The language a session speaks, and the place it is at."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms import Form, FormError, Session
from desktop.forms.model.addresses import find
from tests.unit.forms.forms_for_tests import everything, form_of, hold, recompute

TWO = """
| survey |
| | type | name | label::Nederlands (nl) | label::العربية (ar) | relevant | calculation |
| | begin_group | over | Over u | عنك |
| | select_one ja_nee | werk | Werkt u? | هل تعمل؟ |
| | text | waar | Waar? | أين؟ | ${werk} = 'ja' |
| | calculate | gezegd | | | | jr:choice-name(${werk}, '${werk}') |
| | calculate | lengte | | | | string-length(${gezegd}) |
| | begin_repeat | taal | Taal | لغة |
| | text | naam | Welke? | ما هي؟ |
| | end_repeat |
| | end_group |
| choices |
| | list_name | name | label::Nederlands (nl) | label::العربية (ar) |
| | ja_nee | ja | Ja | نعم |
| | ja_nee | nee | Nee | لا |
| settings |
| | form_id | default_language | name |
| | twee | Nederlands (nl) | data |
"""
WORK = "/data/over/werk"


@pytest.fixture
def session() -> Session:
    return hold(form_of(TWO))


def test_a_session_starts_in_the_default_language_of_its_form(session: Session) -> None:
    assert session.language == "Nederlands (nl)"
    assert session.text(WORK).text == "Werkt u?"


def test_texts_and_choices_come_in_the_language_that_was_set(session: Session) -> None:
    session.set_language("ar")
    assert session.text(WORK).text == "هل تعمل؟"
    assert [choice.text for choice in session.choices(WORK)] == ["نعم", "لا"]
    assert session.text(WORK, "label", lambda text: text, "nl").text == "Werkt u?"
    assert session.text(WORK).text == "هل تعمل؟"


def test_calculations_that_use_a_label_follow_the_language(session: Session) -> None:
    session.answer(WORK, "ja")
    assert session.state("/data/over/gezegd").value == "Ja"
    outcome = session.set_language("ar")
    assert outcome.changed == ("/data/over/gezegd", "/data/over/lengte")
    assert session.state("/data/over/gezegd").value == "نعم"
    assert session.state("/data/over/lengte").value == "3"


def test_undo_takes_back_a_change_of_language_with_all_it_did(session: Session) -> None:
    session.answer(WORK, "ja")
    before = everything(session)
    session.set_language("ar")
    assert session.undo().accepted
    assert session.language == "Nederlands (nl)"
    assert everything(session) == before
    session.undo()
    assert session.state(WORK).value == ""


def test_a_language_the_form_does_not_speak_is_refused_unless_it_is_translated(session: Session) -> None:
    with pytest.raises(FormError) as caught:
        session.set_language("ti")
    assert caught.value.code == "forms.unknown_language"
    assert session.language == "Nederlands (nl)"
    session.set_language("en", {"Werkt u?": "Do you work?"}.get)
    assert session.text(WORK).text == "Do you work?"


def test_one_is_at_the_first_question_until_one_goes_elsewhere(session: Session) -> None:
    assert session.here == WORK
    assert session.go_to("/data/over").node.kind == "group"
    assert session.here == "/data/over"


@pytest.mark.parametrize(
    ("ref", "code"),
    [
        ("/data/over/waar", "forms.not_asked"),
        ("/data/over/gezegd", "forms.not_asked"),
        ("/data/meta/instanceID", "forms.not_asked"),
        ("/data/over/niets", "forms.unknown_ref"),
        ("/data/over/taal[00]", "forms.unknown_ref"),
        ("", "forms.unknown_ref"),
    ],
)
def test_one_cannot_go_to_what_is_not_asked(session: Session, ref: str, code: str) -> None:
    with pytest.raises(FormError) as caught:
        session.go_to(ref)
    assert caught.value.code == code
    assert session.here == WORK


def test_when_the_place_is_gone_one_is_at_the_part_around_it(session: Session) -> None:
    session.answer(WORK, "ja")
    session.go_to("/data/over/waar")
    session.answer(WORK, "nee")
    assert session.here == "/data/over"
    session.answer(WORK, "ja")
    assert session.here == "/data/over/waar"
    row, _ = session.add_repeat("/data/over/taal")
    session.go_to(f"{row}/naam")
    session.remove_repeat(row)
    assert session.here == "/data/over/taal"


def test_undo_does_not_move(session: Session) -> None:
    session.answer(WORK, "ja")
    session.go_to("/data/over")
    session.undo()
    assert session.here == "/data/over"


def test_a_language_without_a_tag_leaves_library_lists_as_they_are_written() -> None:
    form = form_of("| survey |\n| | type | name | label |\n| | select_one landen | land | Welk land? |")
    session = hold(form)
    assert session.language == ""
    session.set_language("default")
    assert {choice.value: choice.text for choice in session.choices("/data/land")}["NL"] == "Nederland"


@cache
def two() -> Form:
    """Return the form in two languages, read once."""
    return form_of(TWO)


STEPS = st.lists(st.sampled_from(["ja", "nee", "blank", "nl", "ar", "add", "remove", "go"]), max_size=20)


def take(session: Session, step: str) -> None:
    """Do one thing that a caseworker can do."""
    rows = session.instances("/data/over/taal")
    if step in {"nl", "ar"}:
        session.set_language(step)
    elif step == "add":
        session.add_repeat("/data/over/taal")
    elif step == "go":
        session.go_to(session.questions()[-1])
    elif step == "remove" and rows:
        session.remove_repeat(rows[0])
    elif step in {"ja", "nee", "blank"}:
        session.answer(WORK, step.removeprefix("blank"))


@given(STEPS)
def test_undo_goes_back_through_answers_rows_and_languages_alike(steps: list[str]) -> None:
    session = hold(two())
    before = []
    for step in steps:
        state = (everything(session), session.language)
        depth = len(session._undo)
        take(session, step)
        if len(session._undo) > depth:
            before.append(state)
        assert session._validator.is_shown(find(session.form, session._model.root, session.here))
    for state in reversed(before):
        assert session.undo().accepted
        assert (everything(session), session.language) == state
    assert not session.undo().accepted


@given(STEPS)
def test_what_follows_the_language_is_what_computing_everything_anew_gives(steps: list[str]) -> None:
    session = hold(two())
    for step in steps:
        take(session, step)
    found = everything(session)
    recompute(session)
    assert everything(session) == found
