"""Text functions (XPath 1.0 section 4.2; ODK XForms "String Functions")."""

import math
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache, lru_cache

from desktop.forms.errors import FormError, located
from desktop.forms.xpath.code import Code, Environment, Run, list_run, text_of, texts_of
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library.define import check_arguments, function
from desktop.forms.xpath.patterns import searcher
from desktop.forms.xpath.syntax import HERE, Call
from desktop.forms.xpath.values import number_text

_SPACE = " \t\r\n"
_PROPERTY = re.compile(r"(\[[^\]]*)?\\([pP])\{(\^?)(\w+)\}")


def _substr(text: str, start: float, end: float = math.inf) -> str:
    return text[_index(start, len(text)) : _index(end, len(text))]


def _index(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    return max(0, length + int(number)) if number < 0 and not math.isinf(number) else int(max(0, min(number, length)))


def _substring(text: str, start: float, length: float = math.inf) -> str:
    first = _round_half_up(start)
    last = first + _round_half_up(length)
    if math.isnan(first) or math.isnan(last):
        return ""
    begin = int(max(1.0, min(first, len(text) + 1.0)))
    return text[begin - 1 : int(max(begin, min(last, len(text) + 1.0))) - 1]


def _round_half_up(number: float) -> float:
    return number if math.isinf(number) or math.isnan(number) else math.floor(number + 0.5)


def _length(text: str) -> float:
    return float(len(text))


def _normalize(text: str) -> str:
    return " ".join(part for part in re.split(f"[{_SPACE}]+", text) if part)


def _translate(text: str, old: str, new: str) -> str:
    table: dict[int, str | None] = {}
    for index, letter in enumerate(old):
        table.setdefault(ord(letter), new[index] if index < len(new) else None)
    return text.translate(table)


def _before(text: str, mark: str) -> str:
    return text.partition(mark)[0] if mark and mark in text else ""


def _after(text: str, mark: str) -> str:
    return text.partition(mark)[2] if mark else text


def _join(separator: str, texts: list[str]) -> str:
    return separator.join(texts)


@cache
def _letters(category: str) -> str:
    """Return the ranges of all characters of a Unicode category, to stand inside a character class."""
    ranges: list[list[int]] = []
    for code in range(sys.maxunicode + 1):
        if not unicodedata.category(chr(code)).startswith(category):
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


def _with_property(found: re.Match[str]) -> str:
    inside, negated = found[1] or "", (found[2] == "P") != bool(found[3])
    if inside:
        return inside + _letters(found[4])
    return f"[{'^' if negated else ''}{_letters(found[4])}]"


@lru_cache(maxsize=512)
def pattern_of(text: str) -> Callable[[str], bool]:
    r"""Return what tells whether the pattern of a `regex()` occurs in a text.

    `\d`, `\w` and `\s` mean ASCII, `\p{L}` the Unicode category.

    Raises FormError `form.regex` for a broken pattern.
    """
    before = None
    while before != text:
        before, text = text, _PROPERTY.sub(_with_property, text)
    return searcher(text)


def _regex(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 2, 2)
    subject = compiler.text(call.arguments[0])
    wanted = compiler.code(call.arguments[1])
    if isinstance(wanted.constant, str):
        with located(expression=wanted.constant):
            search = pattern_of(wanted.constant)
        return Code("truth", lambda c: search(subject(c)))
    pattern = text_of(wanted)
    return Code("truth", lambda c: pattern_of(pattern(c))(subject(c)))


def new_uuid(environment: Environment, length: float = -1.0) -> str:
    """Return a version 4 UUID (RFC 4122) from the random source, or `length` random letters and digits.

    Raises FormError `form.value` for a length that is no number of characters.
    """
    digits = "0123456789abcdef"
    if length == -1:
        random = [environment.random.choice(digits) for _ in range(32)]
        random[12], random[16] = "4", environment.random.choice("89ab")
        text = "".join(random)
        return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
    if math.isnan(length) or not 0 < length <= 10_000:  # noqa: PLR2004  # nobody needs a longer one
        raise FormError("form.value", function="uuid")
    return "".join(environment.random.choice("0123456789abcdefghijklmnopqrstuvwxyz") for _ in range(int(length)))


def here_or_argument(compiler: Compiler, call: Call, most: int = 1) -> Code:
    """Return the code of the only argument, or of the context node when there is none."""
    check_arguments(call, 0, most)
    return compiler.code(call.arguments[0]) if call.arguments else compiler.code(HERE)


def _concat(compiler: Compiler, call: Call) -> Code:
    """All values, and all node values inside node-sets; the shortest closure where each argument is one value."""
    codes = [compiler.code(tree) for tree in call.arguments]
    if all(code.single or code.kind != "nodes" for code in codes):
        runs = [text_of(code) for code in codes]
        return Code("text", lambda c: "".join([run(c) for run in runs]))
    lists = list_run([texts_of(code) for code in codes])
    return Code("text", lambda c: "".join(lists(c)))


def _string(compiler: Compiler, call: Call) -> Code:
    return Code("text", text_of(here_or_argument(compiler, call)))


def _normalize_space(compiler: Compiler, call: Call) -> Code:
    text: Run = text_of(here_or_argument(compiler, call))
    return Code("text", lambda c: _normalize(text(c)))


def _thousands(number: float) -> str:
    whole, point, rest = number_text(number).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.lstrip("-").isdigit() else whole


FUNCTIONS: Mapping[str, Builder] = {
    "string": _string,
    "concat": _concat,
    "join": function("text", _join, "text", rest="texts"),
    "substr": function("text", _substr, "text", "number", "number", optional=1),
    "substring": function("text", _substring, "text", "number", "number", optional=1),
    "substring-before": function("text", _before, "text", "text"),
    "substring-after": function("text", _after, "text", "text"),
    "string-length": function("number", _length, "text"),
    "normalize-space": _normalize_space,
    "translate": function("text", _translate, "text", "text", "text"),
    "contains": function("truth", str.__contains__, "text", "text"),
    "starts-with": function("truth", str.startswith, "text", "text"),
    "ends-with": function("truth", str.endswith, "text", "text"),
    "upper-case": function("text", str.upper, "text"),
    "lower-case": function("text", str.lower, "text"),
    "regex": _regex,
    "uuid": function("text", new_uuid, "number", optional=1, environment=True),
    "thousands-sep": function("text", _thousands, "number"),
}
"""Functions by name."""
