"""The parts of a submission: what the zip holds beside the record, and the facts in its manifest."""

import io
import json
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from desktop.forms import Form, FormError, Session
from desktop.kernel.ref import Ref
from desktop.records import (
    AnswerGiven,
    AttachmentAdded,
    AttachmentRemoved,
    ConflictSettled,
    ConversationStarted,
    DossierOpened,
    DossierView,
    Event,
    PlaceKept,
    RepeatAdded,
    RepeatRemoved,
)
from desktop.services.dossier.registers import conflicts_in, current
from protocol.canonical import JsonValue
from protocol.identifiers import DossierId, InstanceId, case_number

FORMAT = "opmaat-submission/1"
DOCUMENT = "submission.xml"
MANIFEST = "manifest.json"
ASIDE = "attachments/"
"""Where files lie that no answer names."""

_SHOWN = (
    *(AnswerGiven, AttachmentAdded, AttachmentRemoved, ConflictSettled, ConversationStarted, DossierOpened),
    *(PlaceKept, RepeatAdded, RepeatRemoved),
)
_TEXTS = (".xml", ".csv", ".json")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_PRIVATE_FILE = 0o100600 << 16


@dataclass(frozen=True, slots=True)
class Submission:
    """The record, and what goes with it. `sent` are the files that the record names, `aside` the others.

    `missing` counts, per compartment, the events this device has no key to: 0 where it has no key and knows of none.
    `conflicts` is how many answers have two
    values, of which the record holds the later one; `absent` is how many attachments are not on this device. `facts` is
    the manifest; `moment` that of the last event.
    """

    document: bytes
    sent: Mapping[str, bytes]
    aside: Mapping[str, bytes]
    missing: Mapping[str, int]
    conflicts: int
    absent: int
    moment: datetime
    facts: Mapping[str, JsonValue] = field(repr=False)

    def zip(self) -> bytes:
        """Return everything as one zip file: the same bytes for the same submission."""
        manifest = json.dumps(self.facts, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"
        entries = {DOCUMENT: self.document, **self.sent, MANIFEST: manifest}
        entries |= {f"{ASIDE}{name}": data for name, data in self.aside.items()}
        moment = self.moment
        made = max((moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second), _EARLIEST)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, data in entries.items():
                entry = zipfile.ZipInfo(name, made)
                entry.external_attr = _PRIVATE_FILE
                archive.writestr(entry, data, zipfile.ZIP_DEFLATED if name.endswith(_TEXTS) else zipfile.ZIP_STORED)
        return stream.getvalue()


def shown(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events of the interview: what a submission shows. Plan, handover and documents made are not in it."""
    return tuple(event for event in events if isinstance(event.body, _SHOWN))


def instance_id(dossier: DossierId, events: Iterable[Event], readable: frozenset[str]) -> str:
    """Return the id of the record that `events` add up to (RFC 9562, version 5).

    The same on every device that has read the same events with the same keys, and another one after the next event of
    the interview: a server may take a second record by the same id for the first one sent again.
    """
    last: dict[str, int] = {}
    for event in events:
        last[event.device] = max(last.get(event.device, 0), event.sequence)
    state = [f"{device}:{sequence}" for device, sequence in sorted(last.items())]
    return f"uuid:{uuid.uuid5(uuid.UUID(dossier), ' '.join((*state, *sorted(readable))))}"


def facts_of(record: DossierView, session: Session, form: Form) -> dict[str, JsonValue]:
    """Return what the manifest says of the record: what a document of ODK cannot hold."""
    statuses: dict[str, list[str]] = {"declined": [], "unknown": []}
    for ref, register in record.answers.items():
        entry = current(register)
        if entry is not None and entry.status in statuses:
            statuses[entry.status].append(numbered(session, ref))
    return {
        "format": FORMAT,
        "form": {"id": form.name, "version": form.version},
        "case": case_number(record.id),
        "newer_events": record.newer,
        "conflicts": [numbered(session, ref) for ref in conflicts_in(record)],
        "declined": sorted(statuses["declined"]),
        "unknown": sorted(statuses["unknown"]),
    }


def numbered(session: Session, ref: str) -> str:
    """Return a ref with the place of each instance (1 is first) for its identity; without, where it is not there."""
    above, numbers = Ref.parse(""), Ref.parse("")
    for name, instance in Ref.parse(ref).steps:
        above, numbers = above.child(name), numbers.child(name)
        if instance:
            try:
                rows = session.instances(above.text)
                above = above.instance_of(instance)
                numbers = numbers.instance_of(InstanceId(str(rows.index(above.text) + 1)))
            except (FormError, ValueError):
                return Ref.parse(ref).path
    return numbers.text
