"""What others sent: fetched and verified on the network thread, taken into the journal on the store thread."""

from dataclasses import dataclass

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.errors import UserError
from desktop.kernel.ids import DeviceId, DossierId
from desktop.records.journal import Journal
from desktop.records.store import SealedRow, Wrap
from desktop.records.streams import Quarantine
from desktop.sync.batches import unpack
from desktop.sync.client import Client
from desktop.sync.offer_book import OfferBook
from desktop.sync.trusted import Trusted
from desktop.sync.wire import Offer, WrapSet
from desktop.vault.trust import Directory

_CURSOR = "sync.pulled"


@dataclass(frozen=True, slots=True)
class Refused:
    """Something the server handed out that no trusted device signed: not used, and not lost on the server.

    It can be asked for again from the first page on, once whatever was wrong (an old directory) is mended.
    """

    subject: str
    device: DeviceId
    code: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """One verified page."""

    wraps: tuple[Wrap, ...]
    rows: tuple[SealedRow, ...]
    offers: tuple[Offer, ...]
    refused: tuple[Refused, ...]
    cursor: int
    more: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: what screens have to refresh, new offers, and what was set aside or refused, and why."""

    changes: Changes
    offers: tuple[Offer, ...]
    quarantined: tuple[Quarantine, ...]
    refused_keys: tuple[tuple[DossierId, str], ...]
    refused: tuple[Refused, ...]
    more: bool


def pulled(journal: Journal) -> int:
    """Return how far this device has read the feed of its organisation. Store thread."""
    return int(journal.cursor(_CURSOR) or 0)


def read_again(journal: Journal) -> None:
    """Read the feed from its beginning next time; what is known already changes nothing. Store thread."""
    journal.keep_cursor(_CURSOR, "0")


def fetch(client: Client, trusted: Trusted, after: int, *, own_too: bool = False) -> Incoming:
    """Return the page after the cursor `after`, every signature verified. Network thread. Raises what `Client` raises.

    `own_too` also brings the rows this device pushed itself, to mend one that broke on its own disk.
    """
    page = client.page(after, own_too=own_too)
    rows: list[SealedRow] = []
    offers: list[Offer] = []
    refused: list[Refused] = []
    for segment in page.segments:
        try:
            trusted.require_segment(segment)
        except UserError as error:
            refused.append(Refused(segment.dossier, segment.device, error.code))
        else:
            rows += unpack(segment)
    for offer in page.offers:
        try:
            trusted.require_offer(offer)
        except UserError as error:
            newest = offer.statements[-1]
            refused.append(Refused(newest.offer, newest.device, error.code))
        else:
            offers.append(offer)
    wraps = tuple(wrap for one in page.wraps for wrap in _wraps(one))
    return Incoming(wraps, tuple(rows), tuple(offers), tuple(refused), page.cursor, page.more)


def take_in(journal: Journal, incoming: Incoming, directory: Directory | None) -> Taken:
    """Keep a page: keys, then rows, then offers, then the cursor; each durable before the next. Store thread.

    Stopping anywhere in between loses nothing: the same page is taken in again, and what is known changes nothing.
    """
    keys = journal.import_wraps(incoming.wraps, directory)
    acceptance = journal.accept_rows(incoming.rows)
    book = OfferBook(journal)
    offers = tuple(offer for offer in incoming.offers if book.put(offer))
    journal.keep_cursor(_CURSOR, str(incoming.cursor))
    changes = keys.changes | acceptance.changes
    for offer in offers:
        changes |= changed(Aspect.HANDOVER, Aspect.CASELOAD, dossier=offer.statements[0].dossier)
    return Taken(
        changes=changes,
        offers=offers,
        quarantined=acceptance.quarantined,
        refused_keys=tuple((wrap.dossier, code) for wrap, code in keys.refused),
        refused=incoming.refused,
        more=incoming.more,
    )


def _wraps(one: WrapSet) -> tuple[Wrap, ...]:
    return tuple(Wrap(one.dossier, wrap.compartment, wrap.epoch, one.recipient, wrap.wrapped) for wrap in one.wraps)
