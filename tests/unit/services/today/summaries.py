"""Summaries for tests: one that is empty, with what a test says of it."""

from datetime import UTC, date, datetime, time

from desktop.services.caseload.case_tasks import OWN, CaseTask
from desktop.services.caseload.summary import Summary
from protocol.identifiers import DossierId

TODAY = date(2026, 11, 24)
ME, COLLEAGUE = "Joost", "Fatima"
HERE, ELSEWHERE = "Waterrijk", "Heideveld"

_NOBODY = Summary(
    dossier=DossierId("d" * 32),
    name="Selam T.",
    languages=("ti", "nl"),
    conflicts=0,
    answered=False,
    proposed=False,
    signed=False,
    step="",
    organisation="",
    text="",
    moment="",
    stamped=None,
    notified="",
    registered="",
    moves="",
    municipality="",
    authors=(),
    last_event=None,
    ended="",
    died="",
    v_number="",
    awaits=False,
    informed="",
    moved="",
    extended="",
    first_plan="",
    plan="",
    route="",
    holder="",
    tasks=(),
    contact=None,
    contact_kind="opened",
)


def about(**said: object) -> Summary:
    """Return a summary with what is said, else blank."""
    return _NOBODY._replace(**said)  # type: ignore[arg-type]  # by the names of the fields


def noon(day: date) -> datetime:
    """Return the middle of a day, aware."""
    return datetime.combine(day, time(12), UTC)


def task(due: date, owner: str = ME, *, kind: str = OWN, entry: str = "t1", **said: object) -> CaseTask:
    """Return an open task of this organisation."""
    made = CaseTask(entry, kind, "bellen over de fiets", owner, HERE, due.isoformat(), "2026-11-17", "", disputed=False)
    return made._replace(**said)  # type: ignore[arg-type]  # by the names of the fields
