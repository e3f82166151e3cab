"""What becomes of a bundle that is read: each message goes the way it would go from the server. Store thread.

    gather (files thread) ──> begin ──> step, step, … until `complete`

Nothing is believed that the feed would not be believed for: the same signatures up to the same roots, the same chains
of rows, the same revocations. Reading the same bundle twice changes nothing.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from desktop.kernel.changes import Changes
from desktop.records import CaseHoldings, Journal, SealedPiece
from desktop.services.bundles.bundle_files import JoinedParts
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.page_intake import take_in
from desktop.sync.bundle_records import BundleMessage
from desktop.sync.incoming import verify
from desktop.sync.trust_store import TrustStore
from protocol.canonical import JsonValue
from protocol.certificates import claimed_device
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.limits import MOST_HELD
from protocol.messages.bundles import BundleContents, CaseHeld
from protocol.messages.enrolment import CertificateChain
from protocol.messages.feed import Page, PageHead
from protocol.messages.membership import MembershipLog
from protocol.messages.message import from_bytes, to_value
from protocol.messages.pieces import PieceSet
from protocol.messages.rows import Batch
from protocol.messages.wraps import WrapSet

MOST_AT_ONCE = 2

_NO_GENERATION = "0" * 32


@dataclass(slots=True)
class BundleReading:
    """A bundle that is being read from `parts`. `newest` tells that no later one of its sender was read here before.

    `rows` counts the new ones, `attachments` names the files that became visible or whole, `said` counts what was heard
    of cases; `refused` are the codes of what was not taken in, each with how often.
    """

    sender: OrganisationId
    made: datetime
    newest: bool
    parts: JoinedParts = field(repr=False)
    messages: Iterator[BundleMessage] = field(repr=False)
    contents: BundleContents
    chains: dict[DeviceId, JsonValue] = field(default_factory=dict)
    trusted: TrustStore | None = None
    done: int = 0
    complete: bool = False
    rows: int = 0
    attachments: set[str] = field(default_factory=set)
    said: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    changes: Changes = field(default_factory=Changes)

    @property
    def total(self) -> int:
        """Return how many rows and files there are to go through."""
        return max(self.contents.rows + self.contents.attachments, 1)

    @property
    def all_known(self) -> bool:
        """Tell whether nothing in it was new here, and nothing refused."""
        return not (self.rows or self.attachments or self.said or self.refused)


class BundleReader:
    """Takes in the messages of a bundle, one after the other."""

    def __init__(self, journal: Journal, known_directory: KnownDirectory) -> None:
        self._journal = journal
        self._known_directory = known_directory

    def step(self, reading: BundleReading) -> None:
        """Go on with `reading`. Raises UserError `bundle.damaged`, or EnvironmentProblem for the disk.

        What was taken in before stays; reading the bundle again does what is left.
        """
        trusted = reading.trusted = reading.trusted or self._trusted(reading)
        for _ in range(MOST_AT_ONCE):
            message = next(reading.messages, None)
            if message is None:
                reading.parts.close()
                reading.complete = True
                return
            self._take(message, reading, trusted)

    def _take(self, message: BundleMessage, reading: BundleReading, trusted: TrustStore) -> None:
        if isinstance(message, CertificateChain):
            _take_chain(message, reading)
        elif isinstance(message, PieceSet):
            self._take_pieces(message, reading)
        elif isinstance(message, CaseHeld):
            self._take_held(message, reading)
        else:
            self._take_page(_page_of(message), reading, trusted)

    def _take_page(self, page: Page, reading: BundleReading, trusted: TrustStore) -> None:
        verified = verify(page, trusted)
        taken = take_in(verified, self._journal, self._known_directory.directory(), from_server=False)
        reading.done += sum(len(segment.rows) for segment in page.segments)
        reading.rows += taken.rows
        reading.said += taken.grown
        reading.changes |= taken.changes
        reading.refused.update((*verified.refused, *taken.unread, *taken.quarantined, *taken.untrue))

    def _take_pieces(self, message: PieceSet, reading: BundleReading) -> None:
        pieces = [SealedPiece(message.dossier, message.blob, each.number, each.sealed) for each in message.pieces]
        changes, refused = self._journal.transfers.accept(pieces)
        reading.done += bool(pieces) and pieces[0].number == 0
        if changes:
            reading.attachments.add(message.blob)
        reading.changes |= changes
        reading.refused.update(refused[:1])

    def _take_held(self, message: CaseHeld, reading: BundleReading) -> None:
        own = reading.sender == self._known_directory.own  # what one colleague holds, another may lack
        if own or not reading.newest or not self._journal.erasures.wanted({message.dossier}):
            return
        streams = {stream.device: stream.last for stream in message.streams}
        self._journal.passing.keep_held(
            reading.sender, message.dossier, CaseHoldings(streams, frozenset(message.contents))
        )

    def _trusted(self, reading: BundleReading) -> TrustStore:
        def chain_of(device: DeviceId) -> JsonValue:
            if device in reading.chains:
                return reading.chains[device]
            kept = self._journal.passing.chain(device)
            if kept is None:
                raise EnvironmentProblem("sync.not_found")
            return to_value(from_bytes(CertificateChain, kept))

        return TrustStore(self._known_directory.roots(), chain_of)


def _take_chain(message: CertificateChain, reading: BundleReading) -> None:
    if len(reading.chains) >= MOST_HELD:
        raise UserError("bundle.damaged")
    try:
        device = claimed_device(message).device
    except UserError as error:
        reading.refused[error.code] += 1
    else:
        reading.chains.setdefault(device, to_value(message))


def _page_of(message: BundleMessage) -> Page:
    """Return a page that holds one message, as the feed would bring it."""
    wraps = (message,) if isinstance(message, WrapSet) else ()
    segments = message.segments if isinstance(message, Batch) else ()
    logs = (message,) if isinstance(message, MembershipLog) else ()
    head = PageHead(logs, wraps, (), 0, more=False, generation=_NO_GENERATION, mark=0, left_out=())
    return Page(head, segments)
