"""Taking in rows from elsewhere: what follows its stream is kept and folded, all else is set aside and reported.

Nothing is trusted: not the server, not a stick. A row that fits is one that follows the chain and, where there is a
key, opens. Taking in the same rows twice changes nothing.

The rows of a device that all follow what is here, and open, are taken in together, one step of the work for all of
them and then the next. Any others are looked at one by one.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.dossiers import snapshots
from desktop.records.dossiers.claims import DoubtfulClaim, TakenRow
from desktop.records.dossiers.dossier_cache import DossierCache, OpenDossier
from desktop.records.dossiers.keyring import OpenedRow
from desktop.records.dossiers.streams import DAMAGED, ChainHead, Quarantine, name_author, open_following
from desktop.records.events.bodies import COMPARTMENTS
from desktop.records.events.envelope import Event
from desktop.records.events.fold import HiddenRow
from desktop.records.events.news import changes_of, everything_changed
from desktop.records.membership.admission import code_of_row, counts_everywhere
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from desktop.records.store.piece_table import want
from desktop.records.store.table_rows import SealedRow, row_values
from desktop.vault.crypto.sealing import is_possible_place, row_digest, row_header_prefix
from desktop.vault.revocations import Revocations
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.stream_cuts import StreamCut

_COMPARTMENTS = frozenset(COMPARTMENTS)
_DEVICE = attrgetter("device")
_IN_STREAMS = attrgetter("device", "sequence")

LARGEST = 4 * 1024 * 1024
"""Bytes in one sealed row; a larger one is refused."""


@dataclass(frozen=True, slots=True)
class RowAcceptance:
    """What became of a batch: pages to refresh, how many rows were new and good, which were set aside.

    `untrue` says of which claims to have seen something the rows here are found to tell another thing.
    """

    changes: Changes = field(default_factory=Changes)
    accepted: int = 0
    quarantined: tuple[Quarantine, ...] = ()
    untrue: tuple[DoubtfulClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class RowJudges:
    """By what a row counts besides its chain: the cuts of revoked devices, and who is in the dossier.

    `subject_of` says who works with a device by its certificate, blank where none is known.
    """

    revocations: Revocations
    membership: MembershipRecords
    subject_of: Callable[[DeviceId], str]


class _Intake:
    """One dossier while rows are taken in; nothing in memory changes before everything is on disk."""

    def __init__(self, dossier: OpenDossier, store: Store, judges: RowJudges, batch: Iterable[SealedRow]) -> None:
        self.dossier = dossier
        self.heads: dict[DeviceId, ChainHead] = {}
        self.rows: list[TakenRow] = []
        self.repaired = False
        self._store = store
        self._revocations = judges.revocations
        self._state = judges.membership.of(dossier.id)
        self._writers = judges.membership.writers.all()
        self._subject_of = judges.subject_of
        self._aside = {row: (row.position, code) for row, code in store.quarantined(dossier.id)}
        self._refused: dict[SealedRow, str] = {}
        self._in_hand = (*batch, *self._aside)
        self._reached: dict[tuple[DeviceId, StreamCut], bool] = {}

    def take_stream(self, rows: Sequence[SealedRow]) -> None:
        """Take in rows of one device, in their order."""
        if not self._take_together(rows):
            for row in rows:
                self._take(row)

    def _take_together(self, rows: Sequence[SealedRow]) -> bool:
        """Take in rows of one device where all of them are plainly good; tell whether they were."""
        device = rows[0].device
        if self._aside or device in self.dossier.broken or self._revocations.concern(device):
            return False
        if not counts_everywhere(self._state, self._writers.get(device)):
            return False
        if not {row.compartment for row in rows} <= _COMPARTMENTS:
            return False
        opened = open_following(rows, self.dossier.keyring, self._head(device))
        if opened is None:
            return False
        self._store.add_rows(map(row_values, rows, opened.digests))
        self.heads[device] = opened.head
        name_author(opened.found, self._subject_of(device))
        self.rows += map(partial(TakenRow, device), opened.found, opened.ciphers, opened.digests)
        return True

    def _take(self, row: SealedRow) -> None:
        """Take in one row."""
        if self._is_known(row):
            return
        try:
            self._add(row)
        except UserError as error:
            self._refused[row] = error.code

    def finish(self) -> tuple[Quarantine, ...]:
        """Take back what fits by now, set aside what does not, and return the latter."""
        self._adopt()
        for row, code in self._refused.items():
            self._store.quarantine(row, code)
        if self._refused:  # a claim may name one of them, so that it counts by now
            snapshots.forget(self._store, self.dossier.id)
        return tuple(Quarantine(row.dossier, row.device, row.sequence, 1, code) for row, code in self._refused.items())

    def aside(self) -> tuple[SealedRow, ...]:
        """Return the rows of the dossier that are set aside by now."""
        return (*self._aside, *self._refused)

    def _head(self, device: DeviceId) -> ChainHead:
        return self.heads.get(device) or self.dossier.head(device)

    def _is_known(self, row: SealedRow) -> bool:
        doubtful = row.sequence <= self._head(row.device).sequence or row.device in self.dossier.broken
        return doubtful and self._store.row_at(row.dossier, row.device, row.sequence) == row

    def _add(self, row: SealedRow) -> None:
        if row.compartment not in COMPARTMENTS:
            raise UserError("records.compartment_unknown")
        if self._revocations.concern(row.device):
            self._require_before_cut(row)
        self._require_member(row)
        head = self._head(row.device)
        head.require(row)
        after = head.after(row)
        opened = self._open(row, after)
        name_author([opened.found], self._subject_of(row.device))
        self._write(row, after)
        self.heads[row.device] = after
        self.rows.append(TakenRow(row.device, opened.found, opened.cipher, after.digest))
        if row in self._aside:
            self._store.release(self._aside.pop(row)[0])
        self._refused.pop(row, None)

    def _open(self, row: SealedRow, after: ChainHead) -> OpenedRow:
        """Return the event in `row`; hidden where no key here opens what its author went on from, so that it is whole.

        Two laptops can begin one epoch with different keys, and not every one is given. Raises UserError else.
        """
        try:
            return self.dossier.keyring.open(row)
        except UserError as error:
            if error.code == DAMAGED and (row.device, row.sequence + 1, after.digest) in self._places_in_hand:
                return OpenedRow(HiddenRow(row.compartment))
            raise

    @cached_property
    def _places_in_hand(self) -> frozenset[tuple[DeviceId, int, bytes]]:
        return frozenset((each.device, each.sequence, each.previous) for each in self._in_hand)

    def _require_member(self, row: SealedRow) -> None:
        writer = self._writers.get(row.device)
        code = code_of_row(self._state, writer, (row.device, row.sequence), self._reaches)
        if code is not None:
            raise UserError(code)

    def _reaches(self, device: DeviceId, cut: StreamCut) -> bool:
        """Tell whether the row at `cut` is here or in hand, so that what comes before it is what it follows."""
        if (device, cut) not in self._reached:  # what is added meanwhile was in hand before
            place = (device, cut.sequence)
            in_hand = [row for row in self._in_hand if (row.device, row.sequence) == place]
            kept = self._store.row_at(self.dossier.id, *place)
            rows = (*in_hand, *([kept] if kept else ()))
            self._reached[device, cut] = any(row_digest(row.header, row.sealed) == cut.digest for row in rows)
        return self._reached[device, cut]

    def _require_before_cut(self, row: SealedRow) -> None:
        code = self._revocations.code_of(row.header, row.sealed)
        if code is not None:
            raise UserError(code)

    def _write(self, row: SealedRow, after: ChainHead) -> None:
        if row.device not in self.dossier.broken:
            self._store.add_rows([row_values(row, after.digest)])
            return
        self.repaired = True
        snapshots.forget(self._store, row.dossier)
        broken = self._store.row_at(row.dossier, row.device, row.sequence)
        if broken is None:
            self._store.add_rows([row_values(row, after.digest)])
        else:
            self._store.quarantine(broken, "records.row_repaired")
            self._store.replace_row(row, after.digest, broken.position)

    def _adopt(self) -> None:
        """Add what was set aside or refused before and fits now."""
        for row in sorted((*self._aside, *self._refused), key=_IN_STREAMS):
            if row.sequence == self._head(row.device).sequence + 1 and not self._is_known(row):
                with suppress(UserError):
                    self._add(row)


def accept(
    rows: Iterable[SealedRow], cache: DossierCache, store: Store, own: DeviceId, judges: RowJudges
) -> RowAcceptance:
    """Take in `rows` in one transaction. Raises EnvironmentProblem for the disk; then nothing changed."""
    grouped, refused = _by_dossier(rows)
    if not grouped:
        return RowAcceptance(quarantined=tuple(refused))
    intakes = [_Intake(cache.open(dossier), store, judges, batch) for dossier, batch in grouped.items()]
    with store.atomic():
        for intake, batch in zip(intakes, grouped.values(), strict=True):
            for _device, stream in groupby(sorted(batch, key=_IN_STREAMS), key=_DEVICE):
                intake.take_stream(tuple(stream))
            refused.extend(intake.finish())
            want(store.pieces, [row.found for row in intake.rows])
    changes, untrue = Changes(), []
    for intake in intakes:
        known = {*intake.dossier.claims.void()}
        changes |= _finish(intake, cache, own)
        untrue += [each for each in intake.dossier.claims.void() if each not in known]
    return RowAcceptance(changes, sum(len(intake.rows) for intake in intakes), tuple(refused), tuple(untrue))


def _finish(intake: _Intake, cache: DossierCache, own: DeviceId) -> Changes:
    dossier, rows = intake.dossier, intake.rows
    if intake.repaired or dossier.advance(rows, intake.heads, own, intake.aside()):
        cache.forget(dossier.id)
        return everything_changed(dossier.id)
    readable = [row.found for row in rows if isinstance(row.found, Event)]
    hidden = len(readable) < len(rows)
    return changes_of(readable) | (changed(Aspect.CASELOAD, dossier=dossier.id) if hidden else Changes())


def _by_dossier(rows: Iterable[SealedRow]) -> tuple[dict[DossierId, list[SealedRow]], list[Quarantine]]:
    """Return the rows that can be rows at all, by dossier, and what there is to say of the others."""
    grouped: dict[DossierId, list[SealedRow]] = {}
    refused: list[Quarantine] = []
    possible: dict[tuple[str, str, int, str], bool] = {}
    for row in rows:
        place = (row.dossier, row.compartment, row.epoch, row.device)
        if place not in possible:
            possible[place] = _is_possible(row)
        if not possible[place] or not is_possible_place(row.sequence, row.previous):
            refused.append(Quarantine(row.dossier, row.device, row.sequence, 1, DAMAGED))
        elif len(row.sealed) > LARGEST:
            refused.append(Quarantine(row.dossier, row.device, row.sequence, 1, "records.row_too_large"))
        else:
            grouped.setdefault(row.dossier, []).append(row)
    return grouped, refused


def _is_possible(row: SealedRow) -> bool:
    try:
        row_header_prefix(row.dossier, row.compartment, row.epoch, row.device)
    except (UserError, ValueError):
        return False
    return True
