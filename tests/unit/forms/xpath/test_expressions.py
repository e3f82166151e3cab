"""Cases written from XPath 1.0 and the ODK XForms specification (sections in the names)."""

import math

import pytest

from desktop.forms import FormError, Session
from tests.unit.forms.forms_for_tests import hold, xform

_MODEL = (
    "<instance><data id='t'><a>3</a><b>4.5</b><name>Amina</name><blank/><day>2026-03-01</day><many>x y z</many>"
    "<list><v>1</v><v>2</v><v>3</v></list><point>52.1 4.3 0 0</point></data></instance>"
    "<instance id='towns'><root>"
    "<item><name>hlm</name><label>Haarlem</label><land>NL</land><size>160</size></item>"
    "<item><name>asm</name><label>Asmara</label><land>ER</land><size>960</size></item>"
    "<item><name>ams</name><label>Amsterdam</label><land>NL</land><size>930</size></item>"
    "</root></instance>"
)


@pytest.fixture(scope="module")
def session() -> Session:
    return hold(xform(_MODEL))


NUMBERS = {
    "1 + 2 * 3 - 4 div 2": 5.0,
    "7 mod 3": 1.0,
    "-7 mod 3": -1.0,
    "- - 3": 3.0,
    "/data/a + /data/b": 7.5,
    "number('12')": 12.0,
    "number('  -1.5 ')": -1.5,
    "number('1970-01-02T00:00:00.000Z')": 1.0,
    "count(/data/list/v)": 3.0,
    "count(/data/list/*)": 3.0,
    "count(//v)": 3.0,
    "count(/data/list/v[. > 1])": 2.0,
    "count(/data/list/v[position() = last()])": 1.0,
    "sum(/data/list/v)": 6.0,
    "min(/data/list/v)": 1.0,
    "max(/data/list/v)": 3.0,
    "max(1, 5, 3)": 5.0,
    "count-non-empty(/data/*[self::a or self::blank])": 1.0,
    "int(-1.9)": -1.0,
    "round(2.5)": 3.0,
    "round(-2.5)": -2.0,
    "round(1.256, 2)": 1.26,
    "round(1234, -2)": 1200.0,
    "floor(1.9)": 1.0,
    "ceiling(1.1)": 2.0,
    "abs(-3)": 3.0,
    "pow(2, 10)": 1024.0,
    "sqrt(9)": 3.0,
    "log10(1000)": 3.0,
    "exp(0)": 1.0,
    "string-length('été')": 3.0,
    "count-selected(/data/many)": 3.0,
    "decimal-date-time('1970-01-01T12:00:00.000Z')": 0.5,
    "decimal-time('18:00:00.000+01:00')": 0.75,
    "count(instance('towns')/root/item[land = 'NL'])": 2.0,
    "count(instance('towns')/root/item[size > 900])": 2.0,
    "count(instance('towns')/root/item[land = 'NL' and size > 900])": 1.0,
    "coalesce('', /data/a) + 1": 4.0,
    "position(/data/list/v[. = 3])": 3.0,
    "distance('0 0;0 1')": 111318.85,
}

TEXTS = {
    "concat('a', /data/a, /data/list/v)": "a3123",
    "join(' ', /data/list/v)": "1 2 3",
    "substr('hello', 1, 3)": "el",
    "substr('hello', -2)": "lo",
    "substring-before('1999/04', '/')": "1999",
    "substring-after('1999/04', '/')": "04",
    "translate('bar', 'abc', 'AB')": "BAr",
    "normalize-space('  a   b ')": "a b",
    "string(1 div 3)": "0.3333333333333333",
    "string(100000000000)": "100000000000",
    "string(1e-7)": "0.0000001",
    "string(1 div 0)": "Infinity",
    "string(0 div 0)": "NaN",
    "if(/data/a = 3, 'yes', 'no')": "yes",
    "coalesce('', 'x')": "x",
    "selected-at(/data/many, 1)": "y",
    "selected-at(/data/many, 9)": "",
    "instance('towns')/root/item[name = 'ams']/label": "Amsterdam",
    "instance('towns')/root/item[land = 'NL'][2]/label": "Amsterdam",
    "instance('towns')/root/item[size = 960]/label": "Asmara",
    "pulldata('towns', 'label', 'name', 'hlm')": "Haarlem",
    "format-date(/data/day, '%d/%m/%Y %e %n %y %b %a')": "01/03/2026 1 3 26 Mar Sun",
    "format-date-time('2026-03-01T09:05:07.250+01:00', '%H:%M:%S.%3')": "09:05:07.250",
    "format-date('', '%Y')": "",
    "string(today())": "2026-11-22",
    "string(date('2026-03-27') + 0)": "20538.958333333332",
    "string(date(today() + 7))": "2026-11-29",
    "string(date(date('2026-03-28') + 2))": "2026-03-30",
    "string(date(date('2026-10-24') + 2))": "2026-10-26",
    "digest('abc', 'SHA-256', 'hex')": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "base64-decode('YWJj')": "abc",
    "name(/data/a)": "a",
}

