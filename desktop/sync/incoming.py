"""A page of messages, verified: what the journal may take in, and what was refused.

A page of the feed is fetched on the network thread; one of a bundle is read from a file. Both are verified the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.records.store.passing_table import SegmentProof
from desktop.records.store.table_rows import KeyGrant, SealedRow
from desktop.sync.batches import proof_of, unpack
from desktop.sync.client import Client
from desktop.sync.trust_store import TrustStore
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId
from protocol.messages.feed import Page
from protocol.messages.offers import Offer

_DAMAGED = "sync.entry_damaged"


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """How far the feed was read, and the mark that stood there; without one it is not known (any more)."""

    cursor: int
    mark: int | None = None

    @classmethod
    def of(cls, text: str) -> "FeedPlace":
        """Return what `str` wrote; a lone number is a cursor without a mark."""
        cursor, _, mark = text.partition(":")
        return cls(int(cursor or 0), int(mark) if mark else None)

    def __str__(self) -> str:
        return str(self.cursor) if self.mark is None else f"{self.cursor}:{self.mark}"


@dataclass(frozen=True, slots=True)
class VerifiedPage:
    """One page: take in `wraps`, then `rows`, then `offers`, then move to `place`; the same page twice is harmless.

    `lost` tells that the server does not know the place that was asked after: it was put back from a copy, and this is
    its first page. Wraps carry their own proof, which the journal checks. `refused` are the codes of what no trusted
    device signed: it is not used, and stays on the server until whatever was wrong (an old directory) is mended.
    `proofs` and `chains` are the signatures under which the rows came, to pass them on.
    """

    wraps: tuple[KeyGrant, ...]
    rows: tuple[SealedRow, ...]
    offers: tuple[Offer, ...]
    refused: tuple[str, ...]
    place: FeedPlace
    more: bool
    generation: str
    lost: bool = False
    proofs: tuple[SegmentProof, ...] = ()
    chains: Mapping[DeviceId, bytes] = field(default_factory=dict)


def fetch(client: Client, trusted: TrustStore, after: FeedPlace, *, own_too: bool = False) -> VerifiedPage:
    """Return the page after `after`, every signature verified. Raises what `Client` raises.

    `own_too` also brings the rows this device pushed itself, to mend one that broke on its own disk. A page that leads
    back, or nowhere, raises EnvironmentProblem `sync.answer_broken`.
    """
    lost = False
    try:
        page = client.page(after.cursor, after.mark, own_too=own_too)
    except EnvironmentProblem as error:
        if error.code != "sync.cursor_ahead":
            raise
        lost = True
        page = client.page(0, own_too=own_too)
    asked, head = 0 if lost else after.cursor, page.head
    if head.cursor < asked or (head.more and head.cursor == asked):
        raise EnvironmentProblem("sync.answer_broken")
    return verify(page, trusted, lost=lost)


def verify(page: Page, trusted: TrustStore, *, lost: bool = False) -> VerifiedPage:
    """Return `page` with every signature verified; network failures of `trusted` pass through."""
    head = page.head
    rows, proofs, doubtful_rows = _rows(page, trusted)
    offers, doubtful_offers = verified_offers(head.offers, trusted)
    wraps = tuple(
        KeyGrant(one.dossier, wrap.compartment, wrap.epoch, one.recipient, wrap.wrapped)
        for one in head.wraps
        for wrap in one.wraps
    )
    return VerifiedPage(
        wraps=wraps,
        rows=rows,
        offers=offers,
        refused=(*doubtful_rows, *doubtful_offers, *((_DAMAGED,) * len(head.left_out))),
        place=FeedPlace(head.cursor, head.mark),
        more=head.more,
        generation=head.generation,
        lost=lost,
        proofs=proofs,
        chains={proof.device: trusted.chain(proof.device) for proof in proofs},
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


def _rows(page: Page, trusted: TrustStore) -> tuple[tuple[SealedRow, ...], tuple[SegmentProof, ...], tuple[str, ...]]:
    rows: list[SealedRow] = []
    proofs: list[SegmentProof] = []
    refused: list[str] = []
    for segment in page.segments:
        try:
            trusted.require_segment(segment)
        except UserError as error:
            refused.append(error.code)
        else:
            rows += unpack(segment)
            proofs.append(proof_of(segment))
    return tuple(rows), tuple(proofs), tuple(refused)
