"""Say which branches of the packages that hold records the tests took; fail where a package has fewer than agreed.

Reads the data of `make coverage`, which runs the tests of the folders with these names. A line that no test can reach
carries `# pragma: no cover — reason` in the code.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
REPORT = ROOT / "build" / "coverage" / "coverage.json"
LEAST = {
    "protocol": 100.0,
    "desktop/kernel": 100.0,
    "desktop/vault": 100.0,
    "desktop/records": 100.0,
    "desktop/forms": 100.0,
    "desktop/plan": 100.0,
}
"""Per package, the least share of statements and branches that the tests must take, in per cent."""
_COUNTS = ("covered_lines", "covered_branches", "num_statements", "num_branches")


def main() -> int:
    """Print a line per package and what is missing; return 1 when a package is below its floor."""
    subprocess.run([sys.executable, "-m", "coverage", "json", "--quiet"], cwd=ROOT, check=True)  # fixed
    files: dict[str, Any] = json.loads(REPORT.read_text("utf-8"))["files"]
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for name, found in sorted(files.items()):
        package = next(each for each in LEAST if name.startswith(f"{each}/"))
        for place, count in enumerate(_COUNTS):
            sums[package][place] += found["summary"][count]
        _print_missing(name, found)
    too_few = 0
    for package, least in LEAST.items():
        lines, branches, all_lines, all_branches = sums[package]
        share = 100 * (lines + branches) / max(1, all_lines + all_branches)
        too_few += share < least
        missing = f"{all_lines - lines} statements and {all_branches - branches} branches not taken"
        print(f"{package:16} {share:6.2f} % of at least {least:.0f} %, {missing}")
    return int(too_few > 0)


def _print_missing(name: str, found: dict[str, Any]) -> None:
    lines, branches = found["missing_lines"], found["missing_branches"]
    if lines or branches:
        jumps = ", ".join(f"{here}→{there}" for here, there in branches if here not in lines)
        print(f"{name}: lines {lines} branches {jumps or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
