"""`make bench-vault`: every promise about the speed and size of a vault, in one run, as ratios."""

import sys

from benchmarks import vault_append, vault_growth, vault_reading
from benchmarks.results import Result, head, write


def main() -> int:
    """Run all comparisons and print them."""
    print(head(), flush=True)
    results: list[Result] = []
    for compare in (vault_append.compare, vault_reading.compare, vault_growth.compare):
        rows = compare()
        print("\n".join(row.text() for row in rows), flush=True)
        results += rows
    print(write("vault", results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
