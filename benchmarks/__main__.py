"""`make bench`: every comparison of Opmaat in one run."""

import sys

from benchmarks import answer, documents, push, start


def main() -> int:
    """Run all comparisons and print them."""
    for compare in (answer.compare, documents.compare, start.compare, push.compare):
        comparison = compare()
        print("\n".join(comparison.lines()), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
