"""Keeping in step with the municipal server. It never sees an answer; local work never waits for it.

One round has three steps on two threads, so that a slow server never holds the store:

    prepare   store thread    what is to be sent: own rows, wrapped keys, statements; and how far was read
    exchange  network thread  send it, read the next page of the feed, verify who signed what
    take      store thread    acknowledge, take in keys, rows and offers; say what changed

Failure policy: whatever fails in `exchange` raises, changes nothing, and is tried again in the next round; every
request is idempotent. What is not signed by a device we trust is counted as refused and not used; nothing is deleted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.clock import Clock
from desktop.kernel.errors import EnvironmentProblem, OpmaatError, UserError
from desktop.records.journal import Journal
from desktop.records.store import SealedRow, Wrap
from desktop.services.correspondence import Correspondence, roots_of
from desktop.sync.batches import Parcel, pack, unpack
from desktop.sync.client import Client
from desktop.sync.trusted import Trusted
from desktop.sync.wire import MOST_WRAPS, Offer, Page, Statement, WrapSet
from desktop.sync.wire import Wrap as WireWrap
from desktop.sync.wire.version import MOST_ROWS
from desktop.vault.trust import DeviceChain, Directory, verify_directory
from desktop.vault.vault import Vault

_FEED = "feed.cursor"
_ENROLLED = "device.enrolled"
_FOREVER = frozenset({"offer.wrong_step", "offer.already_open", "offer.not_yours", "offer.recipient_unknown"})
"""Answers to a statement that repeating it will not change."""


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status line says. `reached` is when the server last answered; `problem` the code of the last failure.

    `local_only` means that there is no server to speak to: a practice environment.
    """

    online: bool = False
    waiting: int = 0
    reached: datetime | None = None
    problem: str | None = None
    local_only: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What one round takes along."""

    enrol: DeviceChain | None
    wraps: tuple[Wrap, ...]
    parcel: Parcel | None
    statements: tuple[Statement, ...]
    directory: Directory | None
    cursor: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """What one round brought home: `rows` and `offers` are verified, `refused` are the codes of what was not."""

    sent: Outgoing
    directory: bytes
    wraps: tuple[Wrap, ...]
    rows: tuple[SealedRow, ...]
    offers: tuple[Offer, ...]
    refused: tuple[str, ...]
    cursor: int
    more: bool


@dataclass(frozen=True, slots=True)
class Round:
    """What a round came to. `again` means that there is more to fetch or send right away."""

    changes: Changes
    state: SyncState
    again: bool
    refused: tuple[str, ...] = ()


class Synchronise:
    """The rounds of one open vault. `client` is None where there is no server."""

    def __init__(
        self, journal: Journal, vault: Vault, correspondence: Correspondence, clock: Clock, client: Client | None
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._correspondence = correspondence
        self._clock = clock
        self._client = client
        self._state = SyncState(local_only=client is None)

    def state(self) -> SyncState:
        """Return the present state, counted anew. Store thread."""
        waiting = self._journal.waiting() + len(self._correspondence.waiting())
        self._state = replace(self._state, waiting=0 if self._state.local_only else waiting)
        return self._state

    def prepare(self) -> Outgoing | None:
        """Return what to send and from where to read, None where there is no server. Store thread."""
        if self._client is None:
            return None
        rows = self._journal.rows_after(self._journal.acknowledged(), MOST_ROWS)
        return Outgoing(
            enrol=None if self._journal.cursor(_ENROLLED) else self._vault.belonging.chain,
            wraps=self._journal.wraps_waiting(MOST_ROWS),
            parcel=pack(rows, self._vault.device),
            statements=self._correspondence.waiting(),
            directory=self._correspondence.directory(),
            cursor=int(self._journal.cursor(_FEED) or 0),
        )

    def exchange(self, out: Outgoing) -> Incoming:
        """Send and fetch. Network thread; touches no store. Raises the codes of `sync.client`, and changes nothing."""
        client = self._client
        if client is None:
            raise EnvironmentProblem("sync.no_server")
        if out.enrol is not None:
            client.enrol(out.enrol)
        for wraps in wire_sets(out.wraps):
            client.publish(wraps)
        if out.parcel is not None:
            client.push(out.parcel.batch)
        offers, unsaid = _say(client, out.statements)
        own = self._vault.belonging.card
        data = client.directory(own.id)
        directory = verify_directory(data, own.root, out.directory.version if out.directory is not None else 0)
        trusted = Trusted(roots_of(directory, self._vault), client.chain)
        page = client.page(out.cursor)
        rows, refused = _verified_rows(page, trusted)
        heard, doubtful = _verified_offers((*offers, *page.offers), trusted)
        wraps_in = tuple(wrap for each in page.wraps for wrap in _from_wire(each))
        return Incoming(out, data, wraps_in, rows, heard, (*unsaid, *refused, *doubtful), page.cursor, page.more)

    def take(self, incoming: Incoming) -> Round:
        """Keep what came home and say what changed. Store thread. The cursor moves last, so nothing is skipped."""
        sent = incoming.sent
        changes = self._settle(sent)
        directory = self._correspondence.keep_directory(incoming.directory)
        keys = self._journal.import_wraps(incoming.wraps, directory)
        rows = self._journal.accept_rows(incoming.rows)
        for dossier in self._correspondence.hear(incoming.offers):
            changes |= changed(Aspect.HANDOVER, Aspect.CASELOAD, dossier=dossier)
        self._journal.keep_cursor(_FEED, str(incoming.cursor))
        self._state = replace(self._state, online=True, reached=self._clock.now(), problem=None)
        refused = (*incoming.refused, *(code for _wrap, code in keys.refused), *(q.code for q in rows.quarantined))
        again = incoming.more or (sent.parcel is not None and self._journal.waiting() > 0)
        news = changes | keys.changes | rows.changes | changed(Aspect.SYNC)
        return Round(news, self.state(), again, refused)

    def failed(self, error: OpmaatError) -> SyncState:
        """Remember that the server was not reached, and return the state. Store thread."""
        self._state = replace(self._state, online=False, problem=error.code)
        return self.state()

    def round(self) -> Round | None:
        """Do one whole round on the calling thread; for tests and command lines. None where there is no server."""
        out = self.prepare()
        return None if out is None else self.take(self.exchange(out))

    def _settle(self, sent: Outgoing) -> Changes:
        if sent.enrol is not None:
            self._journal.keep_cursor(_ENROLLED, "1")
        if sent.wraps:
            self._journal.acknowledge_wraps(sent.wraps[-1].position)
        if sent.parcel is not None:
            self._journal.acknowledge(sent.parcel.position)
        if not sent.statements:
            return Changes()
        self._correspondence.said(sent.statements)
        return Changes(frozenset({Aspect.HANDOVER}), frozenset(each.dossier for each in sent.statements))


def wire_sets(wraps: Sequence[Wrap]) -> tuple[WrapSet, ...]:
    """Return `wraps` as the messages that publish them: by dossier and recipient, never more than a set may hold."""
    grouped: dict[tuple[str, str], list[Wrap]] = {}
    for wrap in wraps:
        grouped.setdefault((wrap.dossier, wrap.recipient), []).append(wrap)
    return tuple(
        WrapSet(part[0].dossier, part[0].recipient, tuple(WireWrap(w.compartment, w.epoch, w.blob) for w in part))
        for group in grouped.values()
        for part in (group[at : at + MOST_WRAPS] for at in range(0, len(group), MOST_WRAPS))
    )


def _from_wire(wraps: WrapSet) -> tuple[Wrap, ...]:
    return tuple(
        Wrap(wraps.dossier, each.compartment, each.epoch, wraps.recipient, each.wrapped) for each in wraps.wraps
    )


def _say(client: Client, statements: Sequence[Statement]) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    offers: list[Offer] = []
    unsaid: list[str] = []
    for statement in statements:
        try:
            offers.append(client.say(statement))
        except OpmaatError as error:
            if error.code not in _FOREVER:
                raise
            unsaid.append(error.code)
    return tuple(offers), tuple(unsaid)


def _verified_rows(page: Page, trusted: Trusted) -> tuple[tuple[SealedRow, ...], tuple[str, ...]]:
    rows: list[SealedRow] = []
    refused: list[str] = []
    for segment in page.segments:
        try:
            trusted.require_segment(segment)
        except UserError as error:
            refused.append(error.code)
            continue
        rows.extend(unpack(segment))
    return tuple(rows), tuple(refused)


def _verified_offers(offers: Sequence[Offer], trusted: Trusted) -> tuple[tuple[Offer, ...], tuple[str, ...]]:
    good: list[Offer] = []
    refused: list[str] = []
    for offer in offers:
        try:
            trusted.require_offer(offer)
        except UserError as error:
            refused.append(error.code)
            continue
        good.append(offer)
    return tuple(good), tuple(refused)
