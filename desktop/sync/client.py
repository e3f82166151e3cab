"""The laptop's side of every message: one method per thing the server can do, in the words of the wire."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from desktop.sync.connection import Connection
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.certificates import DeviceChain
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import Enrolled
from protocol.messages.erasure import ErasureBatch, ErasureReceipt
from protocol.messages.feed import Page, read_page
from protocol.messages.membership import MembershipAnswer, MembershipBatch
from protocol.messages.message import Message, from_bytes, to_bytes
from protocol.messages.pieces import PieceSet, piece_set_bytes, read_piece_set
from protocol.messages.rows import Batch, Receipt, batch_bytes
from protocol.messages.wraps import WrapBatch, WrapReceipt
from protocol.version import PIECES_TYPE, ROWS_TYPE

_Message = TypeVar("_Message", bound=Message)
_Read = TypeVar("_Read")


class Client:
    """Says each message and reads its answer. Threads, repetitions and failures are those of `Connection`.

    Answers are read strictly; one that is not of its form raises EnvironmentProblem `sync.answer_broken`. No signature
    in an answer has been verified yet: that is `desktop.sync.trust_store`.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def clock_ahead(self) -> timedelta | None:
        """Return how far this clock was ahead of the server's at its newest answer; see `Connection`."""
        return self._connection.clock_ahead

    @property
    def room(self) -> int:
        """Return how many bytes the next message may have, about; see `Pace`."""
        return self._connection.pace.room

    def enrol(self, chain: DeviceChain) -> Enrolled:
        """Make this device known to the server; doing it again is harmless.

        Raises UserError `enrol.invitation_used` or `enrol.invitation_expired`, EnvironmentProblem
        `enrol.chain_broken`, `enrol.organisation_unknown`, `enrol.device_taken` or `sync.device_revoked`.
        """
        return _read(Enrolled, self._connection.post("/v1/devices", canonical_bytes(chain.to_json())))

    def push(self, batch: Batch) -> Receipt:
        """Give the server a batch; when this returns, the server holds every row of it durably.

        Raises EnvironmentProblem `sync.gap`, `sync.row_conflict`, `sync.not_member` or `sync.device_revoked`.
        """
        return _read(Receipt, self._connection.post("/v1/rows", batch_bytes(batch), ROWS_TYPE))

    def publish(self, batch: WrapBatch) -> WrapReceipt:
        """Leave wrapped keys for organisations, and return which sets were refused; doing it again is harmless."""
        return _read(WrapReceipt, self._connection.post("/v1/wraps", to_bytes(batch)))

    def page(self, after: int, mark: int | None = None, *, own_too: bool = False) -> Page:
        """Return the next page of the organisation's feed after the cursor `after`; own rows only when `own_too`.

        It is about as long as there is `room`, unless its first entry alone is longer.

        Raises EnvironmentProblem `sync.cursor_ahead` when this server never gave out that cursor with that `mark`.
        """
        query = {"after": str(after), "room": str(self.room), **({"ownToo": "true"} if own_too else {})}
        if mark is not None:
            query["mark"] = str(mark)
        return _understood(read_page, self._connection.get("/v1/feed", query))

    def push_pieces(self, pieces: PieceSet) -> Receipt:
        """Give the server pieces of an attachment; when this returns, it holds them durably. Again is harmless.

        Raises EnvironmentProblem `sync.not_member` or `sync.piece_conflict`.
        """
        return _read(Receipt, self._connection.post("/v1/pieces", piece_set_bytes(pieces), PIECES_TYPE))

    def pieces(self, dossier: DossierId, blob: str, first: int) -> PieceSet:
        """Return pieces of a content from number `first` on, as many as there is `room`; none where there are none.

        Raises EnvironmentProblem `sync.not_member`.
        """
        query = {"first": str(first), "room": str(self.room)}
        answer = self._connection.get(f"/v1/dossiers/{dossier}/contents/{blob}/pieces", query)
        found = _understood(read_piece_set, answer)
        asked = found.dossier == dossier and found.blob == blob
        if not asked or (found.pieces and found.pieces[0].number != first):
            raise EnvironmentProblem("sync.answer_broken")
        return found

    def take_steps(self, batch: MembershipBatch) -> MembershipAnswer:
        """Take steps in dossiers and return their whole logs, and what was refused; repeating a step is harmless."""
        return _read(MembershipAnswer, self._connection.post("/v1/membership", to_bytes(batch)))

    def tell_erasures(self, batch: ErasureBatch) -> ErasureReceipt:
        """Tell what was erased, and return what was refused of it; repeating it is harmless."""
        return _read(ErasureReceipt, self._connection.post("/v1/erasures", to_bytes(batch)))

    def directory(self, organisation: OrganisationId) -> bytes:
        """Return the newest directory of `organisation`, as signed bytes."""
        return self._connection.get(f"/v1/organisations/{organisation}/directory")

    def content(self, organisation: OrganisationId, digest: bytes) -> bytes:
        """Return the set that `organisation` published and whose SHA-256 this is, as signed bytes."""
        return self._connection.get(f"/v1/organisations/{organisation}/contents/{digest.hex()}")

    def chain(self, device: DeviceId) -> JsonValue:
        """Return the chain that `device` showed when it joined, as JSON."""
        try:
            return parse_canonical(self._connection.get(f"/v1/devices/{device}"))
        except UserError as error:
            raise EnvironmentProblem("sync.answer_broken") from error

    def revocation(self, device: DeviceId) -> bytes:
        """Return the document that says how far the revoked `device` is trusted, as signed bytes."""
        return self._connection.get(f"/v1/devices/{device}/revocation")

    def show_wrapping_key(self, document: SignedDocument) -> None:
        """Leave the own wrapping key, for which the organisation's keys are wrapped; doing it again is harmless."""
        _read(SignedDocument, self._connection.post("/v1/wrapping-key", to_bytes(document)))

    def renewal(self) -> bytes:
        """Return the document that brings the newest keys of the organisation to this device, as signed bytes."""
        return self._connection.get("/v1/renewal")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def _read(kind: type[_Message], answer: bytes) -> _Message:
    return _understood(partial(from_bytes, kind), answer)


def _understood(read: Callable[[bytes], _Read], answer: bytes) -> _Read:
    try:
        return read(answer)
    except UserError as error:
        raise EnvironmentProblem("sync.answer_broken") from error
