"""The progress of the case of Haarlem, from entries as one device wrote them."""

from collections.abc import Mapping
from datetime import date, timedelta

from desktop.plan.derive.derive import derive
from desktop.plan.law.deadlines import TermFacts
from desktop.plan.model.edits import sort_edits
from desktop.plan.pip.decision import PipDecision
from desktop.plan.progress.derive_progress import ProgressBasis, progress_of
from desktop.plan.progress.progress import Progress
from desktop.records import Body, ProgressBody, Register
from desktop.records.events.envelope import Event, to_milliseconds
from desktop.records.events.registers import register_of
from protocol.canonical import JsonValue
from protocol.identifiers import DeviceId, DossierId
from tests.unit.plan.case import MOMENT, SessionAnswers, answers, edits, region
from tests.unit.plan.pip.pip_case import FILLED

FIRST_PLAN = date(2026, 11, 24)
TODAY = date(2027, 4, 8)
TERMS = TermFacts(first_plan=FIRST_PLAN, plan=FIRST_PLAN, route="B1")
HERE, THERE = DeviceId("a" * 32), DeviceId("b" * 32)


def event(sequence: int, body: Body, device: DeviceId = HERE, seen: Mapping[DeviceId, int] | None = None) -> Event:
    """Return an event of `device`, one minute after the one before."""
    return Event(
        address=(DossierId("d" * 32), "core", 1, device),
        sequence=sequence,
        milliseconds=to_milliseconds(MOMENT + timedelta(minutes=sequence)),
        author="Karim Jansen",
        body=body,
        interpreter=False,
        language="ti",
        claims={},
        version=1,
        seen=seen or {},
    )


def registers(*bodies: ProgressBody) -> dict[str, Register]:
    """Return the registers of `bodies`, written one after the other on one device."""
    found: dict[str, list[Event]] = {}
    for sequence, body in enumerate(bodies, start=1):
        found.setdefault(body.entry, []).append(event(sequence, body))
    return {entry: register_of(events) for entry, events in found.items()}


def basis(  # each is one side of what progress is held against
    changes: Mapping[str, JsonValue] | None = None,
    *,
    facts: SessionAnswers | None = None,
    decision: PipDecision | None = None,
    terms: TermFacts = TERMS,
    today: date = TODAY,
) -> ProgressBasis:
    """Return what the progress is held against, with `changes` over what is filled in."""
    started: dict[str, JsonValue] = {**edits(), **FILLED, "route/start": "2027-01-11", **(changes or {})}
    fields = {key: value for key, value in started.items() if value is not None}
    known = facts or answers()
    plan = derive(known, fields, region(), today)
    return ProgressBasis(plan, known, sort_edits(fields), region(), terms, decision, today)


def progress(*bodies: ProgressBody, on: ProgressBasis | None = None) -> Progress:
    """Return the progress of `bodies`."""
    return progress_of(registers(*bodies), on or basis())
