"""Dates of which the day, or day and month, is not known: in the record as unknown, never as the first of something.

The text is that of ISO 8601-2 (EDTF): `1990-XX-XX`, `1990-03-XX`, and `1990-03-21` for a date that is whole. What does
not know these texts takes them for no date at all, and so never for 1 January.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_TEXT = re.compile(r"([0-9]{4})-([0-9]{2}|XX)-([0-9]{2}|XX)")
_UNKNOWN = "XX"
_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class PartDate:
    """A year, with the month and the day where they are known; a day without a month is none."""

    year: int
    month: int | None = None
    day: int | None = None

    @staticmethod
    def parse(text: str) -> "PartDate | None":
        """Return the date that `text` is, None for any other text and for a day that no calendar has."""
        found = _TEXT.fullmatch(text)
        if found is None:
            return None
        month, day = (None if part == _UNKNOWN else int(part) for part in found.groups()[1:])
        made = PartDate(int(found[1]), month, day)
        return made if made._exists() else None

    @property
    def is_whole(self) -> bool:
        """Tell whether day and month are known."""
        return self.day is not None

    @property
    def first(self) -> date:
        """The first day it may be."""
        return date(self.year, 1 if self.month is None else self.month, 1 if self.day is None else self.day)

    @property
    def last(self) -> date:
        """The last day it may be."""
        month = _DECEMBER if self.month is None else self.month
        days = calendar.monthrange(self.year, month)[1]
        return date(self.year, month, days if self.day is None else self.day)

    @property
    def text(self) -> str:
        """The text in which it is kept."""
        return "-".join((f"{self.year:04}", _two(self.month), _two(self.day)))

    @property
    def shown(self) -> str:
        """What is known of it in the order of Dutch letters: `21-03-1990`, `03-1990` or `1990`."""
        known = (part for part in (self.day, self.month) if part is not None)
        return "-".join((*(f"{part:02}" for part in known), f"{self.year:04}"))

    def _exists(self) -> bool:
        if self.month is None and self.day is not None:
            return False
        try:
            return self.first <= self.last
        except (ValueError, calendar.IllegalMonthError):
            return False


def _two(part: int | None) -> str:
    return _UNKNOWN if part is None else f"{part:02}"
