"""What goes into a bundle, a little at a time, so that answers are stored meanwhile. Store thread.

    begin ──> step, step, … until `done` ──> the files (`bundle_files`, files thread) ──> keep

The stream is sealed on the laptop's own disk as it is made: what lies there opens for the recipient only.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from desktop.records import CaseHoldings, Journal
from desktop.services.bundles.shared_cases import SharedCase
from desktop.sync.batches import pack, proven_segment
from desktop.sync.bundle_records import BundleMessage, framed
from desktop.vault.backup_restoring import former_devices
from desktop.vault.crypto.chunk_stream import SealedWriter
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.vault import Vault
from protocol.canonical import canonical_bytes
from protocol.certificates import DeviceChain, OrganisationCard, claimed_device
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.limits import MOST_PIECES_AT_ONCE, MOST_ROWS, MOST_WRAPS
from protocol.messages.bundles import BundleContents, CaseHeld, StreamHeld
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Batch, signed_bytes
from protocol.messages.wraps import Wrap, WrapSet
from protocol.signatures import is_signed

MOST_AT_ONCE = 2
"""Messages per step: a few megabytes at most, so that an answer waits well under a second."""


@dataclass(frozen=True, slots=True)
class CasePlan:
    """What of one case goes along: per stream the rows after a place up to another, and contents of attachments."""

    case: SharedCase
    holdings: CaseHoldings
    streams: tuple[tuple[DeviceId, int, int], ...]
    contents: tuple[tuple[str, int], ...]

    @property
    def rows(self) -> int:
        """Return how many rows are to go along."""
        return sum(last - after for _device, after, last in self.streams)


@dataclass(slots=True)
class BundleMaking:
    """A bundle on its way into the private `folder`; `done` of `total` parts of the work, whole when `complete`.

    `unproven` counts rows that stay behind because the signature they came under is not kept here.
    """

    bundle: str
    recipient: OrganisationCard
    cases: Sequence[SharedCase]
    everything: bool
    folder: Path
    wrapped: bytes
    stream: IO[bytes] = field(repr=False)
    writer: SealedWriter = field(repr=False)
    read: tuple[str, ...] = ()
    plans: list[CasePlan] = field(default_factory=list)
    messages: Iterator[BundleMessage] | None = field(default=None, repr=False)
    done: int = 0
    complete: bool = False
    unproven: int = 0

    @property
    def total(self) -> int:
        """Return how much work there is, as far as it is known."""
        rows = sum(plan.rows for plan in self.plans)
        return max(len(self.cases) + rows + sum(count for plan in self.plans for _blob, count in plan.contents), 1)

    @property
    def attachments(self) -> int:
        """Return how many attachments go along."""
        return sum(len(plan.contents) for plan in self.plans)


class BundleWriter:
    """Puts the messages of one bundle after another into its stream."""

    def __init__(self, journal: Journal, vault: Vault) -> None:
        self._journal = journal
        self._vault = vault

    def step(self, making: BundleMaking) -> None:
        """Go on with `making`; raises what the journal and the disk raise."""
        if len(making.plans) < len(making.cases):
            making.plans.append(self._plan(making.cases[len(making.plans)], making))
            making.done += 1
            return
        if making.messages is None:
            making.messages = self._messages(making)
        for _ in range(MOST_AT_ONCE):
            message = next(making.messages, None)
            if message is None:
                making.writer.finish()
                making.stream.flush()
                making.complete = True
                return
            making.writer.write(framed(message))

    def _plan(self, case: SharedCase, making: BundleMaking) -> CasePlan:
        passing = self._journal.passing
        here = passing.holdings(case.dossier)
        if not case.inside:
            return CasePlan(case, here, (), ())
        there = CaseHoldings({}, frozenset())
        if not making.everything:
            there = passing.held_by(making.recipient.id, case.dossier)
        streams = [
            (device, there.streams.get(device, 0), last)
            for device, last in sorted(here.streams.items())
            if last > there.streams.get(device, 0)
        ]
        contents = [each for each in passing.contents(case.dossier) if each[0] not in there.contents]
        return CasePlan(case, here, tuple(streams), tuple(contents))

    def _messages(self, making: BundleMaking) -> Iterator[BundleMessage]:
        dossiers = tuple(plan.case.dossier for plan in making.plans)
        rows = sum(plan.rows for plan in making.plans)
        yield BundleContents(dossiers, rows, making.attachments, making.read)
        yield from self._chains(making)
        yield from (plan.case.log for plan in making.plans)
        for plan in making.plans:
            if plan.case.inside:
                yield from self._keys(plan.case.dossier, making.recipient.id)
        for plan in making.plans:
            for stream in plan.streams:
                yield from self._rows(plan.case.dossier, *stream, making)
        for plan in making.plans:
            for blob, count in plan.contents:
                yield from self._pieces(plan.case.dossier, blob, count, making)
        yield from (_held(plan) for plan in making.plans)

    def _chains(self, making: BundleMaking) -> Iterator[CertificateChain]:
        own = self._own_chains()
        devices = {device for plan in making.plans for device, _after, _last in plan.streams}
        devices.update(*(plan.case.devices for plan in making.plans))
        for device in sorted(devices):
            data = own[device] if device in own else self._journal.passing.chain(device)
            if data is not None:
                yield from_bytes(CertificateChain, data)

    def _own_chains(self) -> dict[DeviceId, bytes]:
        chains = [self._vault.membership.chain, *(chain for _device, chain in former_devices(self._vault))]
        return {chain.device.device: chain_bytes(chain) for chain in chains}

    def _identities(self) -> dict[DeviceId, DeviceIdentity]:
        own = [self._vault.device, *(device for device, _chain in former_devices(self._vault))]
        return {device.id: device for device in own}

    def _keys(self, dossier: DossierId, recipient: OrganisationId) -> Iterator[WrapSet]:
        grants = self._journal.passing.grants(dossier, recipient)
        for at in range(0, len(grants), MOST_WRAPS):
            wraps = tuple(Wrap(each.compartment, each.epoch, each.blob) for each in grants[at : at + MOST_WRAPS])
            yield WrapSet(dossier, recipient, wraps)

    def _rows(
        self, dossier: DossierId, device: DeviceId, after: int, last: int, making: BundleMaking
    ) -> Iterator[Batch]:
        """Yield the rows after `after` up to `last`: own ones signed now, those of others as they were signed."""
        identity = self._identities().get(device)
        reached = after
        batches = (
            self._others(dossier, device, after) if identity is None else self._own(dossier, identity, after, last)
        )
        for batch in batches:
            now = batch.segments[0].last
            making.done += now - reached
            reached = now
            yield batch
        making.done += max(last - reached, 0)
        making.unproven += max(last - reached, 0)

    def _own(self, dossier: DossierId, identity: DeviceIdentity, after: int, last: int) -> Iterator[Batch]:
        while after < last:
            rows = self._journal.passing.rows(dossier, identity.id, after + 1, min(after + MOST_ROWS, last))
            signed = pack(rows, identity)
            if signed is None:
                return
            after = signed.batch.segments[0].last
            yield signed.batch

    def _others(self, dossier: DossierId, device: DeviceId, after: int) -> Iterator[Batch]:
        chain = self._journal.passing.chain(device)
        public = b"" if chain is None else claimed_device(from_bytes(CertificateChain, chain)).public
        for proof in self._journal.passing.proofs(dossier, device, after):
            if proof.last <= after:
                continue
            rows = self._journal.passing.rows(dossier, device, proof.first, proof.last)
            segment = proven_segment(proof, rows)
            if proof.first > after + 1 or segment is None:
                return
            if not is_signed(public, signed_bytes(segment), segment.signature):
                return
            after = proof.last
            yield Batch((segment,))

    def _pieces(self, dossier: DossierId, blob: str, count: int, making: BundleMaking) -> Iterator[PieceSet]:
        for first in range(0, count + 1, MOST_PIECES_AT_ONCE):
            found = [
                self._journal.passing.piece(dossier, blob, number)
                for number in range(first, min(first + MOST_PIECES_AT_ONCE, count + 1))
            ]
            making.done += len(found)
            pieces = tuple(Piece(piece.number, piece.sealed) for piece in found if piece is not None)
            if len(pieces) == len(found):
                yield PieceSet(dossier, blob, pieces)


def chain_bytes(chain: DeviceChain) -> bytes:
    """Return the one byte form of a verified chain."""
    return canonical_bytes(chain.to_json())


def _held(plan: CasePlan) -> CaseHeld:
    streams = tuple(StreamHeld(device, last) for device, last in sorted(plan.holdings.streams.items()))
    return CaseHeld(plan.case.dossier, streams, tuple(sorted(plan.holdings.contents)))
