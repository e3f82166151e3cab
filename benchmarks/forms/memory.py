"""What a form with a long list takes in memory: run as a process of its own, prints megabytes as JSON (Linux)."""

import json
import sys
from pathlib import Path

from benchmarks.forms.engines import Ours
from benchmarks.forms.making import COUNTRIES


def main() -> int:
    """Load the form, read every filter of it, and print the resident size before, between and after."""
    ours = Ours()
    sizes = {"before": _megabytes()}
    ours.load(Path(sys.argv[1]))
    sizes["loaded"] = _megabytes()
    for number in range(COUNTRIES):
        ours.set("land", f"l{number}")
        ours.choices("plaats")
    sizes["read"] = _megabytes()
    print(json.dumps(sizes))
    return 0


def _megabytes() -> int:
    status = Path("/proc/self/status").read_text("ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return round(int(line.split()[1]) / 1000)


if __name__ == "__main__":
    sys.exit(main())