TRUTHS = {
    "/data/a = 3": True,
    "/data/a = '3'": True,
    "/data/list/v = 2": True,
    "/data/list/v != 2": True,
    "not(/data/list/v = 9)": True,
    "/data/day < '2026-03-02'": True,
    "/data/day = '2026-03-01'": True,
    "today() > /data/day": True,
    "false() < /data/blank": True,
    "/data/blank > true()": False,
    "/data/blank = ''": True,
    "number(/data/blank) = number(/data/blank)": False,
    "boolean('false')": True,
    "boolean-from-string('false')": False,
    "boolean-from-string(1)": True,
    "selected(/data/many, 'y')": True,
    "selected(/data/many, 'x y')": False,
    "contains('abc', 'b') and starts-with('abc', 'a') and ends-with('abc', 'c')": True,
    "regex('b12', '[a-z][0-9]+')": True,
    "regex('ü', '^\\p{L}$')": True,
    "regex('a-ü', '^[\\p{L}-]+$')": True,
    "checklist(1, 2, true(), false(), 1 = 1)": True,
    "weighted-checklist(3, -1, true(), 2, true(), 1)": True,
    "geofence('0.5 0.5 0 0', '0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0')": True,
}


@pytest.mark.parametrize("expression", NUMBERS)
def test_numbers(session: Session, expression: str) -> None:
    assert session.evaluate(f"number({expression})") == pytest.approx(NUMBERS[expression])


@pytest.mark.parametrize("expression", TEXTS)
def test_texts(session: Session, expression: str) -> None:
    assert session.evaluate(expression) == TEXTS[expression]


@pytest.mark.parametrize("expression", TRUTHS)
def test_truths(session: Session, expression: str) -> None:
    assert session.evaluate(f"boolean({expression})") is TRUTHS[expression]


def test_only_the_branch_that_is_chosen_runs(session: Session) -> None:
    assert session.evaluate("if(true(), 'safe', uuid(-5))") == "safe"
    with pytest.raises(FormError, match=r"form\.value"):
        session.evaluate("if(false(), 'safe', uuid(-5))")


def test_once_keeps_what_is_there(session: Session) -> None:
    assert session.evaluate("once('new')", "/data/name") == "Amina"
    assert session.evaluate("once('new')", "/data/blank") == "new"


def test_uuid_has_the_shape_of_version_4_and_follows_the_random_source() -> None:
    first, again = (hold(xform(_MODEL), seed=7).evaluate("uuid()") for _ in range(2))
    assert first == again
    assert str(first)[14] == "4"


def test_a_seeded_shuffle_is_the_same_everywhere(session: Session) -> None:
    once = session.evaluate("join(',', randomize(/data/list/v, 42))")
    assert once == session.evaluate("join(',', randomize(/data/list/v, 42))")
    assert sorted(str(once).split(",")) == ["1", "2", "3"]


def test_arithmetic_follows_ieee_754(session: Session) -> None:
    assert session.evaluate("-1 div 0") == -math.inf
    assert math.isnan(float(session.evaluate("0 div 0")))
    assert math.isnan(float(session.evaluate("5 mod 0")))
    assert session.evaluate("number('abc') > 1") is False


BROKEN = {
    "nonsense(1)": "form.unknown_function",
    "count(1)": "form.nodeset_expected",
    "count()": "form.arguments",
    "substr('a')": "form.arguments",
    "weighted-checklist(1, 2, 3)": "form.arguments",
    "/data/nowhere": "form.unknown_node",
    "/other/a": "form.unknown_node",
    "../a": "form.unknown_node",
    "instance('nowhere')/root/item": "form.unknown_instance",
    "instance(/data/a)/root": "form.instance_name",
    "instance('towns')/root/item[colour = 'red']": "form.unknown_column",
    "${nobody} = 1": "form.unknown_name",
    "/data/*[foo:bar]": "form.unknown_prefix",
    "regex('a', '(')": "form.regex",
    "/data/a/namespace::x": "form.unsupported_axis",
    "1 +": "form.syntax",
}


@pytest.mark.parametrize("expression", BROKEN)
def test_mistakes_have_a_code_at_compile_time_or_when_run(session: Session, expression: str) -> None:
    with pytest.raises(FormError) as caught:
        session.evaluate(expression)
    assert caught.value.code == BROKEN[expression]
