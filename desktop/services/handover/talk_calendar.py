"""The talk of three as an iCalendar file (RFC 5545), without a word about the newcomer. Pure, but for the library.

The method is PUBLISH: the file is given along by hand, and nobody here has an address that an answer could go to. RFC
5546 allows it no ATTENDEE, so both organisations stand in the text. A changed talk keeps its UID and has a higher
SEQUENCE, a cancelled one comes with the method CANCEL: a calendar that knows the talk moves or removes it. The library
is loaded when a file is made, because it takes longer to import than the handover page itself.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.i18n import N_, Catalogue
from desktop.records import DossierView
from desktop.services.handover.handover_parts import TalkPlan
from desktop.services.handover.handover_state import read_talk

if TYPE_CHECKING:
    from icalendar import Alarm, Event, Timezone

ZONE = "Europe/Amsterdam"
LENGTH = timedelta(hours=1)
"""A talk is planned by its beginning; an hour is what the agenda of the talk asks for."""

REMINDERS = (timedelta(days=1), timedelta(hours=1))
"""A day before, to arrange interpreter and travel; an hour before, to be there."""

PLACES: Mapping[str, str] = {"room": N_("in the room"), "video": N_("on video"), "phone": N_("by phone")}
_AGENDA = N_("The newcomer, {sender} and {municipality} talk together. What is agreed stands in the plan.")
_NOBODY = "invalid:nomail"
"""The address of an organizer without mail, as Exchange and Google write it."""


@dataclass(frozen=True, slots=True)
class CalendarTalk:
    """A talk as calendars know it: `uid` stays while it is moved, `sequence` counts how often; `changed` is when.

    What was `held` is over: it can neither be moved nor called off, and the next talk is another one.
    """

    uid: str
    sequence: int
    talk: TalkPlan
    municipality: str
    changed: datetime
    cancelled: bool = False
    held: bool = False

    @property
    def is_over(self) -> bool:
        """Tell whether nothing becomes of this talk any more."""
        return self.cancelled or self.held


def calendar_talk(record: DossierView) -> CalendarTalk | None:
    """Return the newest talk of a case, None when none was ever planned.

    The talk is cancelled when it was called off, when another recipient was chosen, or the case was taken back;
    not when it was held all the same, as somebody says who had not heard of that.
    """
    found: CalendarTalk | None = None
    count = 0
    for step in record.handover:
        name, moment = step.body.step, step.stamp.time
        talk = read_talk(step.body) if name == "talk_planned" else None
        if talk is not None and (found is None or found.is_over):
            count += 1
            found = CalendarTalk(_uid(record.id, count), 0, talk, step.body.organisation, moment)
        elif talk is not None and found is not None:
            found = replace(found, talk=talk, sequence=found.sequence + 1, changed=moment)
        elif found is not None and not found.held and name == "talk_held":
            sequence = found.sequence + found.cancelled
            found = replace(found, held=True, cancelled=False, sequence=sequence, changed=moment)
        elif found is not None and not found.is_over and name in {"talk_planned", "chosen", "withdrawn"}:
            found = replace(found, cancelled=True, sequence=found.sequence + 1, changed=moment)
    return found


def calendar_file(planned: CalendarTalk, sender: str, texts: Catalogue, now: datetime) -> bytes:
    """Return the file of a talk that `sender` prepared, in the language of `texts`, made at `now`."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Opmaat//Opmaat//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if planned.cancelled else "PUBLISH")
    calendar.add_component(_timezone())
    calendar.add_component(_event(planned, sender, texts, now))
    return bytes(calendar.to_ical())


def _event(planned: CalendarTalk, sender: str, texts: Catalogue, now: datetime) -> "Event":
    from icalendar import Event, vCalAddress

    municipality, begin = planned.municipality, planned.talk.moment.astimezone(ZoneInfo(ZONE))
    organizer = vCalAddress(_NOBODY)
    organizer.params["CN"] = sender
    event = Event()
    event.add("uid", planned.uid)
    event.add("sequence", planned.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", planned.changed.astimezone(UTC))
    event.add("dtstart", begin)
    event.add("dtend", (planned.talk.moment + LENGTH).astimezone(ZoneInfo(ZONE)))
    title = texts.text("Talk of three")
    event.add("summary", f"{title}: {sender} – {municipality}")
    event.add("description", texts.text(_AGENDA, sender=sender, municipality=municipality))
    event.add("location", f"{municipality}, {texts.text(PLACES[planned.talk.place])}")
    event.add("organizer", organizer)
    event.add("class", "PRIVATE")
    event.add("status", "CANCELLED" if planned.cancelled else "CONFIRMED")
    if not planned.cancelled:
        for before in REMINDERS:
            event.add_component(_alarm(before, title))
    return event


def _alarm(before: timedelta, title: str) -> "Alarm":
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _timezone() -> "Timezone":
    """Return the rules that hold in the Netherlands since 1996, as rules: Outlook reads no list of dates."""
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

    winter, summer = timedelta(hours=1), timedelta(hours=2)
    zone, standard, daylight = Timezone(), TimezoneStandard(), TimezoneDaylight()
    zone.add("tzid", ZONE)
    for part, name, month, begin, before, after in (
        (daylight, "CEST", 3, datetime(1981, 3, 29, 2), winter, summer),  # noqa: DTZ001  # local by definition
        (standard, "CET", 10, datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001  # local by definition
    ):
        part.add("dtstart", begin)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
    return zone


def _uid(dossier: str, count: int) -> str:
    """Return a name that both sides find alike and that does not lead back to the case."""
    digest = hashlib.sha256(f"opmaat/talk/1\0{dossier}\0{count}".encode()).hexdigest()
    return f"{digest[:32]}@opmaat.invalid"
