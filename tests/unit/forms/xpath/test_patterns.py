"""Regular expressions give what Python gives, and always end."""

import re
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.forms import FormError
from desktop.forms.xpath.patterns import _Machine, searcher
from tests.examples import examples
from tests.unit.forms.forms_for_tests import hold, xform

_ATOMS = st.sampled_from(
    ["a", "b", ".", "[ab]", "[^a]", r"\d", r"\w", r"\s", "[a-c1]", "^", "$", r"\b", r"\B", "1", "é"]
)
_PATTERNS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(1500), deadline=None)
@given(_PATTERNS, st.text("ab1 _é\n", max_size=8))
def test_the_machine_finds_what_python_finds(pattern: str, text: str) -> None:
    expected = re.search(pattern, text, re.ASCII) is not None
    assert _Machine(import_module("re._parser").parse(pattern, re.ASCII)).found_in(text) == expected
    assert searcher(pattern)(text) == expected


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("^(a+)+$", "a" * 5_000 + "!"),
        ("^(a|aa)+$", "a" * 5_000 + "!"),
        (r"^(\w+\s?)*$", "woord " * 1_000 + "!"),
        (r"^([A-Za-z0-9]+\.)+[A-Za-z]{2,}$", "a." * 2_000 + "!"),
        ("a*a*a*a*b", "a" * 5_000),
        (r"^(([a-z])+.)+[A-Z]([a-z])+$", "a" * 5_000),
        ("(x*)*y", "x" * 5_000),
        ("^(a{1,30}){1,30}$", "a" * 300 + "!"),
        ("^(a|ab|b){40}$", "ab" * 30 + "!"),
    ],
)
def test_a_pattern_that_python_would_not_finish_ends(pattern: str, text: str) -> None:
    assert not searcher(pattern)(text)


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$", "iemand@voorbeeld.test.nl", True),
        (r"^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$", "iemand@voorbeeld", False),
        (r"^\d{4}\s?[A-Z]{2}$", "3811 AB", True),
        (r"(?i)^(nl|be)[0-9]+$", "NL12", True),
        (r"(?i)^([a-z]+\.)+nl$", "Www.Voorbeeld.NL", True),
        (r"(?i)^([^a]+\.)+nl$", "A.nl", False),
        (r"^(?!.*x).+$", "abc", True),
        (r"^(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).+$", "aB1", True),
        (r"^(?=.{1,20}$)([0-9]{1,3}\.){3}[0-9]{1,3}$", "10.0.0.12", True),
        (r"(a)\1", "aa", True),
        ("[[a]", "[", True),
        (r"^a+b+$", "aab", True),
        (r"^a+b+$", "a" * 300 + "b", True),
        (r"(a+)+b", "aab and more", True),
        (r"^(\w+\b ?)+$", "een twee", True),
        (r"^(\w+\B)+$", "een", False),
        (r"(?m)^a+b+$", "x\naabb\ny", True),
        (r"(?s)^a+.b+$", "aa\nbb", True),
        (r"^(?>a+)b+$", "aabb", True),
        (r"^(?>a+)ab+$", "aabb", False),
        (r"^(a)?(?(1)b|c)$", "ab", True),
        (r"^(a)?(?(1)b|c)$", "c", True),
        (r"^(a)?(?(1)b)$", "a", False),
    ],
)
def test_patterns_of_forms_go_on_as_they_did(pattern: str, text: str, *, found: bool) -> None:
    assert searcher(pattern)(text) is found


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "(",
            "[",
            "(a+)+\\1",
            "(?=(a+)+b)x+y+",
            "(a{100}){100}(b+)+",
            "((a{1,50}){1,50})+",
            "(" * 300 + "a" + ")+" * 300,
        ),
        *("(?s)(a+)+b", "(?m)^(a+)+$", "(?>(a+)+b)c", "(aa|b){3000}", "(aa|b){2001,}"),
    ],
)
def test_a_pattern_that_cannot_be_run_within_bounds_is_refused(pattern: str) -> None:
    with pytest.raises(FormError, match=r"form\.regex"):
        searcher(pattern)


def test_an_answer_cannot_stop_an_interview() -> None:
    form = xform(
        "<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' constraint=\"regex(., '^(a+)+$')\"/>"
    )
    session = hold(form)
    assert not session.answer("/data/a", "a" * 2_000 + "!").accepted
    assert session.answer("/data/a", "a" * 2_000).accepted
