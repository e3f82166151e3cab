"""`make bench`: every comparison of Opmaat in one run."""

import sys

from benchmarks import answer, documents, push, start
from benchmarks.results import write


def main() -> int:
    """Run all comparisons, print them and keep their rows."""
    for module in (answer, documents, start, push):
        comparison = module.compare()
        print("\n".join(comparison.lines()), end="\n\n", flush=True)
        write(module.__name__.rpartition(".")[2], comparison.results())
    return 0


if __name__ == "__main__":
    sys.exit(main())
