"""Reading bundles: who made one for whom, its parts gathered from sticks, and what becomes of what is in it.

    judge (store thread) ──> gather (files thread) ──> begin_reading, step_reading … finish_reading (store thread)

Raises UserError `bundle.…`, `trust.…`, and the errors of journal and disks; what was taken in before stays, and reading
the bundle again does the rest.
"""

import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import private_directory
from desktop.services.bundles.bundle_files import JoinedParts, bundles_folder, missing_parts, staging_name
from desktop.services.bundles.bundle_log import BundleEntry, BundleLog, Direction
from desktop.services.bundles.reading import BundleReader, BundleReading
from desktop.services.bundles.shared_cases import waits_to_be_received
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.received import ReceivedService
from desktop.sync.bundle_records import read_contents, read_messages
from desktop.vault.file.bundle_container import PartFile, compared_words, sealed_reader
from protocol.certificates import verify_chain
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.times import Clock

_UNSIGNED = frozenset({"trust.not_signed", "trust.document_damaged"})


@dataclass(frozen=True, slots=True)
class BundleCard:
    """A bundle that somebody brought, its signature verified, still closed.

    `words` are compared by telephone; `known` is when this very bundle was read here, None when it was not; `older`
    tells that a later one of the same organisation was.
    """

    front: PartFile
    sender: OrganisationId
    sender_name: str
    recipient_name: str
    made: datetime
    size: int
    parts: int
    words: tuple[str, ...]
    known: datetime | None
    older: bool


@dataclass(frozen=True, slots=True)
class BundleRead:
    """What reading came to. `rows` and `attachments` are new ones; `all_known` tells that there was nothing new.

    `waiting` rows are kept until rows before them come; `refused` counts the rest of what was not taken in, by code.
    `answered` are bundles made here that arrived there.
    """

    sender: OrganisationId
    dossiers: tuple[DossierId, ...]
    rows: int
    attachments: int
    waiting: int
    refused: Counter[str]
    all_known: bool
    answered: tuple[BundleEntry, ...]
    changes: Changes


class IncomingBundles:
    """The bundles that one open vault reads.

    `after` does what follows from what was heard, and says what it changed.
    """

    def __init__(
        self,
        context: HandoverContext,
        received: ReceivedService,
        log: BundleLog,
        clock: Clock,
        after: Callable[[], Changes] = Changes,
    ) -> None:
        self._context = context
        self._received = received
        self._log = log
        self._clock = clock
        self._after = after
        self._reader = BundleReader(context.journal, context.known_directory)

    def judge(self, front: PartFile) -> BundleCard:
        """Return who made a bundle for whom, its signature verified. Store thread.

        Raises UserError `bundle.other_recipient` with the name of the `organisation` it is for,
        `bundle.sender_unknown`, `bundle.not_signed`, `trust.device_revoked`.
        """
        vault, known_directory = self._context.vault, self._context.known_directory
        names = {card.id: card.name for card in known_directory.organisations()}
        body, own = front.body, vault.membership.card
        if body.recipient != own.id:
            raise UserError("bundle.other_recipient", {"organisation": names.get(body.recipient, body.recipient[:8])})
        root = known_directory.roots().get(body.sender)
        if root is None:
            raise UserError("bundle.sender_unknown")
        self._require_signed(front, root)
        before = self._log.read_from(body.sender)
        return BundleCard(
            front=front,
            sender=body.sender,
            sender_name=names.get(body.sender, own.name),
            recipient_name=own.name,
            made=body.made,
            size=body.size,
            parts=len(body.parts),
            words=compared_words(front.head_bytes),
            known=next((each.moment for each in before if each.bundle == body.bundle), None),
            older=body.sender != own.id and any(each.made > body.made for each in before),
        )

    def staging(self, card: BundleCard) -> Path:
        """Return the private folder in which the parts of a bundle are gathered. Any thread."""
        return private_directory(self._root) / staging_name(card.front.head_bytes)

    def begin_reading(self, card: BundleCard) -> BundleReading:
        """Open a bundle of which every part is here. Store thread.

        Raises UserError `bundle.parts_missing` with the numbers of the `parts`, `bundle.damaged`.
        """
        folder, body = self.staging(card), card.front.body
        missing = missing_parts(folder, body)
        if missing:
            raise UserError("bundle.parts_missing", {"parts": ", ".join(map(str, missing)), "count": str(card.parts)})
        parts = JoinedParts(folder, card.parts)
        try:
            reader = sealed_reader(parts, body, self._context.vault.membership.wraps)
            contents = read_contents(reader)
        except BaseException:
            parts.close()
            raise
        return BundleReading(card.sender, card.made, not card.older, parts, read_messages(reader), contents)

    def step_reading(self, reading: BundleReading) -> BundleReading:
        """Take in a little more of a bundle, and return it. Store thread."""
        try:
            self._reader.step(reading)
        except BaseException:
            reading.parts.close()
            raise
        return reading

    def finish_reading(self, card: BundleCard, reading: BundleReading) -> BundleRead:
        """Do what follows from what was read, and remember that it was. Store thread."""
        now, body = self._clock.now().replace(microsecond=0), card.front.body
        answered = self._log.answer(card.sender, reading.contents.read, now)
        changes = reading.changes | self._after()
        for entry in answered:
            for dossier in entry.dossiers:
                changes |= changed(Aspect.HANDOVER, dossier=dossier)
        self._log.add(
            BundleEntry(
                bundle=body.bundle,
                direction=Direction.READ,
                organisation=card.sender,
                made=body.made,
                moment=now,
                dossiers=reading.contents.dossiers,
                size=card.size,
                parts=card.parts,
                words=card.words,
                answered=None,
            )
        )
        self.leave(card)
        waiting = reading.refused.pop("records.row_gap", 0)
        return BundleRead(
            sender=card.sender,
            dossiers=reading.contents.dossiers,
            rows=reading.rows,
            attachments=len(reading.attachments),
            waiting=waiting,
            refused=reading.refused,
            all_known=reading.all_known and not waiting and not answered,
            answered=answered,
            changes=changes,
        )

    def leave(self, card: BundleCard) -> None:
        """Forget the parts that were gathered of a bundle. Any thread."""
        shutil.rmtree(self.staging(card), ignore_errors=True)

    def receive(self, dossiers: Sequence[DossierId]) -> Changes:
        """Receive the cases among `dossiers` that were offered and are here: their receipt goes back. Store thread."""
        changes = Changes()
        for dossier in dossiers:
            if not waits_to_be_received(self._context, dossier):
                continue
            try:
                changes |= self._received.receive(dossier).changes
            except UserError as error:
                if error.code != "received.not_arrived":
                    raise
        return changes

    @property
    def _root(self) -> Path:
        return bundles_folder(self._context.vault)

    def _require_signed(self, front: PartFile, root: bytes) -> None:
        directory = self._context.known_directory.directory()
        revoked = () if directory is None else directory.revoked
        try:
            device = verify_chain(front.head.chain, root, revoked).device
            body = front.head.verify(device.public)
        except UserError as error:
            raise UserError("bundle.not_signed" if error.code in _UNSIGNED else error.code) from None
        if (device.device, device.organisation) != (body.device, body.sender):
            raise UserError("bundle.not_signed")
