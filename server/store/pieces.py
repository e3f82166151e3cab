"""Sealed pieces of attachments: taking them in once, and giving them to whoever may read the dossier."""

from sqlalchemy import Connection, select

from protocol.limits import MOST_PIECES_AT_ONCE, PIECE_BYTES
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Receipt
from server.refusals import Refusal
from server.store import members
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.tables import PIECES


def store_pieces(connection: Connection, caller: CallingDevice, asked: PieceSet, now: int) -> Receipt:
    """Store what is new, all of it or nothing; pieces that are here with the same bytes are counted and left alone.

    Raises Refusal `sync.not_member`, or `sync.piece_conflict` where other bytes are stored (detail `number`).
    """
    members.enter(connection, caller.organisation, asked.dossier, now)
    stored = octets = 0
    for piece in asked.pieces:
        place = {"dossier": asked.dossier, "blob": asked.blob, "number": piece.number}
        if insert_once(connection, PIECES, {**place, "organisation": caller.organisation, "sealed": piece.sealed}):
            stored += 1
            octets += len(piece.sealed)
        elif _read(connection, asked.dossier, asked.blob, piece.number, piece.number) != [piece]:
            raise Refusal("sync.piece_conflict", {"dossier": asked.dossier, "number": str(piece.number)})
    members.count_attached(connection, caller.organisation, asked.dossier, octets)
    return Receipt(stored=stored, known=len(asked.pieces) - stored)


def read_pieces(connection: Connection, caller: CallingDevice, wanted: PieceSet, first: int, room: int) -> PieceSet:
    """Return the pieces of a content from `first` on, up to a gap or as many as an answer of `room` bytes holds.

    Raises Refusal `sync.not_member` for an organisation that may not read the dossier (any more).
    """
    standing = members.standing_of(connection, caller.organisation, wanted.dossier)
    if standing is None or not members.may_read(standing):
        raise Refusal("sync.not_member", {"dossier": wanted.dossier})
    most = max(1, min(MOST_PIECES_AT_ONCE, room // PIECE_BYTES))
    found = _read(connection, wanted.dossier, wanted.blob, first, first + most - 1)
    whole = [piece for at, piece in enumerate(found) if piece.number == first + at]
    return PieceSet(wanted.dossier, wanted.blob, tuple(whole))


def _read(connection: Connection, dossier: str, blob: str, first: int, last: int) -> list[Piece]:
    query = (
        select(PIECES.c.number, PIECES.c.sealed)
        .where(PIECES.c.dossier == dossier, PIECES.c.blob == blob, PIECES.c.number.between(first, last))
        .order_by(PIECES.c.number)
    )
    return [Piece(number, bytes(sealed)) for number, sealed in connection.execute(query)]
