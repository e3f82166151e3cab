"""`make bench-forms`: every measurement of the form engine in one run, printed as it is made."""

import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.forms import expressions, lists, questions
from benchmarks.forms.engines import PEERS, Engine, peer
from benchmarks.forms.figures import Figure
from benchmarks.results import write


def main() -> int:
    """Run all measurements."""
    with tempfile.TemporaryDirectory() as name, peer() as other:
        python = f"Python {platform.python_version()}"
        if other is None:
            print(f"{python}; node or its packages are missing ({PEERS / 'setup.sh'}): ours is measured alone\n")
        else:
            print(f"{python}, xforms-engine in node {other.node}\n")
        print(f"load of the machine at the start: {os.getloadavg()[0]:.1f}\n", flush=True)
        results = []
        for figure in _figures(Path(name), other):
            print("\n".join(figure.lines()), end="\n\n", flush=True)
            results.append(figure.result())
        print(f"rows: {write('forms', results)}")
    print(f"load of the machine at the end: {os.getloadavg()[0]:.1f}")
    return 0


def _figures(folder: Path, other: Engine | None) -> Iterator[Figure]:
    yield expressions.measured(folder)
    yield from questions.measured(folder, other)
    yield from lists.measured(folder, other)


if __name__ == "__main__":
    sys.exit(main())
