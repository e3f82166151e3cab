"""Edges of the function library: blank, broken and infinite arguments (XPath 1.0 and the ODK XForms specification)."""

import math

import pytest

from desktop.forms import FormError, Session
from tests.unit.forms.forms_for_tests import hold, xform

_MODEL = (
    "<instance><data id='t' xml:lang='nl-BE' version='1'><a>3</a><blank/><point>52 4 0 0</point>"
    "<list><v id='one'>1</v><v id='two'>2</v><v>3</v></list><deep><b><c>x</c></b><d/></deep></data></instance>"
    "<instance id='towns'><root><item code='h'><name>hlm</name><label>Haarlem</label></item>"
    "<item code='a'><name>asm</name></item></root></instance>"
)

NUMBERS = {
    "floor(-1 div 0)": -math.inf,
    "ceiling(-1 div 0)": -math.inf,
    "floor(1 div 0)": math.inf,
    "round(-1 div 0)": -math.inf,
    "round(2.5, 1 div 0)": 2.5,
    "round(2.5, 400)": 2.5,
    "round(25, 308)": 25.0,
    "round(2.5, -400)": 0.0,
    "int(1 div 0)": math.inf,
    "log(0)": -math.inf,
    "log10(0)": -math.inf,
    "exp(1000)": math.inf,
    "exp10(2)": 100.0,
    "pow(-10, 1001)": -math.inf,
    "pow(2, -1)": 0.5,
    "pow(-10, 1000)": math.inf,
    "pi()": math.pi,
    "count(id('two one'))": 2.0,
    "count(id(/data/list/v/@id))": 2.0,
    "count(/data/list | /data/list)": 1.0,
    "position(/data)": 1.0,
    "position(/data/list/v[2]/@id)": 1.0,
    "5 mod (1 div 0)": 5.0,
    "-(/data/a)": -3.0,
    "- 3": -3.0,
    "distance('0 0', '0 1')": 111318.85,
    "area('0 0;0 1')": 0.0,
    "area('here;there;nowhere')": 0.0,
    "decimal-date-time(2.5)": 2.5,
    "count-selected('')": 0.0,
    "number(/data/list)": 123.0,
    "(1 = 1) + 1": 2.0,
    "count(current())": 1.0,
}
NOT_NUMBERS = (
    "floor('x')",
    "sqrt(-1)",
    "acos(2)",
    "pow(-8, 0.5)",
    "max()",
    "min(1, 'x')",
    "position(/data/list/v[9])",
    "distance('')",
    "distance(/data/list/v[9])",
    "distance('91 0;0 0')",
    "area('')",
    "decimal-time('25:00')",
    "decimal-time('noon')",
    "decimal-time('10:00+25:00')",
    "decimal-date-time('2026-02-30')",
    "date(true())",
    "date(1 div 0)",
    "date(1e12)",
    "(1 div 0) mod 2",
)
TEXTS = {
    "substr('hello', 'x')": "hello",
    "substr('hello', -9, 2)": "he",
    "substr('hello', 1 div 0)": "",
    "substring('12345', 1.5, 2.6)": "234",
    "substring('12345', 0, 3)": "12",
    "substring('12345', 0 div 0, 3)": "",
    "substring('12345', -1 div 0, 1 div 0)": "",
    "substring('12345', -42, 1 div 0)": "12345",
    "substring-before('abc', '')": "",
    "substring-before('abc', 'x')": "",
    "substring-after('abc', '')": "abc",
    "translate('aab', 'aa', 'xy')": "xxb",
    "thousands-sep(1234567.5)": "1,234,567.5",
    "thousands-sep(-1234)": "-1,234",
    "thousands-sep('x')": "NaN",
    "string(/data/list)": "123",
    "concat(if(true(), /data/list/v, 1), '!')": "1!",
    "concat(if(false(), /data/list/v, 1), '!')": "1!",
    "if(true(), true(), 'x')": "true",
    "join(' ', /data/list/v | /data/list/v/@id)": "1 one 2 two 3",
    "join(' ', /data/list/v[. > 1][. < 3])": "2",
    "join(' ', /data/list/v[if(true(), true(), 1)])": "1 2 3",
    "join(' ', /data/list/v[if(true(), today(), true())])": "1 2 3",
    "join(',')": "",
    "upper-case('ß') ": "SS",
    "if(true(), /data/list/v, /data/a)": "1",
    "if(false(), 1, /data/a)": "3",
    "coalesce(number('x'), true())": "true",
    "coalesce('', /data/blank)": "",
    "selected-at('a b', -1)": "",
    "selected-at('a b', 'x')": "",
    "format-date('nonsense', '%Y')": "",
    "format-date(0, '%Y %q')": "1970 %q",
    "format-date('2026-03-01', '100%%')": "100%",
    "string(date(''))": "",
    "string(date(0.00001))": "1970-01-01T01:00:00.864+01:00",
    "string(date('nonsense'))": "Invalid Date",
    "string(date('2'))": "1970-01-03T01:00:00.000+01:00",
    "string(date('2026-03-01T10:00Z'))": "2026-03-01T11:00:00.000+01:00",
    "string(date(date('2026-03-01')))": "2026-03-01",
    "format-date-time(date('2026-03-01T10:00-02:30'), '%H:%M')": "13:30",
    "base64-decode('=====x')": "",
    "digest('abc', 'MD5', 'hex')": "900150983cd24fb0d6963f7d28e17f72",
    "digest('', 'sha-1')": "2jmj7l5rSw0yVb/vlWAYkK/YBwk=",
    "pulldata('towns', 'label', 'name', 'asm')": "",
    "pulldata('towns', 'name', '@code', 'a')": "asm",
    "pulldata('towns', concat('la', 'bel'), concat('na', 'me'), 'hlm')": "Haarlem",
    "pulldata('towns', 'label', concat('na', 'me'), 'nobody')": "",
    "name(/data/list/v/@id)": "id",
    "local-name(/data/list | /data/a)": "a",
    "name(/data/list/v[9])": "",
    "namespace-uri(/data/a)": "http://www.w3.org/2002/xforms",
    "join(' ', /data/deep/b/c/ancestor::*[1]/following-sibling::*/preceding-sibling::*)": "x",
}
TRUTHS = {
    "lang('nl')": True,
    "lang('nl-be')": True,
    "lang('en')": False,
    "checklist(-1, 0, 'foo')": True,
    "checklist(2, -1, /data/list/v, /data/blank)": True,
    "checklist(1, 1, 5, -1)": True,
    "weighted-checklist(1, 2, true(), /data/a)": False,
    "geofence('', '0 0;0 1;1 1')": False,
    "geofence('0.5 0.5', '')": False,
    "geofence('0.5 5', '0 0;0 1;1 1;1 0')": False,
    "date('nonsense')": False,
    "date('1970-01-01')": True,
    "true() = /data/list/v": True,
    "true() > /data/list/v[9]": True,
    "/data/list/v[9] = /data/a": False,
    "if(true(), 'a', 1) = 'a'": True,
    "if(true(), true(), 1) = if(true(), 'a', 1)": True,
    "if(true(), '', 1)": False,
    "if(true(), 2, '')": True,
    "/data/a <= 3 and /data/a >= 3": True,
    "/data/list/v[if(true(), 2, 'x')] = 2": True,
    "/data/list/v[1.5]": False,
    "/data/list/v[0]": False,
    "regex('a', concat('[', 'a]'))": True,
    "regex('1', '^\\P{L}$')": True,
}
BROKEN = {
    "uuid(0)": "form.value",
    "uuid('x')": "form.value",
    "distance('here')": "form.value",
    "distance('here there')": "form.value",
    "pulldata('gone', 'label', 'name', 'x')": "form.unknown_instance",
    "digest('a', 'SHA-3')": "form.value",
    "digest('a', 'MD5', 'octal')": "form.value",
    "pulldata(/data/a, 'label', 'name', 'x')": "form.instance_name",
    "pulldata('towns', 'label', 'name')": "form.arguments",
    "indexed-repeat(/data/a, /data/list)": "form.arguments",
    "indexed-repeat(/data/a)": "form.arguments",
    "indexed-repeat(/data/a, /data/list, 1, /data/list)": "form.arguments",
    "indexed-repeat(/data/a, /data/list, 1, /data/list, 1, /data/list, 1, /data/list, 1)": "form.arguments",
    "position(1, 2)": "form.arguments",
    "jr:choice-name('x', '/data/a')": "form.no_choices",
    "1 | 2": "form.nodeset_expected",
}


