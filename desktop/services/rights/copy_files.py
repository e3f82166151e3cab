"""The attachments of a person's own copy: opened one by one on the store's thread, written on the files' thread.

So that answers are kept between two of them, and a slow stick holds nobody up. Their names outside the vault are the
case number, a number and what they are: the name a person gave stands inside the copy only. What cannot be read stops
nothing; it is listed with its code.
"""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from desktop.documents.own_copy.copy_parts import CopyAttachment
from desktop.kernel.changes import Changes
from desktop.kernel.files import environment_problems, write_atomic
from desktop.media import MediaType
from desktop.records import AttachmentRecord
from desktop.records.attachments.attachments import Attachments
from desktop.services.dossier.authors import WriterNames
from desktop.services.rights.copy_contents import provenance
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId, case_number
from protocol.times import time_text

_LATER_KIND = ".bin"


@dataclass(frozen=True, slots=True, repr=False)
class CopyFile:
    """One attachment in a copy.

    `file` is its name beside the PDF, blank where it could not be read: then `problem` is the code of why. `digest` is
    SHA-256 of the file, in hexadecimal.
    """

    attached: AttachmentRecord
    file: str = ""
    digest: str = ""
    problem: str = ""

    def for_people(self, writers: WriterNames) -> CopyAttachment:
        """Return it as the PDF tells it."""
        body, stamp = self.attached.body, self.attached.stamp
        mark = provenance(stamp, writers)
        return CopyAttachment(body.name, body.kind, body.size, mark, self.file, self.problem)

    def for_machines(self) -> dict[str, object]:
        """Return it as the JSON tells it."""
        body, stamp = self.attached.body, self.attached.stamp
        return {
            "attachment": body.attachment,
            "address": body.ref,
            "name": body.name,
            "about": body.about,
            "kind": body.kind,
            "size": body.size,
            "by": stamp.author,
            "at": time_text(stamp.time),
            "file": self.file or None,
            "sha256": self.digest or None,
            "problem": self.problem or None,
        }


@dataclass(frozen=True, slots=True)
class CopyMade:
    """The files that were written, none of them sealed: PDF, JSON, attachments. `missing` could not be read."""

    paths: tuple[Path, ...]
    missing: int
    changes: Changes


@dataclass(slots=True, repr=False)
class CopyUnderWay:
    """A copy that is being made at `path`: `done` of `total` bytes of attachments; `made` once everything is written.

    `opened` is the plain content of the last of `files`, until it is written.
    """

    dossier: DossierId
    path: Path
    language: str
    done: int = 0
    total: int = 0
    files: list[CopyFile] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    opened: bytes | None = None
    made: CopyMade | None = None

    def left(self, every: tuple[AttachmentRecord, ...]) -> tuple[AttachmentRecord, ...]:
        """Return which of `every` is not in the copy yet, and count how much there is."""
        known = {each.attached.body.attachment for each in self.files}
        left = tuple(one for one in every if one.body.attachment not in known)
        self.total = self.done + sum(one.body.size for one in left)
        return left

    def open(self, kept: Attachments, one: AttachmentRecord) -> None:
        """Open one more attachment. Store's thread."""
        self.done += one.body.size
        try:
            data = kept.content(self.dossier, one)
        except OpmaatError as problem:
            self.files.append(CopyFile(one, problem=problem.code))
            return
        name = f"bijlage-{case_number(self.dossier)}-{len(self.files) + 1}{_extension(one)}"
        self.files.append(CopyFile(one, name, hashlib.sha256(data).hexdigest()))
        self.opened = data

    def put(self, path: Path, data: bytes) -> None:
        """Write one file of the copy, for its owner only. Raises EnvironmentProblem `files.…`."""
        write_atomic(path, data)
        self.written.append(path)


def write_opened(copy: CopyUnderWay) -> CopyUnderWay:
    """Write the attachment that was opened last, if any. Files' thread. Raises EnvironmentProblem `files.…`."""
    if copy.opened is not None:
        data, copy.opened = copy.opened, None
        copy.put(copy.path.with_name(copy.files[-1].file), data)
    return copy


def forget(copy: CopyUnderWay) -> None:
    """Remove what was written of a copy that failed: half a copy says that it is everything. Files' thread."""
    copy.opened = None
    with environment_problems():
        while copy.written:
            copy.written.pop().unlink(missing_ok=True)


def _extension(one: AttachmentRecord) -> str:
    """Return the ending by the kind; a kind that a later version added has one of its own."""
    return MediaType(one.body.kind).extension if one.body.kind in set(MediaType) else _LATER_KIND
