"""Making bundles: what is shared with an organisation, sealed for it, signed, and written to sticks.

    begin, step, step … (store thread) ──> seal, write (files thread) ──> keep (store thread)

What is on its way lies sealed in the folder of the vault, and waits there for the next stick when one is too small.
Raises UserError `bundle.…`, `trust.…`, and the errors of journal and disks; a step that raises can be taken again.
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.kernel.files import environment_problems, private_directory
from desktop.services.backups.backup_file import Cancelled, Progress
from desktop.services.bundles.bundle_files import PartsWritten, bundles_folder, cut, stream_file, write_parts
from desktop.services.bundles.bundle_log import BundleEntry, BundleLog, Direction
from desktop.services.bundles.making import BundleMaking, BundleWriter, chain_bytes
from desktop.services.bundles.sealed_bundle import SealedBundle, StagedState, load_sealed
from desktop.services.bundles.shared_cases import shared_with
from desktop.services.handover.handover_context import HandoverContext
from desktop.vault.backup_restoring import is_certified
from desktop.vault.file.bundle_container import BundleAddress, compared_words, sealed_writer
from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId, new_id
from protocol.messages.bundles import BundleBody, BundleHead
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes
from protocol.times import Clock

_MOST_READ = 50


@dataclass(frozen=True, slots=True)
class BundlePartner:
    """An organisation with which cases are shared, and how many; `own` is a colleague's laptop."""

    organisation: OrganisationId
    name: str
    cases: int
    own: bool = False


