"""The attachments of a view: which stand, and which ever did. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.records.events.bodies import AttachmentAdded
from desktop.records.events.registers import Register, RegisterEntry
from desktop.records.events.view import DossierView


@dataclass(frozen=True, slots=True)
class AttachmentRecord:
    """An attachment, the compartment its content is sealed for, and who added it, when and where."""

    body: AttachmentAdded
    compartment: str
    stamp: RegisterEntry


def standing(view: DossierView) -> tuple[AttachmentRecord, ...]:
    """Return the attachments that stand, the oldest first; where devices disagree, an attachment is there."""
    found = [each for register in view.attachments.values() for each in _latest(register)]
    return tuple(sorted(found, key=lambda one: one.stamp.order))


def all_attachments(view: DossierView) -> tuple[AttachmentRecord, ...]:
    """Return every attachment there ever was, removed ones too, the oldest first."""
    entries = (entry for register in view.attachments.values() for entry in (*register.past, *register))
    return tuple(sorted((one for entry in entries for one in _parse(entry)), key=lambda one: one.stamp.order))


def _latest(register: Register) -> Iterator[AttachmentRecord]:
    """Return the attachment as it stands, dated by the first time it was added; nothing for a removed one."""
    stands = [one for entry in register for one in _parse(entry)]
    if stands:
        first = next(one for entry in (*register.past, *register) for one in _parse(entry))
        yield AttachmentRecord(stands[-1].body, stands[-1].compartment, first.stamp)


def _parse(entry: RegisterEntry) -> Iterator[AttachmentRecord]:
    """Yield what an addition says; nothing for a removal. The fold entered it from an event that was whole."""
    if isinstance(entry.value, Mapping):
        values = dict(entry.value)
        compartment = str(values.pop("compartment"))
        yield AttachmentRecord(AttachmentAdded.from_json(values), compartment, entry)
