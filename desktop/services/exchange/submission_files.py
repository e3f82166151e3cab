"""The files that go with a submission: the log of changes, and the attachments whose contents are on this device."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from desktop.forms import Form, Session
from desktop.media import MediaType
from desktop.records import AttachmentRecord, Journal
from desktop.services.exchange.odk_audit_log import path_of
from desktop.services.exchange.submission_parts import numbered
from desktop.services.interview.attachments import file_name_of
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId

_PLAIN_ID = 32


@dataclass(frozen=True, slots=True)
class EnclosedFile:
    """A file called `name`; `attached` is what the record says of it, None for the log of changes.

    `problem` is the code of why its content is not there: then `data` is empty and the file is only listed.
    """

    name: str
    data: bytes = field(repr=False)
    attached: AttachmentRecord | None = None
    problem: str = ""

    def facts(self, session: Session, named: frozenset[str]) -> dict[str, JsonValue]:
        """Return what the manifest says of it; `named` are the names that stand in the record."""
        found: dict[str, JsonValue] = {"name": self.name, "sent": self.name in named}
        if self.problem:
            found["problem"] = self.problem
        else:
            found |= {"size": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest()}
        if self.attached is not None:
            body = self.attached.body
            found |= {"question": numbered(session, body.ref), "about": body.about, "called": body.name}
        return found


def attachments_in(journal: Journal, dossier: DossierId) -> tuple[EnclosedFile, ...]:
    """Return the attachments of a dossier that this device can read about, the oldest first, under random names."""
    kept = journal.attachments
    return tuple(_enclose(journal, dossier, one, number) for number, one in enumerate(kept.standing(dossier), start=1))


def named_by(files: Iterable[EnclosedFile], form: Form) -> Mapping[str, str]:
    """Return the answers that name a file: the last one attached to each question that asks for one."""
    found: dict[str, str] = {}
    for file in files:
        ref = file.attached.body.ref if file.attached is not None and not file.problem else ""
        node = form.nodes.get(path_of(ref)) if ref else None
        if node is not None and node.type == "binary":
            found[ref] = file.name
    return found


def _enclose(journal: Journal, dossier: DossierId, one: AttachmentRecord, number: int) -> EnclosedFile:
    name = _file_name(one, number)
    try:
        return EnclosedFile(name, journal.attachments.content(dossier, one), one)
    except UserError as error:
        return EnclosedFile(name, b"", one, error.code)


def _file_name(one: AttachmentRecord, number: int) -> str:
    """Return a file name that holds nothing personal and no path, whoever wrote the id of the attachment."""
    identity = one.body.attachment
    plain = len(identity) == _PLAIN_ID and identity.isalnum() and identity.isascii()
    try:
        kind = MediaType(one.body.kind)
    except ValueError:
        return f"attachment-{number}.bin"
    return file_name_of(identity if plain else f"attachment-{number}", kind)
