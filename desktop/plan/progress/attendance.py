"""A school's attendance list as entries: which column says what, what each row becomes, and which rows are bad. Pure.

The id of an entry follows from person, period, kind and school, so the same list read again corrects what it said
before and adds nothing twice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

from msgspec.structs import replace

from desktop.i18n import with_plain_figures
from desktop.plan.progress.entry_checks import check_entry
from desktop.records import AbsenceRecorded, HoursRecorded, ProgressBody
from desktop.records.events.progress_bodies import HoursAbout
from protocol.errors import UserError

Role = Literal["person", "first", "last", "hours", "half_days", "notice", "reason"]
"""What a column can say; `person` and `first` are needed, and one of hours and half-days."""
ROLES: tuple[Role, ...] = ("person", "first", "last", "hours", "half_days", "notice", "reason")
NEEDED: tuple[Role, ...] = ("person", "first")

_WORDS: Mapping[Role, tuple[str, ...]] = {
    "person": ("dossier", "v-nummer", "vnummer", "kenmerk"),
    "first": ("datum", "vanaf", "van", "begin"),
    "last": ("tot", "t/m", "eind"),
    "hours": ("uren", "uur"),
    "half_days": ("dagdelen", "afwezig", "gemist"),
    "notice": ("bericht", "gemeld", "afgemeld"),
    "reason": ("reden", "opmerking"),
}
_MINUTES = 60
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})|(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?")
_YES = frozenset({"ja", "j", "yes", "1", "x", "true", "met"})


@dataclass(frozen=True, slots=True)
class AttendanceTable:
    """A list as it was read: its columns, and its rows by their number in the file (the columns are row 1)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class AttendanceRow:
    """One good row: its number, whom it names as it stands there, and what it becomes."""

    number: int
    person: str
    bodies: tuple[ProgressBody, ...]


@dataclass(frozen=True, slots=True)
class BadRow:
    """One row that cannot be taken in: its number, and the code of why."""

    number: int
    code: str


def guess_roles(columns: Sequence[str]) -> dict[Role, str]:
    """Return which column probably says what, each column once."""
    found: dict[Role, str] = {}
    for role in ROLES:
        free = [each for each in columns if each not in found.values()]
        match = next((each for each in free if any(word in each.casefold() for word in _WORDS[role])), None)
        if match is not None:
            found[role] = match
    return found


def lacks(roles: Mapping[Role, str]) -> bool:
    """Tell whether a column that is needed has not been chosen."""
    return any(not roles.get(role) for role in NEEDED) or not (roles.get("hours") or roles.get("half_days"))


def read_rows(
    table: AttendanceTable, roles: Mapping[Role, str], about: HoursAbout, source: str, today: date
) -> Iterator[AttendanceRow | BadRow]:
    """Yield every row of the list, good or bad; none is left out."""
    for number, cells in table.rows:
        said = {role: cells.get(roles.get(role, ""), "").strip() for role in ROLES}
        try:
            yield AttendanceRow(number, said["person"], tuple(_bodies(said, about, source, today)))
        except UserError as error:
            yield BadRow(number, error.code)


def merged(bodies: Iterable[ProgressBody]) -> tuple[ProgressBody, ...]:
    """Return `bodies` with those of one entry added up: two lessons of one day are two rows of a list."""
    found: dict[str, ProgressBody] = {}
    for body in bodies:
        before = found.get(body.entry)
        if isinstance(body, HoursRecorded) and isinstance(before, HoursRecorded):
            found[body.entry] = replace(before, minutes=before.minutes + body.minutes)
        elif isinstance(body, AbsenceRecorded) and isinstance(before, AbsenceRecorded):
            reasons = dict.fromkeys(filter(None, (before.reason, body.reason)))
            half_days = before.half_days + body.half_days
            found[body.entry] = replace(before, half_days=half_days, reason="; ".join(reasons))
        else:
            found[body.entry] = body
    return tuple(found.values())


def _bodies(said: Mapping[Role, str], about: HoursAbout, source: str, today: date) -> Iterator[ProgressBody]:
    if not said["person"]:
        raise UserError("attendance.nobody")
    first = _day(said["first"])
    last = _day(said["last"]) if said["last"] else first
    minutes, half_days = _minutes(said["hours"]), _whole(said["half_days"])
    if not minutes and not half_days:
        raise UserError("attendance.nothing")
    if minutes:
        entry = _entry("hours", about, first, last, source)
        yield _checked(HoursRecorded(entry, about, first, last, minutes, source), today)
    if half_days:
        notice = said["notice"].casefold() in _YES
        entry = _entry("absence", first, "told" if notice else "untold", source)
        yield _checked(AbsenceRecorded(entry, first, half_days, notice, said["reason"], source), today)


def _checked(body: ProgressBody, today: date) -> ProgressBody:
    check_entry(body, today)
    return body


def _entry(*parts: str) -> str:
    """Return the id that follows from what a row is about; a case has its own, so the person is no part of it."""
    return "list" + sha256("\0".join(parts).encode()).hexdigest()[:16]


def _day(text: str) -> str:
    found = _DAY.fullmatch(with_plain_figures(text))
    if found is None:
        raise UserError("progress.day_wrong")
    day, month, year, *iso = found.groups()
    parts = (year, month, day) if year else tuple(iso)
    return "-".join(each.zfill(2) for each in parts)


def _minutes(text: str) -> int:
    """Return hours such as `2`, `2,5` or `2:30` in minutes; 0 for a blank."""
    if not text:
        return 0
    plain = with_plain_figures(text).replace(",", ".")
    clock = re.fullmatch(r"(\d{1,4}):([0-5]\d)(?::\d\d)?", plain)
    if clock is not None:
        return int(clock[1]) * _MINUTES + int(clock[2])
    if re.fullmatch(r"\d{1,4}(\.\d{1,4})?", plain) is None:
        raise UserError("progress.number_wrong")
    return round(float(plain) * _MINUTES)


def _whole(text: str) -> int:
    plain = with_plain_figures(text)
    if not plain:
        return 0
    if re.fullmatch(r"\d{1,4}(\.0)?", plain) is None:
        raise UserError("progress.number_wrong")
    return int(float(plain))
