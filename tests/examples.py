"""How many examples of a property are tried, and which: the same at every run, others each time in `make explore`."""

import os

EXPLORE = os.environ.get("OPMAAT_EXAMPLES") == "new"
"""Whether examples are tried that nobody tried before."""

_ALL = os.environ.get("OPMAAT_EXAMPLES") in {"all", "new"}
_FEWEST = 8


def examples(number: int) -> int:
    """Return `number` where all are asked for, else a fifth of it but at least 8."""
    return number if _ALL else max(_FEWEST, number // 5)
