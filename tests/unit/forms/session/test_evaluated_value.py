"""What an expression gives, for people who look at it."""

import math

import pytest

from desktop.forms import Session
from tests.unit.forms.forms_for_tests import hold, xform

_FORM = xform(
    "<instance><data id='t' version='3'><a>7</a><day>2026-03-01</day><r jr:template=''><c/></r></data></instance>"
    "<instance id='list'><root><item code='x'>one</item><item>two</item></root></instance>",
    "<input ref='/data/a'/><group><repeat nodeset='/data/r'><input ref='/data/r/c'/></repeat></group>",
)


@pytest.fixture
def session() -> Session:
    return hold(_FORM)


@pytest.mark.parametrize(
    ("expression", "kind", "text", "value"),
    [
        ("'x'", "text", "x", "x"),
        ("1 + 1", "number", "2", 2.0),
        ("1 = 1", "truth", "true", True),
        ("date('2026-03-02')", "date", "2026-03-02", "2026-03-02"),
        ("/data/a", "nodes", "7", "7"),
        ("/data/r", "nodes", "", ""),
    ],
)
def test_a_value_has_its_type_and_its_text(
    session: Session, expression: str, kind: str, text: str, value: object
) -> None:
    found = session.look_at(expression)
    assert (found.type, found.text) == (kind, text)
    assert session.evaluate(expression) == value


def test_what_is_not_a_number_says_so(session: Session) -> None:
    assert math.isnan(float(session.evaluate("number('x')")))
    assert session.look_at("number('x')").text == "NaN"


@pytest.mark.parametrize(
    ("expression", "nodes"),
    [
        ("/data/*[self::a or self::day]", (("/data/a", "7"), ("/data/day", "2026-03-01"))),
        ("/data/@version", (("/data/@version", "3"),)),
        ("instance('list')/root/item[2]", (("/h:html/h:head/model/instance/root/item", "two"),)),
        ("instance('list')/root/item/@code", (("/h:html/h:head/model/instance/root/item/@code", "x"),)),
        ("instance('list')/root/item[1]/text()", (("/h:html/h:head/model/instance/root/item", "one"),)),
        ("/data/r[3]", ()),
    ],
)
def test_nodes_come_with_their_address_and_text(
    session: Session, expression: str, nodes: tuple[tuple[str, str], ...]
) -> None:
    assert session.look_at(expression).nodes == nodes


def test_a_node_of_a_row_has_the_address_of_the_row(session: Session) -> None:
    row, _ = session.add_repeat("/data/r")
    session.answer(f"{row}/c", "z")
    assert session.look_at("/data/r/c").nodes == ((f"{row}/c", "z"),)
    assert session.look_at("../a", row).nodes == (("/data/a", "7"),)


def test_a_compiled_expression_is_used_again(session: Session) -> None:
    compiled = session.form.compile("${a} + 1")
    assert session.evaluate(compiled) == 8
    session.answer("/data/a", "8")
    assert session.evaluate(compiled) == 9
