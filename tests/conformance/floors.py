"""The floor of agreement: how many checks per file and tier agreed once. It only rises, and the rest is explained."""

import json
import re
from pathlib import Path

from tests.conformance.agreement import Agreement


def _read(path: Path) -> dict[str, int]:
    return {name: int(count) for name, count in json.loads(path.read_text("utf-8")).items()} if path.exists() else {}


def _reached(agreement: Agreement) -> dict[str, int]:
    return {f"{file} {tier}": tally.agree for (file, tier), tally in agreement.tallies.items()}


def fallen(path: Path, agreement: Agreement) -> list[str]:
    """Return a sentence for each floor that was not reached."""
    reached = _reached(agreement)
    return [
        f"{name}: {reached.get(name, 0)} agree, the floor is {least}"
        for name, least in _read(path).items()
        if reached.get(name, 0) < least
    ]


def rise(path: Path, agreement: Agreement) -> None:
    """Raise each floor to what was reached; none goes down."""
    floors = _read(path)
    risen = {name: max(count, floors.get(name, 0)) for name, count in _reached(agreement).items()}
    path.write_text(json.dumps(floors | risen, indent=2, sort_keys=True) + "\n", "utf-8")


def unexplained(text: str, agreement: Agreement) -> list[str]:
    """Return a sentence for each case that disagrees and that `text` does not name."""
    known = set(re.findall(r"\b[a-z]{2}\d{4,5}\b", text))
    cases = dict.fromkeys(check.case for _, check in agreement.disagreements)
    return [f"{case}: disagrees, and is not explained" for case in cases if case not in known]
