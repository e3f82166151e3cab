"""What was compared: one `Check` per thing that can agree or not, and the counts over many of them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of case `case`, at `at` within it. `expected` and `found` are as they would stand in JSON."""

    case: str
    tier: str
    at: str
    expected: object
    found: object
    agrees: bool


@dataclass(slots=True)
class Tally:
    """How many checks of one file and tier agree."""

    agree: int = 0
    total: int = 0

    @property
    def share(self) -> float:
        """Return the share that agrees, from 0 to 1; 1 when nothing was compared."""
        return self.agree / self.total if self.total else 1.0


@dataclass(slots=True)
class Agreement:
    """All checks of a run, counted by file and tier; those that disagree are kept."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    disagreements: list[tuple[str, Check]] = field(default_factory=list)

    def take(self, file: str, checks: Iterable[Check]) -> None:
        """Count `checks` of one file."""
        for check in checks:
            tally = self.tallies.setdefault((file, check.tier), Tally())
            tally.total += 1
            tally.agree += check.agrees
            if not check.agrees:
                self.disagreements.append((file, check))

    def lines(self) -> Iterator[str]:
        """Yield the disagreements with both values, then one line per file and tier."""
        for file, check in self.disagreements:
            yield f"{file} {check.case} {check.at}"
            yield f"    expected {_short(check.expected)}"
            yield f"    found    {_short(check.found)}"
        for (file, tier), tally in sorted(self.tallies.items()):
            yield f"{file:28} {tier:12} {tally.agree:6} of {tally.total:6} agree  {tally.share:8.2%}"

    def as_json(self) -> str:
        """Return all counts and disagreements as one JSON object."""
        counts = [
            {"file": file, "tier": tier, "agree": tally.agree, "total": tally.total}
            for (file, tier), tally in sorted(self.tallies.items())
        ]
        found = [
            {"file": file, "case": each.case, "tier": each.tier, "at": each.at}
            | {"expected": each.expected, "found": each.found}
            for file, each in self.disagreements
        ]
        return json.dumps({"counts": counts, "disagreements": found}, ensure_ascii=False, default=str)


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 400 else f"{text[:400]}…"  # a screenful
