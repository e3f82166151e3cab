"""Text of an expression to tokens (XPath 1.0, section 3.7)."""

import re
from functools import partial
from typing import NamedTuple

from desktop.forms.errors import FormError

LONGEST = 100_000
"""Characters an expression may have; longer ones are refused before anything else is tried."""

NAME = r"[^\W\d][\w.\-\u00b7]*"
_TOKEN = re.compile(
    r"\s*(?:"
    rf"(?P<path>(?:/{NAME})+(?![\w.\-\u00b7:]|\s*[(\[]|\s*::))"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<literal>\"[^\"]*\"|'[^']*')"
    rf"|(?P<name>{NAME}(?::(?!:)(?:{NAME}|\*))?)"
    r"|(?P<sign>//|::|\.\.|!=|<=|>=|[()\[\].@,|/+\-=<>*])"
    r"|(?P<end>\Z)"
    r"|(?P<unknown>))"  # matches anywhere, so that no search goes on behind a character that starts no token
)
_OPERATOR_NAME = re.compile(r"\s*(?P<name>and|or|mod|div)(?=[\W\d]|\Z)")
_BEFORE_AN_OPERAND = frozenset({"@", "::", "(", "[", ",", "operator"})
_NAMED = ("and", "or", "mod", "div")
_SIGNS = frozenset({"=", "!=", "<", "<=", ">", ">=", "+", "-", "|", "/", "//", "*"})


class Token(NamedTuple):
    """One token: its kind (`number`, `literal`, `name`, `path`, `operator`, `end`, or the sign itself), text, position.

    A `path` is an absolute one as far as it consists of names alone: most paths of a form do, and are read at once.
    """

    kind: str
    text: str
    position: int


_new = partial(tuple.__new__, Token)
"""Makes a token of three values in half the time of the class itself: a form has tens of thousands."""


def tokenise(expression: str) -> list[Token]:
    """Return the tokens of `expression`, an `end` token last.

    Whether `*`, `and`, `or`, `div` and `mod` are operators follows from the token before, as the recommendation says.
    Raises FormError `form.syntax` at the first character that starts no token, `form.too_long`.
    """
    if len(expression) > LONGEST:
        raise FormError("form.too_long")
    tokens: list[Token] = []
    before = "("
    position = 0
    matches = _TOKEN.finditer(expression)
    while True:
        found = next(matches)  # there is always one more: the end
        kind = str(found.lastgroup)
        if kind == "unknown":
            raise FormError("form.syntax", expression=expression, position=position)
        text = found[kind]
        if kind == "name" and text.startswith(_NAMED) and before not in _BEFORE_AN_OPERAND:
            found = _OPERATOR_NAME.match(expression, position) or found
            text = found["name"]
            matches = _TOKEN.finditer(expression, found.end())
        position = found.end()
        if kind == "path" and before not in _BEFORE_AN_OPERAND:
            position += 1 - len(text)
            kind, text = "sign", "/"
            matches = _TOKEN.finditer(expression, position)
        token = _token(kind, text, position - len(text), before)
        tokens.append(token)
        if kind == "end":
            return tokens
        before = token.kind


def _token(kind: str, text: str, position: int, before: str) -> Token:
    if kind == "name":
        is_operator = text in _NAMED and before not in _BEFORE_AN_OPERAND
        return _new(("operator" if is_operator else "name", text, position))
    if kind == "sign":
        if text == "*" and before in _BEFORE_AN_OPERAND:
            return _new(("name", "*", position))
        return _new(("operator" if text in _SIGNS else text, text, position))
    return _new((kind, text[1:-1] if kind == "literal" else text, position))
