"""Attachments: from a file, a picture or the clipboard to something sealed in the case, and back on the screen.

Three threads, so that nobody waits: reading, cleaning and drawing belong to the files' thread (`read_file`, `take_in`,
`draw`: no keys, no journal), sealing and everything else to the store's, in small steps between which answers are kept.
Guarantees: a file is visible only when all of it is durable; its name and content are written nowhere in clear; nothing
is written to disk to show it. Raises the codes of `desktop.media` for the file and of the journal for the disk.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import read_bytes, write_atomic
from desktop.media import CleanFile, MediaType, RenderedPage, clean, render
from desktop.records import About, AttachmentAdded, AttachmentLabel, AttachmentRecord, NewContent, SealingJob
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.form_places import NotInThisForm, compartment_of
from desktop.services.dossier.undo import UndoHistory, UndoStep
from desktop.services.interview.card_texts import find_card
from desktop.services.interview.dossier_context import DossierContexts
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId, new_id
from protocol.limits import LARGEST_ATTACHMENT

ABOUTS: tuple[About, ...] = ("diploma", "permit", "cv", "signature", "proof", "other")
"""What an attachment can be, in the order of the list."""

_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, repr=False)
class CleanedFile:
    """A file that was read and cleaned: the name it had, its content, and codes of what to tell the person."""

    name: str
    cleaned: CleanFile

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return codes of what to tell the person."""
        return self.cleaned.warnings


@dataclass(frozen=True, slots=True, repr=False)
class AttachmentRow:
    """One attachment as a list shows it.

    `question` is the Dutch text of the question it belongs to, blank for the case as a whole; of a question that is not
    `in_form` here it is the name. `here` tells whether the
    whole content is on this device; `thumbnail` is a JPEG, empty before it came in. `size` is in bytes.
    """

    id: str
    ref: str
    question: str
    in_form: bool
    name: str
    about: About
    kind: MediaType
    size: int
    pages: int
    added: datetime
    author: str
    organisation: str
    here: bool
    thumbnail: bytes

    @property
    def file_name(self) -> str:
        """Return a name for a file outside the vault that holds nothing personal."""
        return file_name_of(self.id, self.kind)


@dataclass(slots=True, repr=False)
class Upload:
    """A file on its way into the case: `done` of `total` steps are durable. `row_id` is its attachment once visible.

    `same` tells that the content was in the case already, so that nothing had to be sealed.
    """

    dossier: DossierId
    sealing: SealingJob | None
    row_id: str = ""
    same: bool = False
    changes: Changes = field(default_factory=Changes)

    @property
    def done(self) -> int:
        """Return how many steps are durable."""
        return 1 if self.sealing is None else self.sealing.done

    @property
    def total(self) -> int:
        """Return how many steps there are."""
        return 1 if self.sealing is None else self.sealing.total


def read_file(path: Path) -> CleanedFile:
    """Read and clean a file. Files' thread. Raises UserError `attachment.…`, EnvironmentProblem `files.…`."""
    try:
        data = read_bytes(path, LARGEST_ATTACHMENT)
    except EnvironmentProblem as problem:
        if problem.code == "files.too_large":
            raise UserError("attachment.too_large") from problem
        raise
    return take_in(path.name, data)


def take_in(name: str, data: bytes) -> CleanedFile:
    """Clean content that is in memory already. Files' thread. Raises UserError `attachment.…`."""
    printable = "".join(letter for letter in name if letter.isprintable()).strip()
    return CleanedFile(printable[-_LONGEST_NAME:], clean(data))


def draw(data: bytes, kind: MediaType, page: int) -> RenderedPage:
    """Return one page (from 0) as it looks, in memory. Files' thread. Raises UserError `attachment.damaged`."""
    return render(data, kind, page)


def save_copy(path: Path, data: bytes) -> None:
    """Write a copy that is not sealed, for its owner only, whole or not at all. Raises EnvironmentProblem `files.…`."""
    write_atomic(path, data)


def file_name_of(attachment: str, kind: MediaType) -> str:
    """Return the name by which an attachment is called outside the vault: random, and what it is."""
    return f"{attachment}{kind.extension}"


