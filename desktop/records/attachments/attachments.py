"""Contents of attachments: sealed piece by piece, visible only once everything and its event are durable.

A content is sealed in steps, each one transaction, so that an answer given meanwhile need not wait; the last piece is
made visible together with its event. What a crash, a cancel or a full disk leaves is invisible, and swept when the
file is opened next.
"""

from collections.abc import Callable, Iterable, Sequence

from desktop.records.attachments.attachment_records import AttachmentRecord, all_attachments, standing
from desktop.records.attachments.sealed_content import AttachmentLabel, NewContent, SealingJob, open_number
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.events.bodies import AttachmentAdded, AttachmentRemoved, Body
from desktop.records.events.envelope import Event, EventContext
from desktop.records.membership.admission import keys_to_seal
from desktop.records.store.database import Store
from desktop.records.store.piece_table import SealedPiece
from desktop.vault.crypto.content_pieces import THUMBNAIL, PieceStream, content_mac, count_of
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId, new_id
from protocol.limits import MOST_PIECES, PIECE_BYTES
from protocol.membership.state import DossierMembership

Append = Callable[[DossierId, Sequence[Body], EventContext, str, Callable[[], object]], tuple[Event, ...]]


class Attachments:
    """The attachments of every dossier of this vault. Same thread and same failures as `Journal`."""

    def __init__(
        self,
        store: Store,
        cache: DossierCache,
        append: Append,
        membership: Callable[[DossierId], DossierMembership | None],
    ) -> None:
        """`membership` returns where the log of a dossier stands."""
        self._store = store
        self._pieces = store.pieces
        self._cache = cache
        self._append = append
        self._membership = membership

    def begin(self, dossier: DossierId, compartment: str, label: AttachmentLabel, content: NewContent) -> SealingJob:
        """Return a content to be sealed with `step`. Raises UserError `records.no_key`, `attachment.too_large`."""
        count = count_of(len(content.data))
        if not 0 < count <= MOST_PIECES or len(content.thumbnail) > PIECE_BYTES:
            raise UserError("attachment.too_large")
        key = self._cache.open(dossier).keyring.to_seal(compartment, keys_to_seal(self._membership(dossier)))
        stream = PieceStream(dossier, compartment, key.epoch, new_id(), count)
        with self._store.atomic():
            self._pieces.begin(dossier, stream.blob, count)
        return SealingJob(stream, content, label, key)

    def step(self, sealing: SealingJob) -> bool:
        """Seal the next piece, durably; tell whether more are to come."""
        sealed = sealing.next_piece()
        with self._store.atomic():
            self._pieces.add(SealedPiece(sealing.stream.dossier, sealing.stream.blob, sealing.done, sealed))
        sealing.confirm(sealed)
        return sealing.done < sealing.total

    def finish(self, sealing: SealingJob, context: EventContext) -> AttachmentAdded:
        """Make the attachment visible: content and event are durable together when this returns."""
        if sealing.done < sealing.total:
            raise UserError("records.piece_damaged")
        stream, body = sealing.stream, sealing.body()

        def complete() -> None:
            self._pieces.complete(stream.dossier, stream.blob)

        self._append(stream.dossier, [body], context, stream.compartment, complete)
        return body

    def cancel(self, sealing: SealingJob) -> None:
        """Leave nothing of a content that was not finished; where the disk stands in the way it is swept later."""
        try:
            with self._store.atomic():
                self._pieces.remove(sealing.stream.dossier, sealing.stream.blob)
        except EnvironmentProblem:
            return

    def same(self, dossier: DossierId, compartment: str, data: bytes) -> AttachmentAdded | None:
        """Return an attachment, removed or not, whose content is `data` and lies here already; None without one."""
        keyring = self._cache.open(dossier).keyring
        marks: dict[tuple[int, str], str] = {}
        for one in all_attachments(self._cache.open(dossier).view):
            body = one.body
            if (one.compartment, body.size) != (compartment, len(data)) or not self.is_here(dossier, body):
                continue
            place = (body.epoch, body.key_id)
            if place not in marks:
                marks[place] = content_mac(keyring.find(compartment, *place).key, dossier, compartment, data).hex()
            if marks[place] == body.content:
                return body
        return None

    def add(self, dossier: DossierId, body: AttachmentAdded, compartment: str, context: EventContext) -> None:
        """Add one more use of a content that is here, rename one, or bring back one that was removed."""
        self._append(dossier, [body], context, compartment, lambda: self._pieces.release(dossier, body.blob))

    def remove(self, dossier: DossierId, attachment: str, context: EventContext) -> AttachmentRecord:
        """Remove an attachment and return what it was; a content without another use is sent no further.

        Raises UserError `attachment.unknown`.
        """
        one, every = self.find(dossier, attachment), self.standing(dossier)
        used = any(each.body.blob == one.body.blob and each.body.attachment != attachment for each in every)

        def hold() -> None:
            if not used:
                self._pieces.hold(dossier, one.body.blob)

        self._append(dossier, [AttachmentRemoved(attachment, one.body.ref)], context, one.compartment, hold)
        return one

    def standing(self, dossier: DossierId) -> tuple[AttachmentRecord, ...]:
        """Return the attachments of a dossier that this device can read about, the oldest first."""
        return standing(self._cache.open(dossier).view)

    def find(self, dossier: DossierId, attachment: str) -> AttachmentRecord:
        """Return one attachment. Raises UserError `attachment.unknown`."""
        for one in self.standing(dossier):
            if one.body.attachment == attachment:
                return one
        raise UserError("attachment.unknown")

    def is_here(self, dossier: DossierId, body: AttachmentAdded) -> bool:
        """Tell whether the whole content is on this device."""
        return self._pieces.is_whole(dossier, body.blob)

    def thumbnail(self, dossier: DossierId, one: AttachmentRecord) -> bytes:
        """Return the thumbnail (JPEG), empty where it is not here yet. Raises as `content`."""
        sealed = self._pieces.read(dossier, one.body.blob, THUMBNAIL)
        return b"" if sealed is None else open_number(self._cache.open(dossier), one, THUMBNAIL, sealed)

    def content(self, dossier: DossierId, one: AttachmentRecord) -> bytes:
        """Return the plain bytes, proved to be those that were attached.

        Raises UserError `attachment.not_here`, `records.piece_damaged`, `records.piece_newer`, `records.no_key`.
        """
        opened, body = self._cache.open(dossier), one.body
        if not self.is_here(dossier, body):
            raise UserError("attachment.not_here")
        pieces = (self._pieces.read(dossier, body.blob, number) or b"" for number in range(1, body.count + 1))
        data = b"".join(open_number(opened, one, at, sealed) for at, sealed in enumerate(pieces, 1))
        key = opened.keyring.find(one.compartment, body.epoch, body.key_id).key
        if content_mac(key, dossier, one.compartment, data).hex() != body.content:
            raise UserError("records.piece_damaged")
        return data

    def sweep(self) -> None:
        """Remove what was half written when this file was last open. A disk that cannot be written keeps it."""
        try:
            with self._store.atomic():
                self._pieces.sweep()
        except EnvironmentProblem:
            return

    def forget_removed(self) -> None:
        """Remove, for good, the contents of removed attachments of every dossier opened since the file was."""
        for opened in self._cache.all_open():
            gone = {one.body.blob for one in all_attachments(opened.view)} - {
                one.body.blob for one in standing(opened.view)
            }
            try:
                with self._store.atomic():
                    for blob in sorted(gone):
                        self._pieces.remove(opened.id, blob)
            except EnvironmentProblem:
                return

    def want_missing(self, dossiers: Iterable[DossierId]) -> None:
        """Want every content of some dossiers that is not here."""
        missing = [
            (dossier, one.body)
            for dossier in dossiers
            for one in self.standing(dossier)
            if not self.is_here(dossier, one.body)
        ]
        if missing:
            with self._store.atomic():
                for dossier, body in missing:
                    self._pieces.want(dossier, body.blob, body.count)