class OutgoingBundles:
    """The bundles that one open vault makes."""

    def __init__(self, context: HandoverContext, log: BundleLog, clock: Clock) -> None:
        self._context = context
        self._log = log
        self._clock = clock
        self._writer = BundleWriter(context.journal, context.vault)

    def partners(self) -> tuple[BundlePartner, ...]:
        """Return the organisations with which this one shares cases, by name. Store thread."""
        own = self._context.vault.organisation_id
        found = [
            BundlePartner(card.id, card.name, len(shared_with(self._context, card.id)))
            for card in self._context.known_directory.organisations()
            if card.id != own
        ]
        return tuple(sorted((each for each in found if each.cases), key=lambda each: each.name))

    def colleagues(self) -> BundlePartner:
        """Return the own organisation, for the laptop of a colleague. Store thread.

        Raises UserError `vault.no_organisation`.
        """
        card = self._context.vault.membership.card
        return BundlePartner(card.id, card.name, len(shared_with(self._context, card.id)), own=True)

    def begin(
        self, recipient: OrganisationId, dossiers: Sequence[DossierId] = (), *, everything: bool = False
    ) -> BundleMaking:
        """Begin a bundle for `recipient`: the cases shared with it, or only `dossiers` of them. Store thread.

        What the recipient said it holds is left out, unless `everything`; nothing where that is the own organisation,
        because each of its laptops holds something else. Raises UserError `bundle.nothing_shared`, `bundle.no_keys`
        where a colleague's laptop holds the keys that were given, `vault.not_certified`, `trust.organisation_unknown`.
        """
        vault = self._context.vault
        if not is_certified(vault):
            raise UserError("vault.not_certified")
        card = self._card(recipient)
        cases = [
            case for case in shared_with(self._context, recipient) if not dossiers or case.dossier in set(dossiers)
        ]
        if not cases:
            raise UserError("bundle.nothing_shared")
        for case in cases:
            if case.needs_keys and not self._context.journal.passing.grants(case.dossier, recipient):
                raise UserError("bundle.no_keys")
        own = recipient == vault.organisation_id
        given = [case.dossier for case in cases if case.inside]
        self._context.journal.keys.given.note(
            wrap for dossier in given for wrap in self._context.journal.passing.grants(dossier, recipient)
        )
        if own:
            self._context.journal.keys.share_with_colleagues([case.dossier for case in cases if case.inside])
        self._context.journal.membership.mark_sent(each for case in cases for each in case.log.statements)
        address = BundleAddress(new_id(), vault.membership.card.id, vault.device.id, recipient)
        folder = private_directory(private_directory(self._root) / f"out-{address.bundle}")
        with environment_problems():
            stream = stream_file(folder).open("wb")
        writer, wrapped = sealed_writer(stream, address, card)
        read = tuple(each.bundle for each in self._log.read_from(recipient))[-_MOST_READ:]
        return BundleMaking(address.bundle, card, cases, everything or own, folder, wrapped, stream, writer, read)

    def step(self, making: BundleMaking) -> BundleMaking:
        """Do a little more of `making` and return it. Store thread. When it raises, nothing of it is left."""
        try:
            with environment_problems():
                self._writer.step(making)
                if making.complete:
                    making.stream.close()
        except BaseException:
            self.cancel(making)
            raise
        return making

    def cancel(self, making: BundleMaking) -> None:
        """Leave nothing of a bundle that is not finished. Any thread."""
        with suppress(OSError):
            making.stream.close()
        shutil.rmtree(making.folder, ignore_errors=True)

    def seal(self, making: BundleMaking, part_size: int) -> SealedBundle:
        """Sign the complete bundle, in parts of at most `part_size` bytes. Files thread."""
        vault = self._context.vault
        body = BundleBody(
            bundle=making.bundle,
            made=self._clock.now().replace(microsecond=0),
            sender=vault.membership.card.id,
            device=vault.device.id,
            recipient=making.recipient.id,
            wrapped=making.wrapped,
            parts=cut(stream_file(making.folder), part_size),
        )
        chain = from_bytes(CertificateChain, chain_bytes(vault.membership.chain))
        state = StagedState(
            dossiers=tuple(case.dossier for case in making.cases),
            rows=sum(plan.rows for plan in making.plans) - making.unproven,
            attachments=making.attachments,
            unproven=making.unproven,
            left=tuple(range(1, len(body.parts) + 1)),
        )
        sealed = SealedBundle(making.folder, BundleHead.make(chain, body, vault.device).to_bytes(), body, state)
        sealed.store()
        return sealed

    def resume(self, bundle: str) -> SealedBundle:
        """Return a bundle of which parts are still to be written. Raises UserError `bundle.unknown`."""
        found = next((folder for folder in self._root.glob("out-*") if folder.name[4:].startswith(bundle)), None)
        if found is None or not bundle:
            raise UserError("bundle.unknown")
        return load_sealed(found)

    def write(self, sealed: SealedBundle, folder: Path, progress: Progress, stop: Cancelled) -> PartsWritten:
        """Write the parts that are left to `folder`, as many as fit, each read back. Files thread."""
        stream = stream_file(sealed.folder)
        return write_parts(stream, sealed.head, sealed.body, sealed.state.left, folder, progress, stop)

    def keep(self, sealed: SealedBundle, written: PartsWritten) -> BundleEntry:
        """Remember which parts lie on a stick; the last one ends the bundle here. Store thread."""
        entry = BundleEntry(
            bundle=sealed.body.bundle,
            direction=Direction.MADE,
            organisation=sealed.body.recipient,
            made=sealed.body.made,
            moment=self._clock.now().replace(microsecond=0),
            dossiers=sealed.state.dossiers,
            size=sealed.body.size,
            parts=len(sealed.body.parts),
            words=compared_words(sealed.head),
            answered=None,
        )
        self._log.add(entry)
        if written.left:
            sealed.with_left(written.left).store()
        else:
            shutil.rmtree(sealed.folder, ignore_errors=True)
        return entry

    @property
    def _root(self) -> Path:
        return bundles_folder(self._context.vault)

    def _card(self, organisation: OrganisationId) -> OrganisationCard:
        own, directory = self._context.vault.membership.card, self._context.known_directory.directory()
        if organisation == own.id:
            return own
        if directory is None:
            raise UserError("trust.organisation_unknown")
        return directory.card(organisation)
