"""What an entry must be before it is written. Pure; what came in from elsewhere is read leniently all the same."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from desktop.plan.model.edits import LONGEST_TEXT
from desktop.plan.progress.entries import day_in
from desktop.plan.progress.progress import LEVELS
from desktop.records import (
    AbsenceRecorded,
    Body,
    EntryWithdrawn,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)
from protocol.errors import UserError

MOST_MINUTES = 9999 * 60
"""The most that DUO takes of one kind of hours, in minutes."""
MOST_HALF_DAYS = 400
"""Half-days of one absence: a year of eight half-days a week."""
MOST_TALKS = 99


def check_entry(body: ProgressBody, today: date) -> None:
    """Pass when `body` may be written on `today`.

    Raises UserError `progress.day_wrong`, `progress.day_ahead` for something done on a day that is still to come,
    `progress.period_wrong`, `progress.number_wrong`, `progress.reason_missing`, `progress.level_wrong` or
    `progress.too_long`.
    """
    if any(isinstance(value, str) and len(value) > LONGEST_TEXT for value in body.to_json().values()):
        raise UserError("progress.too_long")
    _CHECKS[type(body)](body, today)


def _day(text: str, today: date | None) -> date:
    """Return the day in `text`; with `today` it may not come after that."""
    day = day_in(text)
    if day is None:
        raise UserError("progress.day_wrong")
    if today is not None and day > today:
        raise UserError("progress.day_ahead")
    return day


def _number(value: int, most: int) -> None:
    if not 1 <= value <= most:
        raise UserError("progress.number_wrong")


def _talk(body: TalkRecorded, today: date) -> None:
    _number(body.number, MOST_TALKS)
    _day(body.moment, None if body.state == "planned" else today)


def _hours(body: HoursRecorded, today: date) -> None:
    _number(body.minutes, MOST_MINUTES)
    if _day(body.first, today) > _day(body.last, today):
        raise UserError("progress.period_wrong")


def _absence(body: AbsenceRecorded, today: date) -> None:
    _number(body.half_days, MOST_HALF_DAYS)
    _day(body.day, today)


def _level(body: LevelRecorded, today: date) -> None:
    if body.level not in LEVELS:
        raise UserError("progress.level_wrong")
    _day(body.day, today)


def _exam(body: ExamRecorded, today: date) -> None:
    _day(body.day, None if body.result == "registered" else today)


def _done(body: ModuleRecorded | ExemptionRecorded | MilestoneRecorded, today: date) -> None:
    _day(body.day, today)


def _withdrawal(body: EntryWithdrawn, _today: date) -> None:
    if not body.reason.strip():
        raise UserError("progress.reason_missing")


_CHECKS: Mapping[type[Body], Callable[[Any, date], None]] = {
    AbsenceRecorded: _absence,
    EntryWithdrawn: _withdrawal,
    ExamRecorded: _exam,
    ExemptionRecorded: _done,
    HoursRecorded: _hours,
    LevelRecorded: _level,
    MilestoneRecorded: _done,
    ModuleRecorded: _done,
    TalkRecorded: _talk,
}
