"""Regular expressions that end: a pattern that could make Python's own matcher run for years is run another way.

Python backtracks. A repetition inside a repetition (`(a+)+b`) costs it twice as much for each letter of an answer. Such
a pattern is turned into a machine of states instead, all of which are followed at once (Thompson, 1968), so it takes no
longer than states times letters. The syntax is the one that Python's parser gives; what a machine of states cannot do
(references back, looking around) is left to Python where that is harmless, and refused where it is not.
"""

import math
import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any

from desktop.forms.errors import FormError

sre = import_module("re._constants")  # imported by name, because the parser of the standard library is not typed
_parser = import_module("re._parser")

MOST_STATES = 2_000
"""States a machine may have; `(a{100}){100}` would have ten thousand."""

_SHORT = 200
"""Letters up to which two repetitions in a row cost nothing worth speaking of, and from which one counts as endless."""
_LETTERS = 50.0
_FEW = 10_000
_TOO_MANY = 1e9
_MOST_INNER = 1e6
_MOST_TIMES = 30

_REPEATS = frozenset({sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT})
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    sre.CATEGORY_DIGIT: lambda c: "0" <= c <= "9",
    sre.CATEGORY_NOT_DIGIT: lambda c: not "0" <= c <= "9",
    sre.CATEGORY_SPACE: lambda c: c in " \t\n\r\f\v",
    sre.CATEGORY_NOT_SPACE: lambda c: c not in " \t\n\r\f\v",
    sre.CATEGORY_WORD: lambda c: c.isascii() and (c.isalnum() or c == "_"),
    sre.CATEGORY_NOT_WORD: lambda c: not (c.isascii() and (c.isalnum() or c == "_")),
}

Items = Sequence[tuple[Any, Any]]
"""A parsed pattern: operations with their arguments."""


class _UnsupportedError(Exception):
    """The pattern needs more than a machine of states."""


