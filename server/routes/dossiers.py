"""Sealed rows, wrapped keys, membership, and the feed they are read from."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import Connection
from starlette.responses import Response

from protocol.identifiers import DossierId
from protocol.limits import MOST_PIECES, PAGE_BODY_BYTES
from protocol.messages.erasure import ErasureBatch, ErasureReceipt
from protocol.messages.feed import page_bytes
from protocol.messages.membership import MembershipAnswer, MembershipBatch
from protocol.messages.pieces import PieceSet, piece_set_bytes, read_piece_set
from protocol.messages.refused import RefusedPart
from protocol.messages.rows import Receipt, Segment, read_batch, signed_bytes
from protocol.messages.wraps import WrapBatch, WrapReceipt
from protocol.signatures import is_signed
from protocol.version import PAGE_TYPE, PIECES_TYPE, ROWS_TYPE
from server.http.answers import message, octets
from server.http.requests import Body, Call, read_message, read_octets
from server.openapi import described
from server.refusals import Refusal
from server.store import damage, membership, pages, pieces, rows, wraps
from server.store.calling_device import CallingDevice
from server.store.keeping.erasures import keep_erasures

ROUTER = APIRouter()

_After = Annotated[int, Query(ge=0, le=2**53 - 1)]
_Mark = Annotated[int | None, Query(ge=0, le=2**53 - 1)]
_First = Annotated[int, Query(ge=0, le=MOST_PIECES)]
_Name = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_Room = Annotated[int, Query(ge=1, le=PAGE_BODY_BYTES)]
_OwnToo = Annotated[bool, Query(alias="ownToo")]


@ROUTER.post("/v1/rows", **described("Push a batch of sealed rows", ROWS_TYPE, Receipt))
def push(request: Request, body: Body, call: Call) -> Response:
    """Store the rows that are new; the answer comes after they are durable. Repeating a batch is harmless."""
    batch = read_octets(request, ROWS_TYPE, read_batch, body)
    for segment in batch.segments:
        _require_own(call.device, segment)
    now = call.services.seconds()

    def store(connection: Connection) -> Receipt:
        damage.mend_rows(connection, call.device, batch, now)
        return rows.store_batch(connection, call.device, batch, now)

    return message(call.run(store))


@ROUTER.post("/v1/pieces", **described("Push sealed pieces of an attachment", PIECES_TYPE, Receipt))
def push_pieces(request: Request, body: Body, call: Call) -> Response:
    """Store the pieces that are new; the answer comes after they are durable. Repeating them is harmless."""
    asked = read_octets(request, PIECES_TYPE, read_piece_set, body)
    now = call.services.seconds()
    return message(call.run(lambda connection: pieces.store_pieces(connection, call.device, asked, now)))


@ROUTER.get(
    "/v1/dossiers/{dossier}/contents/{blob}/pieces", **described("Read pieces of an attachment", None, PIECES_TYPE)
)
def read_pieces(call: Call, dossier: _Name, blob: _Name, first: _First = 0, room: _Room = PAGE_BODY_BYTES) -> Response:
    """Return pieces of a content from a number on, in about `room` bytes, to who may read the dossier."""
    wanted = PieceSet(DossierId(dossier), blob, ())
    found = call.run(lambda connection: pieces.read_pieces(connection, call.device, wanted, first, room))
    return octets(piece_set_bytes(found), PIECES_TYPE)


@ROUTER.post("/v1/wraps", **described("Publish wrapped dossier keys", WrapBatch, WrapReceipt))
def publish_wraps(body: Body, call: Call) -> Response:
    """Keep wrapped keys for their recipient, who reads them once the dossier is its own or offered to it."""
    asked = read_message(WrapBatch, body)
    now = call.services.seconds()

    def store(connection: Connection) -> tuple[tuple[int, str], ...]:
        damage.forget_broken_wraps(connection, call.device, asked, now)
        return wraps.store_wraps(connection, call.device, asked, now)

    return message(WrapReceipt(tuple(RefusedPart(place, code) for place, code in call.run(store))))


@ROUTER.post("/v1/membership", **described("Take steps in dossiers", MembershipBatch, MembershipAnswer))
def take_steps(body: Body, call: Call) -> Response:
    """Record signed steps and answer with the logs of their dossiers. Repeating a step is harmless."""
    batch = read_message(MembershipBatch, body)
    now = call.services.seconds()
    logs, refused = call.run(lambda connection: membership.take_steps(connection, call.device, batch, now))
    return message(MembershipAnswer(logs, tuple(RefusedPart(place, code) for place, code in refused)))


@ROUTER.post("/v1/erasures", **described("Tell what one's organisation erased", ErasureBatch, ErasureReceipt))
def tell_erasures(body: Body, call: Call) -> Response:
    """Keep signed erasures and tell the other devices of the organisation. Repeating one is harmless."""
    batch = read_message(ErasureBatch, body)
    now = call.services.seconds()
    refused = call.run(lambda connection: keep_erasures(connection, call.device, batch, now))
    return message(ErasureReceipt(tuple(RefusedPart(place, code) for place, code in refused)))


@ROUTER.get("/v1/feed", **described("Read on in the feed of one's organisation", None, PAGE_TYPE))
def feed(
    call: Call,
    after: _After = 0,
    mark: _Mark = None,
    own_too: _OwnToo = False,  # noqa: FBT002
    room: _Room = PAGE_BODY_BYTES,
) -> Response:
    """Return one page, of about `room` bytes, of what the organisation of the calling device may read after the cursor.

    `mark` is what stood beside that cursor; a database that was put back since is noticed by it.
    """
    page = call.run(
        lambda connection: pages.read_page(connection, call.device, after, mark, own_too=own_too, room=room)
    )
    return octets(page_bytes(page), PAGE_TYPE)


def _require_own(caller: CallingDevice, segment: Segment) -> None:
    if segment.device != caller.device:
        raise Refusal("sync.foreign_stream")
    if not is_signed(caller.key, signed_bytes(segment), segment.signature):
        raise Refusal("sync.signature_wrong")
