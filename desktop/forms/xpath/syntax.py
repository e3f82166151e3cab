"""The syntax tree of an expression, and the parser that builds it (XPath 1.0, section 3)."""

import re
from functools import lru_cache
from typing import NamedTuple, Union

from desktop.forms.errors import FormError
from desktop.forms.xpath.tokens import LONGEST, NAME, Token, tokenise

DEEPEST = 60
"""How deep brackets, predicates and unary signs may be nested."""

DEEPEST_TREE = 160
"""How deep a syntax tree may be, so that it can be compiled and run within Python's stack."""

LONGEST_ROW = 80
"""How many terms one operator may join before their tree is made flat."""

_EVEN = frozenset({"or", "and", "+", "|"})
"""Operators of which a row may be joined in any grouping."""

AXES = frozenset(
    {
        *("ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following"),
        *("following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self"),
    }
)
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_STRENGTH = {sign: strength for strength, signs in enumerate(_LEVELS, start=1) for sign in signs}


class Number(NamedTuple):
    """A number as written."""

    value: float


class Literal(NamedTuple):
    """A text between quotes."""

    text: str


class Binary(NamedTuple):
    """An operator with two operands; also the union `|`."""

    operator: str
    left: "Expression"
    right: "Expression"


class Negation(NamedTuple):
    """A unary minus."""

    operand: "Expression"


class Call(NamedTuple):
    """A function call; `position` is where its name stands."""

    name: str
    arguments: tuple["Expression", ...]
    position: int