def searcher(pattern: str) -> Callable[[str], bool]:
    r"""Return what tells whether `pattern`, with `\w` and the like for ASCII, occurs in a text.

    Raises FormError `form.regex` for a pattern that is broken, too large, or that no matcher can run within bounds.
    """
    try:
        return _searcher(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise FormError("form.regex") from error


def _searcher(pattern: str) -> Callable[[str], bool]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of a bracket within brackets, which stays a letter here
        search = re.compile(pattern, re.ASCII).search
        parsed = _parser.parse(pattern, re.ASCII)
    ways, rows = _ways(parsed), _endless(parsed)
    if ways <= _FEW and rows <= 1:
        return lambda text: search(text) is not None
    machine = _machine(parsed, parsed.state.flags)
    if machine is None and ways > _TOO_MANY:
        raise FormError("form.regex")
    if machine is None:
        return lambda text: search(text) is not None
    if ways > _FEW:
        return machine
    return lambda text: search(text) is not None if len(text) <= _SHORT else machine(text)


def _machine(parsed: Items, flags: int) -> Callable[[str], bool] | None:
    if flags & ~(re.ASCII | re.UNICODE | re.IGNORECASE):
        return None
    try:
        return _Machine(parsed, either_case=bool(flags & re.IGNORECASE)).found_in
    except _UnsupportedError:
        return None


def _ways(items: Items) -> float:
    """Return in how many ways a matcher that backtracks may go through a short text; an endless one has `_LETTERS`.

    Infinite when an endless repetition holds something that can be gone through in more than one way.
    """
    ways, looked = 1.0, 1.0
    for operation, argument in items:
        inner = [_ways(part) for part in _parts(operation, argument)]
        if operation in _REPEATS:
            ways *= _count_repeats(argument[0], argument[1], inner[0])
        elif operation == sre.BRANCH:
            ways *= sum(inner)
        elif operation in {sre.ASSERT, sre.ASSERT_NOT}:
            looked = max(looked, *inner)
        else:
            ways *= max(inner, default=1.0)
    return max(ways, looked)


def _count_repeats(least: int, most: int, inner: float) -> float:
    if most > _SHORT:
        return math.inf if inner > 1 else _LETTERS
    return min(inner, _MOST_INNER) ** min(most, _MOST_TIMES) * (most - least + 1)


def _endless(items: Items) -> int:
    """Return how many endless repetitions a pattern has."""
    return sum(
        sum(map(_endless, _parts(operation, argument))) + (operation in _REPEATS and argument[1] > _SHORT)
        for operation, argument in items
    )


def _parts(operation: object, argument: Any) -> Iterator[Items]:  # noqa: ANN401  # an argument is what its operation says
    if operation in _REPEATS:
        yield argument[2]
    elif operation == sre.SUBPATTERN:
        yield argument[3]
    elif operation == sre.BRANCH:
        yield from argument[1]
    elif operation in {sre.ASSERT, sre.ASSERT_NOT}:
        yield argument[1]
    elif operation == sre.ATOMIC_GROUP:
        yield argument
    elif operation == sre.GROUPREF_EXISTS:
        yield from (part for part in argument[1:] if part is not None)


_Test = Callable[[str], bool]
_Where = Callable[[str, int], bool]


def _is_boundary(text: str, at: int) -> bool:
    is_word = _CATEGORIES[sre.CATEGORY_WORD]
    return (at > 0 and is_word(text[at - 1])) != (at < len(text) and is_word(text[at]))


_ANCHORS: dict[Any, _Where] = {
    sre.AT_BEGINNING: lambda _, at: at == 0,
    sre.AT_BEGINNING_STRING: lambda _, at: at == 0,
    sre.AT_END: lambda text, at: at == len(text) or (at == len(text) - 1 and text[at] == "\n"),
    sre.AT_END_STRING: lambda text, at: at == len(text),
    sre.AT_BOUNDARY: _is_boundary,
    sre.AT_NON_BOUNDARY: lambda text, at: (
        bool(text) and not _is_boundary(text, at)
    ),  # an empty text has none, to Python
}


class _Machine:
    """States: each tests a letter or a position and names the states that follow. State 0 is the end."""

    def __init__(self, parsed: Items, *, either_case: bool = False) -> None:
        """Build the machine. Raises _UnsupportedError, and FormError `form.regex` when it is too large."""
        self._variants = _cases if either_case else _itself
        self._tests: list[_Test | None] = [None]
        self._places: list[_Where | None] = [None]
        self._next: list[tuple[int, ...]] = [()]
        self._start = self._built(parsed, 0)

    def found_in(self, text: str) -> bool:
        """Tell whether the pattern occurs in `text`."""
        waiting: set[int] = set()
        for at, letter in enumerate(text):
            open_states = self._follow_empty({*waiting, self._start}, text, at)
            if 0 in open_states:
                return True
            waiting = set()
            for state in open_states:
                test = self._tests[state]
                if test is not None and test(letter):
                    waiting.update(self._next[state])
        return 0 in self._follow_empty({*waiting, self._start}, text, len(text))

    def _follow_empty(self, states: set[int], text: str, at: int) -> set[int]:
        """Return `states` with all that follow without a letter."""
        found: set[int] = set()
        todo = list(states)
        while todo:
            state = todo.pop()
            if state in found:
                continue
            found.add(state)
            place = self._places[state]
            if self._tests[state] is None and (place is None or place(text, at)):
                todo.extend(self._next[state])
        return found

    def _add(self, test: _Test | None, place: _Where | None, *following: int) -> int:
        if len(self._next) >= MOST_STATES:
            raise FormError("form.regex")
        self._tests.append(test)
        self._places.append(place)
        self._next.append(following)
        return len(self._next) - 1

    def _built(self, items: Items, following: int) -> int:
        """Add the states of `items`; return the first of them. They end at the state `following`."""
        for operation, argument in reversed(items):
            following = self._operation(operation, argument, following)
        return following

    def _operation(self, operation: object, argument: Any, following: int) -> int:  # noqa: ANN401  # see _parts
        test = _test_of(operation, argument, self._variants)
        if test is not None:
            return self._add(test, None, following)
        if operation == sre.AT and argument in _ANCHORS:
            return self._add(None, _ANCHORS[argument], following)
        if operation == sre.SUBPATTERN and not argument[1] and not argument[2]:
            return self._built(argument[3], following)
        if operation == sre.BRANCH:
            return self._add(None, None, *(self._built(part, following) for part in argument[1]))
        if operation in {sre.MAX_REPEAT, sre.MIN_REPEAT}:
            return self._repeat(argument[0], argument[1], argument[2], following)
        raise _UnsupportedError

    def _repeat(self, least: int, most: int, items: Items, following: int) -> int:
        if max(least, most if most < sre.MAXREPEAT else 0) > MOST_STATES:
            raise FormError("form.regex")
        first = following
        if most == sre.MAXREPEAT:
            first = self._add(None, None)
            self._next[first] = (self._built(items, first), following)
        else:
            for _ in range(most - least):
                first = self._add(None, None, self._built(items, first), following)
        for _ in range(least):
            first = self._built(items, first)
        return first


def _itself(letter: str) -> tuple[str, ...]:
    return (letter,)


def _cases(letter: str) -> tuple[str, ...]:
    return (letter.lower(), letter.upper()) if letter.isascii() else (letter,)


_Variants = Callable[[str], tuple[str, ...]]


def _test_of(operation: object, argument: Any, variants: _Variants) -> _Test | None:  # noqa: ANN401  # see _parts
    """Return the test of one letter that an operation is, or None."""
    if operation == sre.LITERAL:
        letter = chr(argument)
        return lambda c: letter in variants(c)
    if operation == sre.NOT_LITERAL:
        letter = chr(argument)
        return lambda c: letter not in variants(c)
    if operation == sre.ANY:
        return lambda c: c != "\n"
    return _set_test(argument, variants) if operation == sre.IN else None


def _set_test(items: Items, variants: _Variants) -> _Test:
    tests: list[_Test] = []
    negated = False
    for operation, argument in items:
        if operation == sre.NEGATE:
            negated = True
        elif operation == sre.RANGE:
            low, high = map(chr, argument)
            tests.append(lambda c, low=low, high=high: low <= c <= high)  # type: ignore[misc]  # two defaults, one letter
        elif operation == sre.CATEGORY:
            tests.append(_CATEGORIES[argument])
        else:
            tests.append(chr(argument).__eq__)
    return lambda c: any(test(each) for each in variants(c) for test in tests) != negated
