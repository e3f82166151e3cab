"""A page of the feed, fetched and verified: what the journal may take in, and what was refused. Network thread."""

from dataclasses import dataclass

from desktop.records.store.table_rows import KeyGrant, SealedRow
from desktop.sync.batches import unpack
from desktop.sync.client import Client
from desktop.sync.trust_store import TrustStore
from protocol.errors import UserError
from protocol.messages.feed import Page
from protocol.messages.offers import Offer

_DAMAGED = "sync.entry_damaged"


@dataclass(frozen=True, slots=True)
class VerifiedPage:
    """One page: take in `wraps`, then `rows`, then `offers`, then move to `cursor`; the same page twice is harmless.

    Wraps carry their own proof, which the journal checks. `refused` are the codes of what no trusted device signed:
    it is not used, and stays on the server until whatever was wrong (an old directory) is mended.
    """

    wraps: tuple[KeyGrant, ...]
    rows: tuple[SealedRow, ...]
    offers: tuple[Offer, ...]
    refused: tuple[str, ...]
    cursor: int
    more: bool
    generation: str


def fetch(client: Client, trusted: TrustStore, after: int, *, own_too: bool = False) -> VerifiedPage:
    """Return the page after the cursor `after`, every signature verified. Raises what `Client` raises.

    `own_too` also brings the rows this device pushed itself, to mend one that broke on its own disk.
    """
    page = client.page(after, own_too=own_too)
    rows, doubtful_rows = _rows(page, trusted)
    offers, doubtful_offers = verified_offers(page.offers, trusted)
    wraps = tuple(
        KeyGrant(one.dossier, wrap.compartment, wrap.epoch, one.recipient, wrap.wrapped)
        for one in page.wraps
        for wrap in one.wraps
    )
    left_out = (_DAMAGED,) * len(page.left_out)
    return VerifiedPage(
        wraps, rows, offers, (*doubtful_rows, *doubtful_offers, *left_out), page.cursor, page.more, page.generation
    )


def verified_offers(offers: tuple[Offer, ...], trusted: TrustStore) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    """Return the offers whose every statement is signed by a trusted device, and the codes of the others."""
    good: list[Offer] = []
    refused: list[str] = []
    for offer in offers:
        try:
            trusted.require_offer(offer)
        except UserError as error:
            refused.append(error.code)
        else:
            good.append(offer)
    return tuple(good), tuple(refused)


def _rows(page: Page, trusted: TrustStore) -> tuple[tuple[SealedRow, ...], tuple[str, ...]]:
    rows: list[SealedRow] = []
    refused: list[str] = []
    for segment in page.segments:
        try:
            trusted.require_segment(segment)
        except UserError as error:
            refused.append(error.code)
        else:
            rows += unpack(segment)
    return tuple(rows), tuple(refused)
