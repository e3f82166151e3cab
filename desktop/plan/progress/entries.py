"""The entries of a record that count, and those of which two corrections stand side by side. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from desktop.plan.model.edits import as_date
from desktop.records import EntryWithdrawn, ProgressBody, Register, RegisterEntry

B = TypeVar("B")

_DAY = 10
"""Characters of an ISO date at the start of a moment."""


@dataclass(frozen=True, slots=True)
class ProgressEntry:
    """One thing that was recorded, as it stands: its id, what it says, by whom and when it was written."""

    id: str
    body: ProgressBody
    author: str
    written: datetime


@dataclass(frozen=True, slots=True)
class DisputedEntry:
    """An entry that two devices corrected without seeing each other: what each says, the oldest first."""

    id: str
    sides: tuple[ProgressEntry, ...]


def entries_of(registers: Mapping[str, Register]) -> tuple[ProgressEntry, ...]:
    """Return what counts, in the order it was written; of a dispute what was written last, as everywhere."""
    latest = [(name, kept.latest) for name, kept in registers.items() if kept.latest is not None]
    found = [_entry(name, entry) for name, entry in sorted(latest, key=lambda each: each[1].order)]
    return tuple(each for each in found if not is_withdrawn(each))


def disputes_of(registers: Mapping[str, Register]) -> tuple[DisputedEntry, ...]:
    """Return the entries where a person must choose, by their ids."""
    return tuple(
        DisputedEntry(name, tuple(_entry(name, side) for side in kept.entries))
        for name, kept in sorted(registers.items())
        if kept.conflict
    )


def is_withdrawn(entry: ProgressEntry) -> bool:
    """Tell whether the entry says that what stood here counts no more."""
    return isinstance(entry.body, EntryWithdrawn)


def bodies(entries: tuple[ProgressEntry, ...], kind: type[B]) -> Iterator[B]:
    """Yield what the entries of one kind say, in their order."""
    return (each.body for each in entries if isinstance(each.body, kind))


def day_in(moment: str) -> date | None:
    """Return the day of a moment; None where it cannot be read, as in a writing of another program."""
    return as_date(moment[:_DAY])


def sort_day(day: str) -> str:
    """Return what puts days in order; one that cannot be read comes first and never wins."""
    return day if day_in(day) is not None else ""


def _entry(name: str, entry: RegisterEntry) -> ProgressEntry:
    return ProgressEntry(name, cast("ProgressBody", entry.event.body), entry.author, entry.time)