@pytest.fixture(scope="module")
def session() -> Session:
    return hold(xform(_MODEL))


@pytest.mark.parametrize("expression", NUMBERS)
def test_numbers(session: Session, expression: str) -> None:
    assert session.evaluate(f"number({expression})") == pytest.approx(NUMBERS[expression])


@pytest.mark.parametrize("expression", NOT_NUMBERS)
def test_what_is_not_a_number(session: Session, expression: str) -> None:
    assert math.isnan(float(session.evaluate(f"0 + {expression}")))


@pytest.mark.parametrize("expression", TEXTS)
def test_texts(session: Session, expression: str) -> None:
    assert session.evaluate(f"string({expression})") == TEXTS[expression]


@pytest.mark.parametrize("expression", TRUTHS)
def test_truths(session: Session, expression: str) -> None:
    assert session.evaluate(f"boolean({expression})") is TRUTHS[expression]


@pytest.mark.parametrize("expression", BROKEN)
def test_mistakes_have_a_code(session: Session, expression: str) -> None:
    with pytest.raises(FormError) as caught:
        session.evaluate(expression)
    assert caught.value.code == BROKEN[expression]


def test_random_lies_between_nothing_and_one(session: Session) -> None:
    assert 0 <= float(session.evaluate("random()")) < 1


def test_a_shuffle_keeps_every_node_whatever_its_seed_is(session: Session) -> None:
    for seed in ("", ", 0", ", 'x'", ", -7"):
        shuffled = str(session.evaluate(f"join(',', randomize(/data/list/v{seed}))"))
        assert sorted(shuffled.split(",")) == ["1", "2", "3"]


def test_a_short_identifier_has_the_length_asked_for(session: Session) -> None:
    assert len(str(session.evaluate("uuid(12)"))) == 12
