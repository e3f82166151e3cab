"""The rows of a run, printed as a table and kept as `build/bench/NAME.json`, so that runs can be laid side by side."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "build" / "bench"

_WIDTHS = (46, 12, 40, 12, 8, 12)
_SHORT = 0.0001


@dataclass(frozen=True, slots=True)
class Result:
    """One figure of ours beside a peer's, in `unit` ("s", "MB", "x": multiples of a plain commit).

    `against` says what the peer is; `peer` is None where a row has only an absolute target. `target` is what is asked
    for in words, `met` whether it is (None: nothing is asked). `limit` says what the figure is limited by now.
    """

    row: str
    ours: float
    against: str = ""
    peer: float | None = None
    target: str = ""
    met: bool | None = None
    unit: str = "s"
    limit: str = ""

    @property
    def ratio(self) -> float | None:
        """Return ours over the peer's: below 1 we are faster, or smaller."""
        return None if not self.peer else self.ours / self.peer

    def text(self) -> str:
        """Return the row of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        peer = "" if self.peer is None else readable(self.peer, self.unit)
        cells = (self.row, readable(self.ours, self.unit), self.against, peer, ratio, self.target)
        verdict = {True: "met", False: "MISSED", None: ""}[self.met]
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)) + f"  {verdict}"

    def to_json(self) -> dict[str, object]:
        """Return the row as it is kept."""
        return {
            "row": self.row,
            "ours": self.ours,
            "peer": self.peer,
            "ratio": self.ratio,
            "target": self.target,
            "met": self.met,
            "unit": self.unit,
            "against": self.against,
            "limit": self.limit,
        }


def head() -> str:
    """Return the head of the table."""
    cells = ("", "Opmaat", "against", "", "", "target")
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True))


def compared(
    row: str, ours: Sequence[float], against: str, peer: Sequence[float], most: float | None = None, limit: str = ""
) -> Result:
    """Return the row that compares the medians of two series of seconds; the ratio may be at most `most`."""
    return ratio_of(row, statistics.median(ours), against, statistics.median(peer), most, limit)


def ratio_of(row: str, ours: float, against: str, peer: float, most: float | None = None, limit: str = "") -> Result:
    """Return the row that compares two figures in seconds; the ratio may be at most `most`."""
    met = None if most is None else ours / peer <= most
    return Result(row, ours, against, peer, "" if most is None else f"<= {most:g} x", met, limit=limit)


def at_most(row: str, taken: Sequence[float], seconds: float, limit: str = "") -> Result:
    """Return the row of a median that may be at most `seconds`."""
    median = statistics.median(taken)
    return Result(row, median, target=f"<= {seconds * 1000:g} ms", met=median <= seconds, limit=limit)


def write(name: str, results: Iterable[Result], folder: Path = FOLDER) -> Path:
    """Keep the rows of a run as `NAME.json` in `folder`, in the place of those of the run before; return the path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps([each.to_json() for each in results], indent=1, ensure_ascii=False) + "\n", "utf-8")
    return path


def readable(value: float, unit: str = "s") -> str:
    """Return a figure with its unit; seconds as milliseconds or microseconds where that reads better."""
    if unit != "s":
        return f"{value:.2f} {unit}"
    if value < _SHORT:
        return f"{value * 1_000_000:.1f} µs"
    return f"{value * 1000:.3f} ms" if value < 1 else f"{value:.2f} s"
