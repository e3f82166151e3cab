"""A page of messages, verified: what the journal may take in, and what was refused.

A page of the feed is fetched on the network thread; one of a bundle is read from a file. Both are verified the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from desktop.records.store.passing_table import SegmentProof
from desktop.records.store.table_rows import KeyGrant, SealedRow
from desktop.sync.batches import proof_of, unpack
from desktop.sync.client import Client
from desktop.sync.trust_store import TrustStore
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.messages.erasure import ErasureStatement
from protocol.messages.feed import Page
from protocol.messages.membership import MembershipLog
from protocol.messages.rows import Segment

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
    """One page: take in `logs`, then `wraps`, then `rows`, then move to `place`; the same page twice is harmless.

    `lost` tells that the server does not know the place that was asked after: it was put back from a copy, and this is
    its first page. Wraps carry their own proof, which the journal checks. `writers` says to which organisation each
    device of `rows` belongs. `erasures` are what colleagues of the own organisation erased. `refused` are the codes of
    what no trusted device signed: it is not used, and stays on the server until whatever was wrong (an old directory)
    is mended. `proofs` and `chains` are the signatures under which rows and statements came, to pass them on.
    """

    logs: tuple[MembershipLog, ...]
    wraps: tuple[KeyGrant, ...]
    rows: tuple[SealedRow, ...]
    writers: Mapping[DeviceId, OrganisationId]
    refused: tuple[str, ...]
    place: FeedPlace
    more: bool
    generation: str
    lost: bool = False
    proofs: tuple[SegmentProof, ...] = ()
    erasures: tuple[ErasureStatement, ...] = ()
    chains: Mapping[DeviceId, bytes] = field(default_factory=dict)


def fetch(
    client: Client, trusted: TrustStore, after: FeedPlace, own: OrganisationId, *, own_too: bool = False
) -> VerifiedPage:
    """Return the page after `after` of the feed of `own`, every signature verified. Raises what `Client` raises.

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
    verified = verify(page, trusted, lost=lost)
    erasures, doubtful = _erasures(head.erasures, trusted, own)
    return replace(verified, erasures=erasures, refused=(*verified.refused, *doubtful))


def verify(page: Page, trusted: TrustStore, *, lost: bool = False) -> VerifiedPage:
    """Return `page` with every signature verified; network failures of `trusted` pass through."""
    head = page.head
    logs, doubtful_logs = verified_logs(head.logs, trusted)
    segments, doubtful_rows = _segments(page, trusted)
    authors = {segment.device for segment, _writer in segments}
    authors |= {statement.device for log in logs for statement in log.statements}
    wraps = tuple(
        KeyGrant(one.dossier, wrap.compartment, wrap.epoch, one.recipient, wrap.wrapped)
        for one in head.wraps
        for wrap in one.wraps
    )
    return VerifiedPage(
        logs=logs,
        wraps=wraps,
        rows=tuple(row for segment, _writer in segments for row in unpack(segment)),
        writers={segment.device: writer for segment, writer in segments},
        refused=(*doubtful_logs, *doubtful_rows, *((_DAMAGED,) * len(head.left_out))),
        place=FeedPlace(head.cursor, head.mark),
        more=head.more,
        generation=head.generation,
        lost=lost,
        proofs=tuple(proof_of(segment) for segment, _writer in segments),
        chains={device: trusted.chain(device) for device in authors},
    )


def verified_logs(
    logs: Iterable[MembershipLog], trusted: TrustStore
) -> tuple[tuple[MembershipLog, ...], tuple[str, ...]]:
    """Return the logs whose every statement is signed by a trusted device, and the codes of the others."""
    good: list[MembershipLog] = []
    refused: list[str] = []
    for log in logs:
        try:
            trusted.require_log(log)
        except UserError as error:
            refused.append(error.code)
        else:
            good.append(log)
    return tuple(good), tuple(refused)


def _erasures(
    statements: Iterable[ErasureStatement], trusted: TrustStore, own: OrganisationId
) -> tuple[tuple[ErasureStatement, ...], tuple[str, ...]]:
    """Return what trusted devices of the own organisation erased, and the codes of what else was said."""
    good: list[ErasureStatement] = []
    refused: list[str] = []
    for statement in statements:
        try:
            trusted.require_erasure(statement, own)
        except UserError as error:
            refused.append(error.code)
        else:
            good.append(statement)
    return tuple(good), tuple(refused)


def _segments(page: Page, trusted: TrustStore) -> tuple[tuple[tuple[Segment, OrganisationId], ...], tuple[str, ...]]:
    """Return the segments that a trusted device signed, each with its organisation, and the codes of the others."""
    good: list[tuple[Segment, OrganisationId]] = []
    refused: list[str] = []
    for segment in page.segments:
        try:
            good.append((segment, trusted.require_segment(segment)))
        except UserError as error:
            refused.append(error.code)
    return tuple(good), tuple(refused)
