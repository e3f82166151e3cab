import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.errors import FormError
from desktop.forms.xpath.syntax import DEEPEST, Binary, Call, Literal, Number, Path, parse
from desktop.forms.xpath.tokens import LONGEST

_PIECES = ("/", "//", ".", "..", "*", "@", "(", ")", "[", "]", ",", "|", "=", "!=", "<", ">=", "+", "-", " and ", "or")
_WORDS = (
    "a",
    "div",
    "mod",
    "child::",
    "node()",
    "'x'",
    '"',
    "1",
    ".5",
    "1e3",
    "count(",
    "if(",
    "${a}",
    "é",
    "\x00",
    " ",
)


def test_a_star_is_an_operator_only_behind_an_operand() -> None:
    assert parse("2 * 3") == Binary("*", Number(2.0), Number(3.0))
    assert isinstance(parse("*"), Path)
    assert isinstance(parse("* * *"), Binary)


def test_names_of_operators_are_names_where_an_operand_is_expected() -> None:
    tree = parse("div div mod")
    assert isinstance(tree, Binary)
    assert tree.operator == "div"
    assert isinstance(tree.left, Path)
    assert tree.left.steps[0].test == "div"


def test_operators_bind_as_the_recommendation_says() -> None:
    tree = parse("1 + 2 * 3 = 7 and true() or false()")
    assert isinstance(tree, Binary)
    assert tree.operator == "or"
    assert isinstance(tree.left, Binary)
    assert tree.left.operator == "and"


def test_a_call_keeps_its_place_for_messages() -> None:
    tree = parse("1 + count(a)")
    assert isinstance(tree, Binary)
    assert isinstance(tree.right, Call)
    assert tree.right.position == 4


def test_quotes_may_hold_the_other_quote() -> None:
    assert parse('"it\'s"') == Literal("it's")


@pytest.mark.parametrize("expression", ["", "1 +", "(1", "a[", "'open", "a b", "1 2", "count(,)", "foo::a", "$a", "1)"])
def test_what_is_not_an_expression_is_refused_with_its_position(expression: str) -> None:
    with pytest.raises(FormError) as caught:
        parse(expression)
    assert caught.value.code == "form.syntax"
    assert 0 <= int(caught.value.details["position"]) <= len(expression)


def test_a_stray_character_behind_many_spaces_is_refused_at_once() -> None:
    with pytest.raises(FormError) as caught:
        parse("1" + " " * (LONGEST - 2) + "#")
    assert caught.value.details["position"] == "1"


def test_deep_nesting_is_refused_and_does_not_exhaust_the_stack() -> None:
    assert parse("(" * DEEPEST + "1" + ")" * DEEPEST) == Number(1.0)
    with pytest.raises(FormError, match=r"form\.too_deep"):
        parse("(" * 5_000 + "1" + ")" * 5_000)


def test_long_chains_and_long_texts_end_quickly() -> None:
    assert isinstance(parse(" + ".join(["1"] * 500)), Binary)
    with pytest.raises(FormError, match=r"form\.too_long"):
        parse("1" * (LONGEST + 1))


@pytest.mark.parametrize("inner", ["-(a)[{}]", "a[{}]", "f({})/a", "f(a, {})", "(f(1)[{}])/a"])
def test_a_tree_too_deep_to_walk_is_refused_whatever_it_is_made_of(inner: str) -> None:
    """Each level joins six operators, so brackets alone would let many more through."""
    level = f"1 or 1 and 1 = 1 < 1 + 1 * {inner}"

    def nested(depth: int) -> str:
        return level.format(nested(depth - 1)) if depth else "1"

    assert isinstance(parse(nested(15)), Binary)
    with pytest.raises(FormError, match=r"form\.too_deep"):
        parse(nested(29))


@given(st.lists(st.sampled_from(_PIECES + _WORDS), max_size=30).map("".join))
def test_any_mixture_of_tokens_parses_or_is_refused_with_a_code(expression: str) -> None:
    try:
        parse(expression)
    except FormError as error:
        assert error.code in {"form.syntax", "form.too_deep"}


@given(st.text(max_size=60))
def test_any_text_parses_or_is_refused_with_a_code(expression: str) -> None:
    try:
        parse(expression)
    except FormError as error:
        assert error.code in {"form.syntax", "form.too_deep"}


@pytest.mark.parametrize(
    "expression",
    [
        "/data/a",
        "/data/a[1]/b",
        "/data/text()",
        "/data/descendant::b",
        "/data/x:a/*",
        "/data//a/@b",
        "/data/a div /data/b-c",
        "/data/and and /data/or",
        "instance('list')/root/item[name = /data/a/b]/label",
        "../a/b | ./c/d",
    ],
)
def test_a_path_means_the_same_however_it_is_spaced(expression: str) -> None:
    spaced = re.sub(r"//|/", lambda found: f" {found[0]} ", expression)
    assert _without_positions(parse(spaced)) == _without_positions(parse(expression))


def _without_positions(tree: object) -> object:
    if isinstance(tree, Call):
        return (tree.name, *map(_without_positions, tree.arguments))
    return (type(tree), *map(_without_positions, tree)) if isinstance(tree, tuple) else tree
