"""Attachments on their way: a few sealed pieces out and a few in per round, so that a cut costs a few at most.

    collect (store thread) ──> send, fetch (network thread) ──> settle (store thread)

What to fetch is known from the events, not from the server. A content that the server does not have (yet), or refuses,
is left out until the next run of rounds; everything else goes on.
"""

from dataclasses import dataclass, replace

from desktop.kernel.changes import Changes
from desktop.records.attachments.attachment_transfers import AttachmentTransfers
from desktop.records.store.piece_table import MissingContent, SealedPiece
from desktop.sync.client import Client
from desktop.sync.halving import PERHAPS_TOO_LARGE
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.limits import MOST_PIECES_AT_ONCE, PAGE_BODY_BYTES, PIECE_BYTES
from protocol.messages.pieces import Piece, PieceSet

_ABOUT_ONE_CONTENT = PERHAPS_TOO_LARGE | {
    "sync.dossier_erased",
    "sync.message_broken",
    "sync.not_member",
    "sync.piece_conflict",
}

_MESSAGES = 8
"""In one round: on a slow link no more than half a minute passes before something is read."""


@dataclass(frozen=True, slots=True)
class PieceTransfer:
    """What one round takes along: pieces of one content to send, and one to fetch.

    `pending` are the dossiers of which pieces are left to send after it.
    """

    out: tuple[SealedPiece, ...] = ()
    pending: frozenset[DossierId] = frozenset()
    wanted: MissingContent | None = None


@dataclass(frozen=True, slots=True)
class PieceOutcome:
    """What came of it. `sent` pieces went out; `refused` is why the server took no more; `came` is what it gave."""

    transfer: PieceTransfer
    sent: int = 0
    refused: str = ""
    came: tuple[SealedPiece, ...] = ()
    absent: str = ""

    @property
    def pending(self) -> frozenset[DossierId]:
        """Return the dossiers of which pieces are left to send; what was refused is not waited for."""
        out = self.transfer.out
        unfinished = {out[0].dossier} if self.sent < len(out) and not self.refused else set()
        return self.transfer.pending | unfinished


class PieceExchange:
    """The transfers of one open vault. Knows what to leave out for the rest of a run of rounds."""

    def __init__(self, transfers: AttachmentTransfers) -> None:
        self._transfers = transfers
        self._left_out: set[str] = set()

    def next_transfer(self, room: int = PAGE_BODY_BYTES) -> PieceTransfer:
        """Return the next transfer: a few messages of about `room` bytes each. Store thread."""
        most = min(MOST_PIECES_AT_ONCE, _MESSAGES * _fitting(room))
        pieces = self._transfers.unsent(most, self._left_out)
        done = pieces[0].blob if pieces else ""
        left = self._transfers.pending(self._left_out)
        pending = (dossier for dossier, blob, count in left if blob != done or count > len(pieces))
        return PieceTransfer(pieces, frozenset(pending), next(iter(self._wanted()), None))

    def settle(self, outcome: PieceOutcome) -> tuple[Changes, tuple[str, ...]]:
        """Remember what is sent, take in what came; return what changed and codes of what was refused. Store thread."""
        out = outcome.transfer.out
        if outcome.sent:
            self._transfers.acknowledge(out[outcome.sent - 1])
        if outcome.refused:
            self._left_out.add(out[0].blob)
        if outcome.absent:
            self._left_out.add(outcome.absent)
        changes, refused = self._transfers.accept(outcome.came)
        if refused:
            self._left_out.add(outcome.came[0].blob)
        return changes, (*((outcome.refused,) if outcome.refused else ()), *refused)

    def more(self) -> bool:
        """Tell whether there is anything left to send or to fetch in this run. Store thread."""
        return bool(self._transfers.unsent(1, self._left_out)) or bool(self._wanted())

    def rest(self) -> None:
        """End the run: what was left out is tried again in the next one."""
        self._left_out.clear()

    def _wanted(self) -> list[MissingContent]:
        return [each for each in self._transfers.wanted() if each.blob not in self._left_out]


def send(client: Client, transfer: PieceTransfer) -> PieceOutcome:
    """Send the pieces of a transfer. Network thread. Raises what `Client` raises, but for what concerns one content.

    A message is as long as there is room on the link, so that little is lost when it breaks, and what came through
    before stays sent. What is too large for a proxy on the way goes in halves, and one piece that is still too large
    waits.
    """
    sent, most = 0, MOST_PIECES_AT_ONCE
    while sent < len(transfer.out):
        part = transfer.out[sent : sent + min(most, _fitting(client.room))]
        try:
            client.push_pieces(_set_of(part))
        except EnvironmentProblem as error:
            if error.code in PERHAPS_TOO_LARGE and len(part) > 1:
                most = len(part) // 2
            elif error.code in _ABOUT_ONE_CONTENT:
                return PieceOutcome(transfer, sent, error.code)
            elif sent:
                return PieceOutcome(transfer, sent)
            else:
                raise
        else:
            sent += len(part)
    return PieceOutcome(transfer, sent)


def fetch(client: Client, outcome: PieceOutcome) -> PieceOutcome:
    """Fetch what the transfer wants, too. Network thread. Raises as `send`."""
    wanted = outcome.transfer.wanted
    if wanted is None:
        return outcome
    try:
        found = client.pieces(wanted.dossier, wanted.blob, wanted.number)
    except EnvironmentProblem as error:
        if error.code not in _ABOUT_ONE_CONTENT:
            raise
        return replace(outcome, absent=wanted.blob)
    came = tuple(SealedPiece(wanted.dossier, wanted.blob, piece.number, piece.sealed) for piece in found.pieces)
    return replace(outcome, came=came, absent="" if came else wanted.blob)


def _fitting(room: int) -> int:
    """Return how many pieces a message of about `room` bytes holds."""
    return max(1, min(MOST_PIECES_AT_ONCE, room // PIECE_BYTES))


def _set_of(pieces: tuple[SealedPiece, ...]) -> PieceSet:
    first = pieces[0]
    return PieceSet(first.dossier, first.blob, tuple(Piece(piece.number, piece.sealed) for piece in pieces))
