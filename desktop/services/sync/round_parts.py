"""What passes between the two threads of a round: what is to be sent, and what came of it."""

from dataclasses import dataclass, field

from desktop.services.sync.directory_fetch import KnownDocuments, NamedDocuments
from desktop.services.sync.erasure_news import ErasureAnswers
from desktop.services.sync.former_devices import FormerRows, FormerSent
from desktop.services.sync.key_renewals import RenewalAnswer, RenewalRequest
from desktop.services.sync.steps import StepAnswers
from desktop.sync.incoming import FeedPlace, VerifiedPage
from desktop.sync.outgoing import OutgoingKeys, OutgoingRows, PushProgress
from desktop.sync.pieces import PieceOutcome, PieceTransfer
from protocol.certificates import DeviceChain
from protocol.directory import Directory
from protocol.messages.erasure import ErasureStatement
from protocol.messages.membership import MembershipLog, MembershipStatement


@dataclass(frozen=True, slots=True)
class SyncRequest:
    """What one round takes along. `reads_on` tells that a round of the same run read before."""

    enrol: DeviceChain | None
    keys: OutgoingKeys | None
    rows: OutgoingRows | None
    statements: tuple[MembershipStatement, ...]
    directory: Directory | None
    read: FeedPlace
    own_too: bool
    pieces: PieceTransfer
    renewal: RenewalRequest
    former: FormerRows | None = None
    known: KnownDocuments = field(default_factory=KnownDocuments)
    erasures: tuple[ErasureStatement, ...] = ()
    reads_on: bool = False


@dataclass(frozen=True, slots=True)
class SyncResponse:
    """What one round brought back: `page` and `logs` (answers to steps) are verified; `refused` says what was not.

    There is no page where the round only sent, because there is more to send. `directory` is empty where the server had
    none that holds.
    """

    sent: SyncRequest
    progress: PushProgress | None
    steps: StepAnswers
    logs: tuple[MembershipLog, ...]
    directory: bytes
    page: VerifiedPage | None
    refused: tuple[str, ...]
    pieces: PieceOutcome
    renewal: RenewalAnswer
    former: FormerSent | None = None
    named: NamedDocuments = field(default_factory=NamedDocuments)
    erasures: ErasureAnswers = field(default_factory=ErasureAnswers)

    @property
    def all_sent(self) -> bool:
        """Tell whether no row of this run is left to send."""
        return all_sent(self.sent.rows, self.progress)

    @property
    def failed(self) -> str:
        """Return the code of what ended this run before its last row; blank when nothing did."""
        return "" if self.progress is None else self.progress.failed

    @property
    def unsent(self) -> tuple[str, ...]:
        """Return why rows of this run were not taken: the code of what ended it, and one for each blocked dossier."""
        blocked = () if self.progress is None else tuple(self.progress.blocked.values())
        return (self.failed, *blocked) if self.failed else blocked

    @property
    def goes_on(self) -> bool:
        """Tell whether rows are left to send in this run, own ones or those of a former device."""
        former = self.former is not None and self.former.moved
        return former or not (self.all_sent or self.failed)


def all_sent(rows: OutgoingRows | None, progress: PushProgress | None) -> bool:
    """Tell whether `rows` are the last that wait, and the server has handled them."""
    return rows is None or (rows.last and progress is not None and progress.position >= rows.position)


def blocked_rows(progress: PushProgress | None) -> frozenset[str]:
    """Return the dossiers of which the server did not take all rows."""
    return frozenset() if progress is None else frozenset(progress.blocked)


def sends_on(request: SyncRequest, progress: PushProgress | None) -> bool:
    """Tell whether a round goes on sending before anything is read. What a former device wrote is not waited for."""
    if request.former is not None or (progress is not None and progress.failed):
        return False
    keys_left = request.keys is not None and not request.keys.last
    return keys_left or not all_sent(request.rows, progress)


def only_sent(
    request: SyncRequest, progress: PushProgress | None, steps: StepAnswers, refused: tuple[str, ...]
) -> SyncResponse:
    """Return what came of a round that did not read, because there is more to send; the logs come when it reads."""
    nothing = PieceOutcome(PieceTransfer()), RenewalAnswer(shown=False, renewal=None, missing=())
    return SyncResponse(request, progress, steps, (), b"", None, refused, *nothing)
