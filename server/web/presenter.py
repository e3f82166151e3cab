"""From the report to what stands on the pages: words, days and marks, in one language and at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId, case_number, is_id
from server.web import formats
from server.web.handovers import OpenHandover
from server.web.report import Report, ReportedDevice, ReportedOrganisation
from server.web.texts import PageTexts

Row = Mapping[str, object]
"""What a template puts in one row or card; its keys are the template's."""

STUCK_DAYS = 3
"""After so many days a handover that waits is said to stand still."""

SILENT_DAYS = 30
OLD_DIRECTORY_DAYS = 90
_OLD_BACKUP_DAYS = 2
_FULL_PERCENT = 80
_SHORT = 8
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Presenter:
    """Says what is in `report`, in the language of `texts`, as it is at `now`."""

    texts: PageTexts
    report: Report
    now: datetime

    def stuck(self) -> Sequence[Row]:
        """Return the handovers that stand still, the longest first."""
        found = [each for each in self.report.handovers if self._is_stuck(each)]
        ordered = sorted(found, key=lambda each: (-(self._days_since(each.since) or 0), each.dossier))
        return [self._handover(each, first=at == 0) for at, each in enumerate(ordered)]

    def running(self) -> int:
        """Return how many other handovers wait, but not for long."""
        return sum(not self._is_stuck(each) for each in self.report.handovers)

    def devices(self) -> Sequence[Row]:
        """Return the devices, the longest silent first and the revoked ones last."""
        active = [device for device in self.report.devices if device.revoked is None]
        revoked = [device for device in self.report.devices if device.revoked is not None]
        active.sort(key=lambda device: (device.last_contact, device.device))
        revoked.sort(key=lambda device: (-(device.revoked or 0), device.device))
        return [self._device(device, first=at == 0) for at, device in enumerate([*active, *revoked])]

    def organisations(self) -> Sequence[Row]:
        """Return the organisations by name, reception locations first."""
        ordered = sorted(self.report.organisations, key=lambda one: (one.kind != RECEPTION, one.name.casefold()))
        return [self._organisation(one) for one in ordered]

    def room(self) -> Row:
        """Return what is stored, and on what disk; `percent` and `ours` are None where that is another machine's."""
        room, total = self.report.room, self.report.room.disk_total
        used = None if total is None or room.disk_free is None else total - room.disk_free
        return {
            "database": formats.size(self.texts, room.database),
            "dossiers": formats.size(self.texts, room.dossiers),
            "attachments": formats.size(self.texts, room.attachments),
            "free": None if room.disk_free is None else formats.size(self.texts, room.disk_free),
            "total": None if total is None else formats.size(self.texts, total),
            "percent": None if used is None or not total else round(used * _WHOLE / total),
            "ours": None if not total else round(room.database * _WHOLE / total, 1),
        }

    def backup(self) -> Row:
        """Return when the last known copy was made, and whether that is too long ago; `when` is None for never."""
        made = None if self.report.backup is None else formats.local(self.report.backup)
        when = None if made is None else formats.day_and_hour(self.texts, made, self.now.astimezone().date())
        return {"when": when, "old": made is None or self.now - made > timedelta(days=_OLD_BACKUP_DAYS)}

    def attention(self) -> Row | None:
        """Return the one sentence that stands above everything, with the anchor of the command that helps; or None."""
        text, percent = self.texts.text, self.room()["percent"]
        if self.report.damaged:
            words = self.texts.plural("{n} entry is damaged.", "{n} entries are damaged.", self.report.damaged)
            calm = text("Laptops go on; what is missing comes again.")
            return {"words": f"{words} {calm}", "command": "restored"}
        if isinstance(percent, int) and percent >= _FULL_PERCENT:
            return {"words": text("The disk is {percent} % full. Make room.", percent=percent), "command": None}
        if self.report.organisations and self.backup()["old"]:
            return {"words": text("No copy was made in the last two days."), "command": "backup"}
        old = [one for one in self.report.organisations if self._directory_is_old(one)]
        if old:
            return {"words": text("The directory of {name} is old.", name=old[0].name), "command": "directory"}
        return None

    def _is_stuck(self, handover: OpenHandover) -> bool:
        days = self._days_since(handover.since)
        return days is None or days >= STUCK_DAYS

    def _days_since(self, since: datetime | None) -> int | None:
        """Return the whole days since a moment that a laptop named; None when it named none, or one of tomorrow."""
        if since is None or since > self.now + timedelta(days=1):
            return None
        return max(0, (self.now - since).days)

    def _handover(self, handover: OpenHandover, *, first: bool) -> Row:
        text, days = self.texts.text, self._days_since(handover.since)
        what = {
            "fetching": text("Sent, not fetched yet"),
            "deciding": text("Received, not accepted yet"),
        }
        advice = {
            "fetching": text("Their laptop has to connect: it fetches the case by itself."),
            "deciding": text("The case is on their laptop. They accept it there, or return it with a question."),
        }
        since = handover.since if days is not None else None
        return {
            "number": _number(handover.dossier),
            "what": what[handover.waits_for],
            "advice": advice[handover.waits_for],
            "sender": self._name_of(handover.sender),
            "recipient": self._name_of(handover.recipient),
            "since": None if since is None else self._day(since),
            "days": None if days is None else self.texts.plural("{n} day", "{n} days", days),
            "contact": self._contact_of(handover.recipient),
            "accent": first,
        }

    def _device(self, device: ReportedDevice, *, first: bool) -> Row:
        contact = formats.local(device.last_contact)
        days = max(0, (self.now - contact).days)
        silent = device.revoked is None and days >= SILENT_DAYS
        return {
            "id": device.device,
            "short": device.device[:_SHORT],
            "organisation": self._name_of(device.organisation),
            "contact": self._time(contact) if device.seen else self.texts.text("never since it joined"),
            "days": self.texts.plural("{n} day", "{n} days", days) if days else None,
            "enrolled": self._day(formats.local(device.enrolled)),
            "subject": device.subject,
            "revoked": None if device.revoked is None else self._day(formats.local(device.revoked)),
            "silent": silent,
            "accent": silent and first,
        }

    def _organisation(self, one: ReportedOrganisation) -> Row:
        reception = one.kind == RECEPTION
        signed = one.directory_signed
        return {
            "id": one.organisation,
            "name": one.name,
            "kind": self.texts.text("reception location") if reception else self.texts.text("municipality"),
            "icon": "home" if reception else "people",
            "devices": self.texts.plural("{n} device", "{n} devices", len(one.active)),
            "revoked": len(one.devices) - len(one.active),
            "contact": self._contact(one),
            "size": formats.size(self.texts, one.octets),
            "invitations": len(one.devices),
            "last_invitation": self._day(formats.local(one.devices[-1].enrolled)) if one.devices else None,
            "damaged": one.damaged,
            "signed": None if signed is None else self._day(signed),
            "old": self._directory_is_old(one),
        }

    def _directory_is_old(self, one: ReportedOrganisation) -> bool:
        return one.directory_signed is None or self.now - one.directory_signed > timedelta(days=OLD_DIRECTORY_DAYS)

    def _contact_of(self, organisation: str) -> str | None:
        found = [one for one in self.report.organisations if one.organisation == organisation]
        return self._contact(found[0]) if found else None

    def _contact(self, one: ReportedOrganisation) -> str | None:
        seen = max((device.last_contact for device in one.active), default=None)
        return None if seen is None else self._day(formats.local(seen))

    def _name_of(self, organisation: str) -> str:
        names = {one.organisation: one.name for one in self.report.organisations}
        return names.get(organisation, organisation[:_SHORT])

    def _day(self, moment: datetime) -> str:
        return formats.day(self.texts, moment, self.now.astimezone().date())

    def _time(self, moment: datetime) -> str:
        return formats.day_and_hour(self.texts, moment, self.now.astimezone().date())


def _number(dossier: str) -> str:
    return case_number(DossierId(dossier)) if is_id(dossier) else dossier[:_SHORT]
