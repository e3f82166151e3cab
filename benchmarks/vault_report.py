"""The table of `make bench-vault`: one line per promise, with what it is measured against and the most it may be."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

_WIDTHS = (44, 12, 40, 12, 8, 12)


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One figure of ours beside another; `ratio` is ours over theirs, `promise` what the design asks of it."""

    title: str
    ours: str
    against: str
    theirs: str
    ratio: float | None
    promise: str
    kept: bool | None = None

    def text(self) -> str:
        """Return the line of the table."""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f} x"
        cells = (self.title, self.ours, self.against, self.theirs, ratio, self.promise)
        said = {True: "kept", False: "MISSED", None: ""}[self.kept]
        return "  ".join(cell.ljust(width) for cell, width in zip(cells, _WIDTHS, strict=True)) + f"  {said}"


HEAD = ReportLine("", "Opmaat", "against", "", None, "promise").text()


def compared(title: str, ours: Sequence[float], against: str, theirs: Sequence[float], most: float) -> ReportLine:
    """Return the line that compares the medians of two series of seconds; the ratio may be at most `most`."""
    mine, other = statistics.median(ours), statistics.median(theirs)
    return ratio_of(title, mine, against, other, most)


def ratio_of(title: str, ours: float, against: str, theirs: float, most: float) -> ReportLine:
    """Return the line that compares two figures in seconds."""
    ratio = ours / theirs
    return ReportLine(title, ms(ours), against, ms(theirs), ratio, f"<= {most:g} x", ratio <= most)


def at_most(title: str, taken: Sequence[float], seconds: float) -> ReportLine:
    """Return the line of a median that may be at most `seconds`."""
    median = statistics.median(taken)
    return ReportLine(title, ms(median), "", "", None, f"<= {seconds * 1000:g} ms", median <= seconds)


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:.3f} ms" if seconds < 1 else f"{seconds * 1000:.0f} ms"
