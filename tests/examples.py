"""How many examples of a property are tried: some in `make test`, all in `make test-long`."""

import os

_ALL = os.environ.get("OPMAAT_EXAMPLES") == "all"
_FEWEST = 8


def examples(number: int) -> int:
    """Return `number` where all are asked for, else a fifth of it but at least 8."""
    return number if _ALL else max(_FEWEST, number // 5)