class LocationStep(NamedTuple):
    """One location step. `test` is a name, `prefix:name`, `*`, `prefix:*`, or a node type such as `node()`."""

    axis: str
    test: str
    predicates: tuple["Expression", ...] = ()
    argument: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether the step is a child by name, the parent or the node itself, without predicates."""
        if self.predicates:
            return False
        if self.axis in {"self", "parent"}:
            return self.test == "node()"
        return self.axis == "child" and "*" not in self.test and "(" not in self.test


class Path(NamedTuple):
    """A location path. `base` is the expression it starts from: None for the root (absolute) or the context node.

    `plain` is the path as written where it is absolute and consists of names alone, else "".
    """

    absolute: bool
    base: Union["Expression", None]
    steps: tuple[LocationStep, ...]
    plain: str = ""


class Filter(NamedTuple):
    """An expression with predicates behind it, such as `(…)[1]`."""

    base: "Expression"
    predicates: tuple["Expression", ...]


Expression = Number | Literal | Binary | Negation | Call | Path | Filter
"""Any node of a syntax tree."""

_EVERYTHING_BELOW = LocationStep("descendant-or-self", "node()")

HERE = Path(absolute=False, base=None, steps=(LocationStep("self", "node()"),))
"""The path of the context node, `.`."""

_COMPARISON = re.compile(
    rf"\s*(?:(?P<path>(?:/{NAME})+)|\.)\s*(?P<sign>!=|<=|>=|[=<>])\s*"
    r"(?:(?P<number>[0-9]+(?:\.[0-9]*)?)|\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)')\s*"
)
"""A path of names, or `.`, compared with a number or a text: half of the expressions of a form."""


@lru_cache(maxsize=4096)
def _plain_path(text: str) -> Path:
    return Path(
        absolute=True, base=None, steps=tuple([LocationStep("child", name) for name in text[1:].split("/")]), plain=text
    )


def _absolute_path(steps: tuple[LocationStep, ...]) -> Path:
    plain = all(step.axis == "child" and step.is_plain for step in steps)
    return Path(
        absolute=True, base=None, steps=steps, plain="".join(f"/{step.test}" for step in steps) if plain else ""
    )


def _comparison(found: re.Match[str]) -> Binary:
    path, number = found["path"], found["number"]
    left = HERE if path is None else _plain_path(path)
    if number is not None:
        return Binary(found["sign"], left, Number(float(number)))
    double = found["double"]
    return Binary(found["sign"], left, Literal(found["single"] if double is None else double))


@lru_cache(maxsize=256)
def parse(expression: str) -> Expression:
    """Return the syntax tree of `expression`.

    Raises FormError `form.syntax` with the position of the first token that does not fit, `form.too_deep` and
    `form.too_long`. Never recurses deeper than `DEEPEST` brackets.
    """
    found = _COMPARISON.fullmatch(expression) if len(expression) <= LONGEST else None
    return _Parser(expression).whole() if found is None else _comparison(found)


def _join_terms(operator: str, terms: list[Expression]) -> Expression:
    """Return the terms with `operator` between them, from the left; a long row of an even operator as a flat tree.

    Raises FormError `form.too_long` for a long row of another one: its tree would be as deep as the row is long.
    """
    if len(terms) > LONGEST_ROW:
        if operator not in _EVEN:
            raise FormError("form.too_long")
        half = len(terms) // 2
        return Binary(operator, _join_terms(operator, terms[:half]), _join_terms(operator, terms[half:]))
    left = terms[0]
    for term in terms[1:]:
        left = Binary(operator, left, term)
    return left


def _refuse_depth(tree: Expression) -> None:
    """Raise FormError `form.too_deep` for a tree that cannot be walked within the stack."""
    level: list[Expression] = [tree]
    for _ in range(DEEPEST_TREE):
        level = [part for each in level for part in _operands(each)]
        if not level:
            return
    raise FormError("form.too_deep")


def _operands(tree: Expression) -> tuple[Expression, ...]:
    if isinstance(tree, Binary):
        return (tree.left, tree.right)
    if isinstance(tree, Call):
        return tree.arguments
    if isinstance(tree, Negation):
        return (tree.operand,)
    if isinstance(tree, Filter):
        return (tree.base, *tree.predicates)
    if isinstance(tree, Path):
        base = () if tree.base is None else (tree.base,)
        return (*base, *(predicate for step in tree.steps for predicate in step.predicates))
    return ()


class _Parser:
    """Recursive descent over the tokens of one expression, with precedence climbing for the binary operators."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = tokenise(expression)
        self._at = 0
        self._depth = 0

    def whole(self) -> Expression:
        found = self._binary(1)
        if self._tokens[self._at].kind != "end":
            raise self._broken()
        if len(self._tokens) > DEEPEST_TREE:  # a tree has no more levels than its expression has tokens
            _refuse_depth(found)
        return found

    def _broken(self) -> FormError:
        return FormError("form.syntax", expression=self._expression, position=self._tokens[self._at].position)

    def _next(self) -> Token:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _take(self, kind: str, text: str = "") -> bool:
        token = self._tokens[self._at]
        if token.kind != kind or (text and token.text != text):
            return False
        self._at += 1
        return True

    def _expect(self, kind: str) -> None:
        if not self._take(kind):
            raise self._broken()

    def _nested(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormError("form.too_deep", position=self._tokens[self._at].position)
        found = self._binary(1)
        self._depth -= 1
        return found

    def _binary(self, weakest: int) -> Expression:
        terms, operator = [self._unary()], ""
        while True:
            token = self._tokens[self._at]
            strength = _STRENGTH.get(token.text, 0) if token.kind == "operator" else 0
            if strength < weakest:
                return _join_terms(operator, terms) if operator else terms[0]
            self._at += 1
            if token.text != operator:
                terms, operator = [_join_terms(operator, terms)], token.text
            terms.append(self._binary(strength + 1))

    def _unary(self) -> Expression:
        if self._tokens[self._at].kind != "operator":
            return self._union()
        signs = 0
        while self._take("operator", "-"):
            signs += 1
        found = self._union()
        if signs == 0:
            return found
        return Negation(found) if signs % 2 else Negation(Negation(found))

    def _union(self) -> Expression:
        terms = [self._path()]
        if self._tokens[self._at].kind != "operator":
            return terms[0]
        while self._take("operator", "|"):
            terms.append(self._path())
        return _join_terms("|", terms)

    def _path(self) -> Expression:
        token = self._tokens[self._at]
        if token.kind == "path":
            return self._parse_plain_path()
        if token.kind == "operator" and token.text in {"/", "//"}:
            return self._absolute()
        if self._starts_primary(token):
            return self._parse_filter()
        return Path(absolute=False, base=None, steps=self._steps([]))

    def _parse_plain_path(self) -> Expression:
        plain = _plain_path(self._next().text)
        if self._tokens[self._at].kind != "operator":
            return plain
        if self._take("operator", "//"):
            return Path(absolute=True, base=None, steps=self._steps([*plain.steps, _EVERYTHING_BELOW]))
        if self._take("operator", "/"):
            return _absolute_path(self._steps([*plain.steps]))
        return plain

    def _absolute(self) -> Expression:
        if self._next().text == "//":
            return Path(absolute=True, base=None, steps=self._steps([_EVERYTHING_BELOW]))
        return _absolute_path(self._steps([]) if self._starts_step() else ())

    def _starts_step(self) -> bool:
        return self._tokens[self._at].kind in {"name", "@", ".", ".."}

    def _starts_primary(self, token: Token) -> bool:
        if token.kind in {"number", "literal", "("}:
            return True
        called = token.kind == "name" and self._tokens[self._at + 1].kind == "("
        return called and token.text not in _NODE_TYPES

    def _parse_filter(self) -> Expression:
        found = self._primary()
        predicates = self._predicates()
        if predicates:
            found = Filter(found, predicates)
        token = self._tokens[self._at]
        if token.kind != "operator" or token.text not in {"/", "//"}:
            return found
        self._at += 1
        first = [_EVERYTHING_BELOW] if token.text == "//" else []
        return Path(absolute=False, base=found, steps=self._steps(first))

    def _primary(self) -> Expression:
        token = self._next()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "literal":
            return Literal(token.text)
        if token.kind == "(":
            found = self._nested()
            self._expect(")")
            return found
        self._expect("(")
        return Call(token.text, self._arguments(), token.position)

    def _arguments(self) -> tuple[Expression, ...]:
        if self._take(")"):
            return ()
        found = [self._nested()]
        while self._take(","):
            found.append(self._nested())
        self._expect(")")
        return tuple(found)

    def _predicates(self) -> tuple[Expression, ...]:
        if self._tokens[self._at].kind != "[":
            return ()
        found = []
        while self._take("["):
            found.append(self._nested())
            self._expect("]")
        return tuple(found)

    def _steps(self, first: list[LocationStep]) -> tuple[LocationStep, ...]:
        steps = [*first, self._step()]
        while True:
            if self._tokens[self._at].kind != "operator":
                return tuple(steps)
            if self._take("operator", "//"):
                steps.append(_EVERYTHING_BELOW)
            elif not self._take("operator", "/"):
                return tuple(steps)
            steps.append(self._step())

    def _step(self) -> LocationStep:
        axis = "child"
        if self._tokens[self._at].kind != "name":
            if self._take("."):
                return LocationStep("self", "node()", self._predicates())
            if self._take(".."):
                return LocationStep("parent", "node()", self._predicates())
            if self._take("@"):
                axis = "attribute"
        elif self._tokens[self._at + 1].kind == "::":
            axis = self._next().text
            if axis not in AXES:
                raise self._broken()
            self._at += 1
        test, argument = self._test()
        return LocationStep(axis, test, self._predicates(), argument)

    def _test(self) -> tuple[str, str]:
        token = self._tokens[self._at]
        if token.kind != "name":
            raise self._broken()
        self._at += 1
        if self._tokens[self._at].kind != "(" or token.text not in _NODE_TYPES:
            return token.text, ""
        self._at += 1
        argument = self._tokens[self._at]
        named = argument.kind == "literal"
        if named:
            self._at += 1
        self._expect(")")
        return f"{token.text}()", argument.text if named else ""
