"""What authors say they had seen of other devices, held against the rows that are here. Pure.

A claim names a row by its number and its hash, which nobody can make up for a row they do not have, and which covers
all rows before it. It counts where that very row is here. One whose row is not here *waits*; one that names another row
than the one that is here is *void*. Neither counts, both are named, and nothing else waits for them.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from operator import attrgetter
from typing import NamedTuple, cast

from msgspec.structs import force_setattr

from desktop.records.events.envelope import NOTHING_SEEN, Claim, Event, claimed_digest
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import SealedRow
from desktop.vault.crypto.sealing import FIRST, RowCipher, row_digest
from protocol.errors import UserError
from protocol.identifiers import DeviceId

CLAIM_WAITS = "records.claim_waits"
CLAIM_VOID = "records.claim_void"

_DIGEST_BYTES = 32
_claims_of = attrgetter("claims")
_exhaust = deque[None](maxlen=0).extend
_Beyond = Mapping[tuple[DeviceId, int], set[str]]


class DoubtfulClaim(NamedTuple):
    """That event `sequence` of `device` says its author had seen row `claim` of `about`, and why that does not count.

    `code` is `CLAIM_WAITS` or `CLAIM_VOID`.
    """

    device: DeviceId
    sequence: int
    about: DeviceId
    claim: Claim
    code: str


class TakenRow(NamedTuple):
    """A row that came in: what is in it, what opened it, its hash."""

    device: DeviceId
    found: Event | HiddenRow
    cipher: RowCipher | None
    digest: bytes


class _Line:
    """What one device wrote under one key: whoever reads any of it reads all of it, so claims there add up.

    `claimed` is the newest claim per device; `seen` what the claims so far bear out, shared by the events since the
    last one. What the events of `unsettled` had seen is still empty.
    """

    __slots__ = ("_settled", "claimed", "seen", "unsettled")

    def __init__(self) -> None:
        self.claimed: dict[DeviceId, Claim] = {}
        self.seen = NOTHING_SEEN
        self.unsettled: list[tuple[Event, dict[DeviceId, int]]] = []
        self._settled = NOTHING_SEEN

    def take_claims(self, event: Event) -> None:
        """Take in what the next event of this line claims."""
        self.claimed.update(event.claims)
        seen: dict[DeviceId, int] = {}
        self.unsettled.append((event, seen))
        self.seen = seen

    def settle(self, code_of: Callable[[DeviceId, Claim], str]) -> Iterator[DoubtfulClaim]:
        """Fill in what the unsettled events had seen, and give the claims that do not count."""
        for event, seen in self.unsettled:
            seen.update(self._settled)
            for about, claim in event.claims.items():
                code = code_of(about, claim)
                if code:
                    yield DoubtfulClaim(event.device, event.sequence, about, claim, code)
                else:
                    seen[about] = max(seen.get(about, 0), claim.sequence)
            self._settled = seen
        self.unsettled.clear()


class Claims:
    """The claims of one dossier. `take` sets the `seen` of events; it holds what it should after the next `settle`."""

    def __init__(self) -> None:
        self._digests: dict[DeviceId, bytearray] = {}
        self._lines: defaultdict[tuple[DeviceId, RowCipher], _Line] = defaultdict(_Line)
        self._unsettled: list[_Line] = []
        self._waiting: list[DoubtfulClaim] = []
        self._void: list[DoubtfulClaim] = []

    def take(
        self,
        device: DeviceId,
        found: Sequence[Event | HiddenRow],
        ciphers: Sequence[RowCipher | None],
        digests: Sequence[bytes],
    ) -> None:
        """Take in the next rows of a stream: what is in each, what opened it (None where it is hidden), its hash."""
        if not found:
            return
        self._digests.setdefault(device, bytearray()).extend(b"".join(digests))
        first = ciphers[0]
        if first is not None and ciphers.count(first) == len(ciphers) and not any(map(_claims_of, found)):
            seen = self._lines[device, first].seen
            if seen is not NOTHING_SEEN:
                _exhaust(map(force_setattr, cast("Sequence[Event]", found), repeat("seen"), repeat(seen)))
            return
        for event, cipher in zip(found, ciphers, strict=True):
            self._take_event(device, event, cipher)

    def take_row(self, device: DeviceId, found: Event | HiddenRow, cipher: RowCipher | None, digest: bytes) -> None:
        """Take in the next row of a stream, as `take` does."""
        kept = self._digests.get(device)
        if kept is None:
            self._digests[device] = bytearray(digest)
        else:
            kept += digest
        self._take_event(device, found, cipher)

    def settle(self, aside: Callable[[], Iterable[SealedRow]] = tuple) -> bool:
        """Judge what was taken in, and again what waited; `aside` gives the rows of the dossier that were set aside.

        Tells whether a claim that waited counts by now: then events that were folded hold too little, and the dossier
        is to be read anew.
        """
        unsettled, self._unsettled = self._unsettled, []
        if not (unsettled or self._waiting):
            return False
        beyond: list[_Beyond] = []

        def code_of(about: DeviceId, claim: Claim) -> str:
            if self._has(about, claim.sequence):
                return "" if claim.digest == self._claimed(about, claim.sequence) else CLAIM_VOID
            if not beyond:
                beyond.append(self._follow(aside()))
            return "" if claim.digest in beyond[0].get((about, claim.sequence), ()) else CLAIM_WAITS

        before, self._waiting = self._waiting, []
        again = [each._replace(code=code_of(each.about, each.claim)) for each in before]
        for each in (*again, *(doubt for line in unsettled for doubt in line.settle(code_of))):
            if each.code:
                (self._void if each.code == CLAIM_VOID else self._waiting).append(each)
        return not all(each.code for each in again)

    def void(self) -> tuple[DoubtfulClaim, ...]:
        """Return the claims that name another row than the one here."""
        return tuple(self._void)

    def doubtful(self) -> tuple[DoubtfulClaim, ...]:
        """Return the claims that do not count, the void ones first."""
        return (*self._void, *self._waiting)

    def news(self, device: DeviceId, cipher: RowCipher, seen: Mapping[DeviceId, int]) -> Mapping[DeviceId, Claim]:
        """Return what the next event of `device` under one key has to claim, for its author to have seen `seen`."""
        if len(seen) == 1 and device in seen:
            return {}
        claimed = self._lines[device, cipher].claimed
        now = {each: Claim(last, self._claimed(each, last)) for each, last in seen.items() if each != device}
        return {each: claim for each, claim in now.items() if claimed.get(each) != claim}

    def _take_event(self, device: DeviceId, event: Event | HiddenRow, cipher: RowCipher | None) -> None:
        if cipher is None or isinstance(event, HiddenRow):
            return
        line = self._lines[device, cipher]
        if event.claims:
            if not line.unsettled:
                self._unsettled.append(line)
            line.take_claims(event)
        if line.seen is not NOTHING_SEEN:  # which is what events have to begin with
            force_setattr(event, "seen", line.seen)

    def _has(self, device: DeviceId, sequence: int) -> bool:
        return sequence * _DIGEST_BYTES <= len(self._digests.get(device, b""))

    def _claimed(self, device: DeviceId, sequence: int) -> str:
        end = sequence * _DIGEST_BYTES
        return claimed_digest(bytes(self._digests[device][end - _DIGEST_BYTES : end]))

    def _follow(self, aside: Iterable[SealedRow]) -> _Beyond:
        """Return what can be claimed of the rows set aside that go on from a stream: they are kept, and not used."""
        rows = sorted(aside, key=attrgetter("sequence"))
        ends = {(row.device, 0): {FIRST} for row in rows if row.device not in self._digests}
        for device, kept in self._digests.items():
            ends[device, len(kept) // _DIGEST_BYTES] = {bytes(kept[-_DIGEST_BYTES:])}
        for row in rows:
            if row.previous in ends.get((row.device, row.sequence - 1), ()):
                ends.setdefault((row.device, row.sequence), set()).update(_digest_of(row))
        return {place: set(map(claimed_digest, digests)) for place, digests in ends.items()}


def _digest_of(row: SealedRow) -> Iterator[bytes]:
    """Give the hash of a row; none where its values are damaged."""
    try:
        yield row_digest(row.header, row.sealed)
    except UserError:
        return
