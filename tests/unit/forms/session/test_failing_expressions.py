"""What an expression does that fails when it runs: the form goes on, and the node is as if nothing were said of it."""

import pytest

from desktop.forms import ODK, FormError, Session
from tests.unit.forms.forms_for_tests import hold, xform

_FAILS = "uuid(number(/data/a) - 5)"
"""Fails (`form.value`) unless /data/a is above 5."""


def _session(bind: str = "", body: str = "", inside: str = "") -> Session:
    return hold(
        xform(
            f"<instance><data id='t'><a>1</a><b>old</b><r jr:template=''><c/></r>{inside}</data></instance>{bind}",
            f"<input ref='/data/a'/><input ref='/data/b'/>{body}",
        )
    )


@pytest.mark.parametrize(
    ("rule", "value", "relevant", "required", "readonly"),
    [
        (f"calculate='{_FAILS}'", "", True, False, True),
        (f"relevant='{_FAILS}'", "old", True, False, False),
        (f"required='{_FAILS}'", "old", True, False, False),
        (f"readonly='{_FAILS}'", "old", True, False, False),
    ],
)
def test_a_rule_that_fails_says_nothing(
    rule: str, value: str, *, relevant: bool, required: bool, readonly: bool
) -> None:
    state = _session(f"<bind nodeset='/data/b' {rule}/>").state("/data/b")
    assert (state.value, state.relevant, state.required, state.readonly) == (value, relevant, required, readonly)


def test_a_constraint_that_fails_lets_nothing_through() -> None:
    session = _session(f"<bind nodeset='/data/b' constraint='{_FAILS}'/>")
    problem = session.answer("/data/b", "new").problem
    assert problem is not None
    assert problem.code == "forms.constraint"
    session.answer("/data/a", "9")
    assert session.answer("/data/b", "new").accepted


def test_a_count_that_fails_makes_no_instances() -> None:
    session = _session(body=f"<group><repeat nodeset='/data/r' jr:count='number({_FAILS}) * 0 + 2'/></group>")
    assert session.instances("/data/r") == ()


def test_an_action_that_fails_makes_its_node_blank() -> None:
    session = _session(f"<setvalue event='odk-instance-first-load' ref='/data/b' value='{_FAILS}'/>")
    assert session.state("/data/b").value == ""


def test_the_relevance_of_a_repeat_without_instances_fails_open() -> None:
    body = "<group><repeat nodeset='/data/r'><input ref='/data/r/c'/></repeat></group>"
    session = _session(f"<bind nodeset='/data/r' relevant='{_FAILS}'/>", body)
    assert session.state("/data/r").relevant
    with pytest.raises(FormError, match=r"form\.value"):
        session.evaluate(_FAILS)


def test_a_repeat_is_relevant_as_its_instances_are_or_would_be() -> None:
    form = xform(
        "<instance><data id='t'><a/><g><r jr:template=''><c/></r></g></data></instance>"
        "<bind nodeset='/data/g' relevant=\"/data/a != 'none'\"/>"
        "<bind nodeset='/data/g/r' relevant=\"/data/a = 'some' and position(..) != 2\"/>",
        "<input ref='/data/a'/><group ref='/data/g'><repeat nodeset='/data/g/r'><input ref='/data/g/r/c'/></repeat>"
        "</group>",
    )
    session = hold(form)

    def relevant() -> list[bool]:
        found = []
        for answer in ("", "some", "none"):
            session.answer("/data/a", answer)
            found.append(session.is_relevant("/data/g/r"))
            assert session.state("/data/g/r").relevant == found[-1]
            assert session.is_relevant("/data/g") == (answer != "none")
        return found

    assert relevant() == [False, True, False]
    session.add_repeat("/data/g/r")
    assert relevant() == [False, True, False]
    with pytest.raises(FormError, match=r"forms\.unknown_ref"):
        session.is_relevant("/data/nowhere")


def test_an_instance_added_where_nothing_is_asked_is_not_asked_either() -> None:
    form = xform(
        "<instance><data id='t'><a/><g><r><c/></r></g></data></instance>"
        "<bind nodeset='/data/g' relevant='/data/a = 1'/>",
        "<input ref='/data/a'/><group ref='/data/g'><repeat nodeset='/data/g/r'><input ref='/data/g/r/c'/></repeat>"
        "</group>",
    )
    session = hold(form)
    ref, _ = session.add_repeat("/data/g/r")
    assert not session.state(f"{ref}/c").relevant
    session.answer("/data/a", "1")
    assert session.state(f"{ref}/c").relevant


def test_what_waits_for_an_instance_that_a_count_takes_away_is_dropped() -> None:
    form = xform(
        "<instance><data id='t'><n>2</n><r jr:template=''><c/><d/></r></data></instance>"
        "<bind nodeset='/data/r/d' calculate='concat(../c, /data/n)'/>",
        "<input ref='/data/n'/><group><repeat nodeset='/data/r' jr:count='/data/n'><input ref='/data/r/c'/></repeat>"
        "</group>",
    )
    session = hold(form, conventions=ODK)
    _, second = session.instances("/data/r")
    session.answer("/data/n", "1")
    assert [session.state(f"{each}/d").value for each in session.instances("/data/r")] == ["1"]
    session.answer("/data/n", "2")
    assert session.state(f"{second}/d").value == "2"
