"""`python -m tests.conformance DIRECTORY [--json] [--floor FILE [--raise]] [--explained FILE]`."""

import argparse
import gc
import sys
from pathlib import Path

from tests.conformance import expressions, floors, scenarios, traces
from tests.conformance.agreement import Agreement

_FILES = {
    "xpath_cases.json": expressions.checks,
    "xpath_cases_javarosa.json": expressions.checks,
    "scenario_cases.json": scenarios.checks,
    "oracle_traces.json": traces.checks,
}


def main() -> int:
    """Run every file of cases that is there. Status 0, 1 when agreement is below the floor, 2 when nothing is there."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("--json", action="store_true", help="counts and disagreements as one JSON object")
    parser.add_argument("--floor", type=Path, help="fail when a file and tier agrees less than this JSON file says")
    parser.add_argument("--raise", action="store_true", dest="rise", help="raise the floor to what was reached")
    parser.add_argument("--explained", type=Path, help="fail when a case disagrees that this text does not name")
    asked = parser.parse_args()
    agreement = Agreement()
    for file, checks in _FILES.items():
        if (asked.directory / file).is_file():
            agreement.take(file, checks(asked.directory, file))
            gc.collect()
    if not agreement.tallies:
        print(f"No file of cases in {asked.directory}.", file=sys.stderr)
        return 2
    print(agreement.as_json() if asked.json else "\n".join(agreement.lines()))
    wrong: list[str] = []
    if asked.floor is not None:
        if asked.rise:
            floors.rise(asked.floor, agreement)
        wrong += floors.fallen(asked.floor, agreement)
    if asked.explained is not None:
        wrong += floors.unexplained(asked.explained.read_text("utf-8"), agreement)
    print("\n".join(wrong), file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
