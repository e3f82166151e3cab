"""`make bench-vault`: every promise about the speed and size of a vault, in one run, as ratios."""

import sys

from benchmarks import vault_append, vault_growth, vault_reading
from benchmarks.vault_report import HEAD


def main() -> int:
    """Run all comparisons and print them."""
    print(HEAD, flush=True)
    for compare in (vault_append.compare, vault_reading.compare, vault_growth.compare):
        print("\n".join(line.text() for line in compare()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
