"""Everybody on the page of the day: one row a case, in the circle of people that was asked for. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.services.caseload.summary import Summary
from desktop.services.today.needs import DayPlace, Holding, Need, Reason, Viewer, holding, is_mine, needs_of, order_of
from protocol.identifiers import DossierId, case_number


class Circle(StrEnum):
    """Whose people: mine, those my organisation works on or is offered, everybody on this device."""

    MINE = "mine"
    TEAM = "team"
    EVERYBODY = "everybody"


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One person. `needs` has the one next step first; `organisation` is the other one of a handover.

    `remark` is what the municipality asked when it gave the case back. `last_event` is the newest event of the record.
    """

    dossier: DossierId
    name: str
    number: str
    languages: tuple[str, ...]
    organisation: str
    remark: str
    needs: tuple[Need, ...]
    last_event: datetime | None

    @property
    def need(self) -> Need:
        """Return the one next step."""
        return self.needs[0]

    @property
    def more(self) -> int:
        """Return how many other reasons ask for attention now."""
        return sum(each.place is DayPlace.LISTED for each in self.needs[1:])


@dataclass(frozen=True, slots=True)
class TodayView:
    """The people of one circle on one day, the most urgent first, and how many there are in each circle."""

    day: date
    circle: Circle
    rows: tuple[TodayRow, ...]
    sizes: Mapping[Circle, int]

    def at(self, place: DayPlace) -> tuple[TodayRow, ...]:
        """Return those of one place; the four places together are everybody."""
        return tuple(row for row in self.rows if row.need.place is place)

    def because(self, reason: Reason) -> tuple[TodayRow, ...]:
        """Return those in the list for one reason; the reasons together are the list."""
        return tuple(row for row in self.at(DayPlace.LISTED) if row.need.reason is reason)


def in_circle(about: Summary, circle: Circle, viewer: Viewer) -> bool:
    """Tell whether a case belongs to the circle of `viewer`; each circle holds the one before."""
    if circle is Circle.EVERYBODY or is_mine(about, viewer.me):
        return True
    return circle is Circle.TEAM and holding(about, viewer.organisation) is not Holding.GONE


def view_of(cases: Iterable[Summary], circle: Circle, viewer: Viewer, today: date) -> TodayView:
    """Return the page of one circle; nobody in it is left out."""
    everybody = tuple(cases)
    sizes = {each: sum(in_circle(about, each, viewer) for about in everybody) for each in Circle}
    rows = [row_of(about, viewer, today) for about in everybody if in_circle(about, circle, viewer)]
    return TodayView(today, circle, tuple(sorted(rows, key=_urgency)), sizes)


def row_of(about: Summary, viewer: Viewer, today: date) -> TodayRow:
    """Return the row of one case."""
    return TodayRow(
        about.dossier,
        about.name,
        case_number(about.dossier),
        about.languages,
        about.organisation,
        about.text if about.step == "returned" else "",
        needs_of(about, viewer, today),
        about.last_event,
    )


def _urgency(row: TodayRow) -> tuple[tuple[int, int, int, int], str, DossierId]:
    return order_of(row.need), row.name.casefold(), row.dossier
