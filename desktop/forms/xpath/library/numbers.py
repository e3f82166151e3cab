"""Number functions (XPath 1.0 section 4.4; ODK XForms "Number Functions")."""

import math
from collections.abc import Callable, Mapping

from desktop.forms.xpath.code import Code, Environment, number_of, numbers_of
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library.define import check_arguments, function
from desktop.forms.xpath.library.texts import here_or_argument
from desktop.forms.xpath.syntax import Call


def _guarded(call: Callable[..., float]) -> Callable[..., float]:
    """Return `call` with not-a-number or infinity where Python raises, as IEEE 754 arithmetic does."""

    def safe(*numbers: float) -> float:
        try:
            result = call(*numbers)
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf
        return float(result)

    return safe


def _floor(number: float) -> float:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(number: float) -> float:
    return float(math.ceil(number)) if math.isfinite(number) else number


def _power(base: float, exponent: float) -> float:
    """A negative number to an odd power stays negative where it is too large (IEEE 754)."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _whole(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else float(int(number))


def _round(number: float, decimals: float = 0.0) -> float:
    """Halves go towards positive infinity (XPath 1.0, section 4.4), with decimals as well."""
    if not math.isfinite(number) or not math.isfinite(decimals):
        return number
    try:
        scale = 10.0 ** abs(int(decimals))
        if decimals < 0:
            return float(math.floor(number / scale + 0.5) * scale)
        return math.floor(number * scale + 0.5) / scale
    except OverflowError:  # finer or coarser than a number can be
        return number if decimals > 0 else 0.0


def _logarithm(number: float) -> float:
    return -math.inf if number == 0 else math.log(number)


def _logarithm10(number: float) -> float:
    return -math.inf if number == 0 else math.log10(number)


def _number(compiler: Compiler, call: Call) -> Code:
    return Code("number", number_of(here_or_argument(compiler, call)))


def _sum(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    compiler.nodes(call.arguments[0])
    numbers = numbers_of(compiler.code(call.arguments[0]))
    return Code("number", lambda c: float(sum(numbers(c))))


def _greatest(numbers: list[float]) -> float:
    return math.nan if not numbers or any(map(math.isnan, numbers)) else float(max(numbers))


def _least(numbers: list[float]) -> float:
    return math.nan if not numbers or any(map(math.isnan, numbers)) else float(min(numbers))


def _random(environment: Environment) -> float:
    return environment.random.random()


def _one(call: Callable[..., float]) -> Builder:
    return function("number", _guarded(call), "number")


FUNCTIONS: Mapping[str, Builder] = {
    "number": _number,
    "int": function("number", _whole, "number"),
    "sum": _sum,
    "max": function("number", _greatest, rest="numbers"),
    "min": function("number", _least, rest="numbers"),
    "round": function("number", _guarded(_round), "number", "number", optional=1),
    "floor": _one(_floor),
    "ceiling": _one(_ceiling),
    "abs": _one(abs),
    "pow": function("number", _guarded(_power), "number", "number"),
    "random": function("number", _random, environment=True),
    "log": _one(_logarithm),
    "log10": _one(_logarithm10),
    "exp": _one(math.exp),
    "exp10": _one(lambda number: math.pow(10.0, number)),
    "sqrt": _one(math.sqrt),
    "sin": _one(math.sin),
    "cos": _one(math.cos),
    "tan": _one(math.tan),
    "asin": _one(math.asin),
    "acos": _one(math.acos),
    "atan": _one(math.atan),
    "atan2": function("number", _guarded(math.atan2), "number", "number"),
    "pi": function("number", lambda: math.pi),
}
"""Functions by name."""
