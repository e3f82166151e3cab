"""What the list of people must know of a dossier: a small part of its view that does not depend on the day. Pure.

The journal keeps it sealed, so that the list opens without folding every event. What must be erased is read from it
too: both look at every dossier, at every opening.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from desktop.i18n import with_plain_figures
from desktop.kernel.ref import Ref
from desktop.plan.law.deadlines import TermFacts
from desktop.plan.model.edits import as_date
from desktop.plan.model.support_plan import LegalRoute
from desktop.plan.pip.decision import PipDecision
from desktop.plan.pip.frozen_decision import FrozenDecision
from desktop.records.dossiers.snapshots import Summariser
from desktop.records.events.bodies import HandoverStep, PipIssued
from desktop.records.events.envelope import from_milliseconds, to_milliseconds
from desktop.records.events.registers import Register
from desktop.records.events.view import DossierView, RecordedEvent
from desktop.services.caseload.case_tasks import CaseTask, kept_promises, open_tasks
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.registers import current, text_at
from protocol.canonical import canonical_bytes
from protocol.errors import UserError
from protocol.identifiers import DossierId

VERSION = 9
"""Raised with every change of `Summary` or of how it is made: then every snapshot is made anew."""

ENDED, DIED = "duty/ended", "duty/died"
"""The fields of the plan in which the end of the duty and the death of the person are noted."""

AWAITS, INFORMED, MOVED, FIRST_PLAN, EXTENDED = (
    f"term/{name}" for name in ("awaits", "informed", "moved", "first_plan", "extended")
)
"""The fields of the plan in which the municipality notes what moves a date of the law."""

_ANSWERS = ("kennisgeving", "brp_datum", "verhuizen", "gemeente", "v_nummer")

_UNDER_WAY = frozenset({"offered", "received", "talk_planned", "talk_held"})
_ANSWERS_TO_AN_OFFER = frozenset({"accepted", "returned", "withdrawn"})


class Summary(NamedTuple):
    """A dossier in the list. `notified`, `registered` and `moves` are answers (dates), `municipality` is one too.

    `step` is the present step of the handover with its `organisation`, `text`, `moment` (ISO, or blank) and the time it
    was `stamped`. `authors` are who opened the dossier, led a talk or took a step of the handover. `ended` and `died`
    are noted days, ISO or blank. `v_number` is the number of the person at the immigration service, in figures 0 to 9.
    `awaits` and the fields after it are what the terms of the law follow from, ISO or blank: `first_plan` is the date
    of the first decision ever, `plan` and `route` are those of the newest.
    """

    dossier: DossierId
    name: str
    languages: tuple[str, ...]
    conflicts: int
    answered: bool
    proposed: bool
    signed: bool
    step: str
    organisation: str
    text: str
    moment: str
    stamped: datetime | None
    notified: str
    registered: str
    moves: str
    municipality: str
    authors: tuple[str, ...]
    last_event: datetime | None
    ended: str
    died: str
    v_number: str
    awaits: bool
    informed: str
    moved: str
    extended: str
    first_plan: str
    plan: str
    route: str
    holder: str
    tasks: tuple[CaseTask, ...]
    contact: datetime | None
    contact_kind: str

    @property
    def terms(self) -> TermFacts:
        """Return what the dates of the law follow from."""
        return TermFacts(
            notified=as_date(self.notified),
            registered=as_date(self.registered),
            awaits=self.awaits,
            informed=as_date(self.informed),
            moved=as_date(self.moved),
            first_plan=as_date(self.first_plan),
            plan=as_date(self.plan),
            route=cast("LegalRoute | None", self.route or None),
            extended=as_date(self.extended),
            ended=as_date(self.ended),
        )


def summary_of(view: DossierView) -> Summary:
    """Return what the list must know of `view`."""
    last = _present_step(view.handover)
    notified, registered, moves, municipality, number = _answers(view)
    opening = view.opening.latest
    stamps = [talk.stamp for talk in view.conversations] + [step.stamp for step in view.handover]
    authors = {stamp.author for stamp in stamps} | ({opening.author} if opening is not None else set())
    return Summary(
        view.id,
        called_name(view),
        view.languages,
        len(view.conflicts()),
        bool(view.answers),
        "route/proposed" in view.plan,
        any(_is_signed(register) for field, register in view.plan.items() if field.startswith("signature/")),
        "" if last is None else _name_of(last.body),
        "" if last is None else last.body.organisation,
        "" if last is None else last.body.text,
        "" if last is None else last.body.moment,
        None if last is None else last.stamp.time,
        notified,
        registered,
        moves,
        municipality,
        tuple(sorted(authors)),
        view.last_event,
        _noted_day(view, ENDED),
        _noted_day(view, DIED),
        with_plain_figures(number).strip(),
        bool(text_at(view.plan.get(AWAITS))),
        _noted_day(view, INFORMED),
        _noted_day(view, MOVED),
        _noted_day(view, EXTENDED),
        *_decided(view),
        next((step.body.organisation for step in reversed(view.handover) if step.body.step == "accepted"), ""),
        open_tasks(view),
        *_last_contact(view),
    )


def _last_contact(view: DossierView) -> tuple[datetime | None, str]:
    """Return when there was contact last, and how the record knows."""
    steps = {"talk_held": "talk_of_three", "accepted": "accepted"}
    found = [(talk.stamp.time, "talk") for talk in view.conversations]
    found += [(step.stamp.time, steps[step.body.step]) for step in view.handover if step.body.step in steps]
    found += [(moment, "promise") for moment in kept_promises(view)]
    return max(found, default=(view.opened, "opened"))


def _is_signed(register: Register) -> bool:
    return register.latest is not None and register.latest.value is not None


def _present_step(steps: Sequence[RecordedEvent[HandoverStep]]) -> RecordedEvent[HandoverStep] | None:
    """Return the step a case is at.

    `steps` stand after what their authors had seen, and where two did not know of each other by their clocks: every
    offer is answered once, so as many answers as offers say that the last one was answered.
    """
    if not steps:
        return None
    last = steps[-1]
    offers = sum(each.body.step == "offered" for each in steps)
    answers = [each for each in steps if each.body.step in _ANSWERS_TO_AN_OFFER]
    if last.body.step in _UNDER_WAY and len(answers) >= offers > 0:
        return answers[-1]
    return last


def _name_of(step: HandoverStep) -> str:
    """Return what the step is called; a talk without a moment was called off, so the case is at the step before."""
    return "received" if step.step == "talk_planned" and not step.moment else step.step


def to_bytes(view: DossierView) -> bytes:
    """Return the summary of `view` as it is sealed: a JSON array, its fields after the dossier in their order."""
    values = summary_of(view)[1:]
    return canonical_bytes([to_milliseconds(each) if isinstance(each, datetime) else each for each in values])


def from_bytes(dossier: DossierId, data: bytes) -> Summary:
    """Return what `to_bytes` wrote in this version."""
    fields = json.loads(data)
    stamped, last, languages, authors = fields[10], fields[16], fields[1], fields[15]
    fields[10], fields[16] = _time(stamped), _time(last)
    fields[1], fields[15] = tuple(languages), tuple(authors)
    fields[28] = tuple(CaseTask(*each) for each in fields[28])
    fields[29] = _time(fields[29])
    return Summary(dossier, *fields)


SUMMARISE = Summariser(VERSION, to_bytes)


def _answers(view: DossierView) -> tuple[str, str, str, str, str]:
    found = dict.fromkeys(_ANSWERS, "")
    for ref in [ref for ref in view.answers if ref.endswith(_ANSWERS)]:  # spares most of them from being taken apart
        name = Ref.parse(ref).name
        latest = view.answers[ref].latest if name in found and not found[name] else None
        if latest is not None and latest.status == "given":
            found[name] = latest.text
    notified, registered, moves, municipality, number = found.values()
    return notified, registered, moves, municipality, number


def _decided(view: DossierView) -> tuple[str, str, str]:
    """Return the dates of the first and of the newest decision, and the route of that: what cannot be read is none."""
    issued = [each for each in map(_readable, view.decisions) if each is not None]
    elsewhere = _noted_day(view, FIRST_PLAN)
    if not issued:
        return elsewhere, elsewhere, ""
    first, newest = issued[0].first, issued[-1]
    return _iso(first) or elsewhere, _iso(newest.dated), newest.route or ""


def _readable(issued: RecordedEvent[PipIssued]) -> PipDecision | None:
    try:
        return FrozenDecision(issued.body.language, issued.body.decision).decision()
    except UserError:
        return None


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _noted_day(view: DossierView, field: str) -> str:
    """Return the day that is noted in a field of the plan; blank where none is, or something else."""
    entry = current(view.plan.get(field))
    day = None if entry is None else as_date(entry.value)
    return _iso(day)


def _time(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_milliseconds(milliseconds)