class AttachmentService:
    """The attachments of every dossier. Called on the store thread only."""

    def __init__(self, contexts: DossierContexts, author: str, history: UndoHistory) -> None:
        journal, form = contexts.journal, contexts.form
        self._journal = journal
        self._kept = journal.attachments
        self._form = form
        self._contexts = contexts
        self._author = author
        self._history = history

    def attachments_of(self, dossier: DossierId, ref: str | None = None) -> tuple[AttachmentRow, ...]:
        """Return the attachments of a dossier, or of one question (`ref`), the oldest first."""
        standing = [one for one in self._kept.standing(dossier) if ref is None or one.body.ref == ref]
        questions = self._questions(dossier, {one.body.ref for one in standing})
        return tuple(self._row(dossier, one, *questions[one.body.ref]) for one in standing if _kind(one) is not None)

    def row(self, dossier: DossierId, attachment: str) -> AttachmentRow:
        """Return one attachment. Raises UserError `attachment.unknown`."""
        for row in self.attachments_of(dossier):
            if row.id == attachment:
                return row
        raise UserError("attachment.unknown")

    def content(self, dossier: DossierId, attachment: str) -> bytes:
        """Return the plain bytes of one attachment, in memory.

        Raises UserError `attachment.unknown`, `attachment.not_here`, `records.piece_damaged`, `records.no_key`.
        """
        return self._kept.content(dossier, self._kept.find(dossier, attachment))

    def begin(self, dossier: DossierId, ref: str, incoming: CleanedFile, about: About = "other") -> Upload:
        """Begin to attach a file to the question at `ref`, blank for the case. Go on with `step` until it is done.

        A content that is in the case already is not kept twice. Raises UserError `records.no_key`.
        """
        where, data = compartment_of(self._form, ref), incoming.cleaned.data
        same = self._kept.same(dossier, where, data)
        if same is not None:
            return self._again(dossier, where, same, AttachmentLabel(ref, incoming.name, about))
        cleaned = incoming.cleaned
        content = NewContent(cleaned.kind.value, data, cleaned.thumbnail, cleaned.pages)
        return Upload(dossier, self._kept.begin(dossier, where, AttachmentLabel(ref, incoming.name, about), content))

    def step(self, upload: Upload) -> Upload:
        """Seal one piece more, durably; after the last one the attachment is visible and `row_id` is set.

        When the disk fails, nothing of the file is kept.
        """
        sealing = upload.sealing
        if sealing is None:
            return upload
        try:
            if not self._kept.step(sealing):
                context = context_of(self._journal.view(upload.dossier), self._author)
                upload.row_id = self._kept.finish(sealing, context).attachment
                upload.changes = self._news(upload.dossier)
        except EnvironmentProblem:
            self._kept.cancel(sealing)
            raise
        return upload

    def cancel(self, upload: Upload) -> None:
        """Leave nothing of a file that is not visible yet."""
        if upload.sealing is not None and not upload.row_id:
            self._kept.cancel(upload.sealing)

    def describe(self, dossier: DossierId, attachment: str, about: About) -> Changes:
        """Say what an attachment is."""
        one = self._kept.find(dossier, attachment)
        body = AttachmentAdded.from_json({**one.body.to_json(), "about": about})
        self._kept.add(dossier, body, one.compartment, context_of(self._journal.view(dossier), self._author))
        return self._news(dossier)

    def remove(self, dossier: DossierId, attachment: str) -> Changes:
        """Remove an attachment; `undo` brings it back. Its content goes for good when the vault closes."""
        one = self._kept.remove(dossier, attachment, context_of(self._journal.view(dossier), self._author))
        self._history.add(dossier, UndoStep("attachment", one.body.ref, one.compartment, (one.body,)))
        return self._news(dossier)

    def undo(self, dossier: DossierId) -> Changes:
        """Bring back what was removed last since the vault was opened; without that, do nothing."""
        return Changes() if self._history.undo(dossier, "attachment") is None else self._news(dossier)

    def _again(self, dossier: DossierId, compartment: str, same: AttachmentAdded, label: AttachmentLabel) -> Upload:
        """Attach a content that is here already, unless it stands at the same question."""
        standing = {one.body.attachment for one in self._kept.standing(dossier)}
        if same.ref == label.ref and same.attachment in standing:
            return Upload(dossier, None, same.attachment, same=True)
        values = {**same.to_json(), "attachment": new_id(), "ref": label.ref, "name": label.name, "about": label.about}
        body = AttachmentAdded.from_json(values)
        self._kept.add(dossier, body, compartment, context_of(self._journal.view(dossier), self._author))
        return Upload(dossier, None, body.attachment, same=True, changes=self._news(dossier))

    def _row(self, dossier: DossierId, one: AttachmentRecord, question: str, in_form: bool) -> AttachmentRow:  # noqa: FBT001  # a pair
        body = one.body
        return AttachmentRow(
            id=body.attachment,
            ref=body.ref,
            question=question,
            in_form=in_form,
            name=body.name,
            about=body.about,
            kind=MediaType(body.kind),
            size=body.size,
            pages=body.pages,
            added=one.stamp.time,
            author=one.stamp.author,
            organisation=self._contexts.writers.of(one.stamp.device),
            here=self._kept.is_here(dossier, body),
            thumbnail=self._thumbnail(dossier, one),
        )

    def _thumbnail(self, dossier: DossierId, one: AttachmentRecord) -> bytes:
        """Return the thumbnail; one that does not open is as good as none, the content says what is wrong."""
        try:
            return self._kept.thumbnail(dossier, one)
        except UserError:
            return b""

    def _questions(self, dossier: DossierId, refs: set[str]) -> dict[str, tuple[str, bool]]:
        """Return what each question is called, and whether this version of the form has it."""
        if refs <= {""}:
            return {"": ("", True)}
        context = self._contexts.of(dossier)
        cards = {ref: find_card(context, ref) for ref in refs if ref}
        named = {ref: (card.name, False) for ref, card in cards.items() if isinstance(card, NotInThisForm)}
        labelled = {ref: (card.dutch.label, True) for ref, card in cards.items() if not isinstance(card, NotInThisForm)}
        return {"": ("", True), **named, **labelled}

    def _news(self, dossier: DossierId) -> Changes:
        return changed(Aspect.ATTACHMENTS, dossier=dossier)


def _kind(one: AttachmentRecord) -> MediaType | None:
    """Return the kind of an attachment, None for one that a later version added."""
    return MediaType(one.body.kind) if one.body.kind in set(MediaType) else None
