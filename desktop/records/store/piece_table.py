"""The sealed pieces of attachments in `journal.db`. What is half written here is swept when the file is opened.

A content is `own` when this device sealed it, `whole` when every piece is here. An own one that is not whole is what a
crash or a cancelled upload left; a foreign one that is not whole is still being fetched.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop.records.events.bodies import AttachmentAdded
from desktop.records.events.envelope import Event
from protocol.identifiers import DossierId, is_id
from protocol.limits import MOST_PIECES

_BLOB = "dossier, blob, count, own, whole, sent"
_AT = "dossier = ? and blob = ?"
_UNSENT = (
    "select dossier, blob, sent, count from blobs where own = 1 and whole = 1 and sent between 0 and count order by id"
)

Run = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class SealedPiece:
    """One piece as it is stored, sent and received: `number` 0 is the thumbnail, the content starts at 1."""

    dossier: DossierId
    blob: str
    number: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class MissingContent:
    """A content of which pieces are still to be fetched, from `number` on."""

    dossier: DossierId
    blob: str
    number: int


class Pieces:
    """Pieces in and out. As `Store`: one thread, writing inside `Store.atomic`, every method may raise its problems."""

    def __init__(self, run: Run) -> None:
        """Work through `run`, which runs a statement with its values and returns the rows."""
        self._run = run

    def begin(self, dossier: DossierId, blob: str, count: int) -> None:
        """Make room for an own content that is being sealed."""
        self._insert(dossier, blob, count, own=True)

    def want(self, dossier: DossierId, blob: str, count: int) -> None:
        """Remember that a content is to be fetched, unless it is here or known already."""
        self._insert(dossier, blob, count, own=False)

    def add(self, piece: SealedPiece) -> None:
        """Keep one piece; the same number again is left as it is."""
        self._run(
            "insert or ignore into pieces (dossier, blob, number, sealed) values (?, ?, ?, ?)",
            [*_at(piece.dossier, piece.blob), piece.number, piece.sealed],
        )

    def complete(self, dossier: DossierId, blob: str) -> None:
        """Say that every piece is here."""
        self._run(f"update blobs set whole = 1 where {_AT}", _at(dossier, blob))  # noqa: S608  # a constant

    def is_whole(self, dossier: DossierId, blob: str) -> bool:
        """Tell whether every piece is here."""
        return bool(self._run(f"select 1 from blobs where {_AT} and whole = 1", _at(dossier, blob)))  # noqa: S608

    def read(self, dossier: DossierId, blob: str, number: int) -> bytes | None:
        """Return one sealed piece, or None."""
        select = f"select sealed from pieces where {_AT} and number = ?"  # noqa: S608  # a constant
        found = self._run(select, [*_at(dossier, blob), number])
        return _octets(found[0][0]) if found else None

    def stored(self, dossier: DossierId, blob: str, number: int) -> tuple[int, bytes]:
        """Return one piece with its id in the table; 0 and nothing where it is missing."""
        select = f"select id, sealed from pieces where {_AT} and number = ?"  # noqa: S608  # a constant
        found = self._run(select, [*_at(dossier, blob), number])
        return (int(found[0][0]), _octets(found[0][1])) if found else (0, b"")

    def here(self, dossier: DossierId, blob: str) -> int:
        """Return how many pieces are here; they come in order, so it is also the number of the next."""
        return int(self._run(f"select count(*) from pieces where {_AT}", _at(dossier, blob))[0][0])  # noqa: S608

    def remove(self, dossier: DossierId, blob: str) -> None:
        """Remove a content with all its pieces; the bytes are overwritten."""
        for table in ("pieces", "blobs"):
            self._run(f"delete from {table} where {_AT}", _at(dossier, blob))  # noqa: S608  # constants

    def begin_again(self, dossier: DossierId, blob: str) -> None:
        """Remove the pieces of a content that did not come in as it was sent; it is still wanted."""
        self._run(f"delete from pieces where {_AT}", _at(dossier, blob))  # noqa: S608  # a constant

    def sweep(self) -> None:
        """Remove what was half written when this file was last open."""
        for dossier, blob in self._run("select dossier, blob from blobs where own = 1 and whole = 0", ()):
            self.remove(DossierId(_octets(dossier).hex()), _octets(blob).hex())

    def unsent(self, limit: int, skip: Collection[str] = ()) -> tuple[SealedPiece, ...]:
        """Return at most `limit` pieces of the first own content that the server does not have whole.

        Contents named in `skip` are passed over.
        """
        left = [each for each in self._run(_UNSENT, ()) if _octets(each[1]).hex() not in skip]
        if not left:
            return ()
        dossier, blob, sent, _count = left[0]
        select = f"select number, sealed from pieces where {_AT} and number >= ? order by number limit ?"  # noqa: S608
        return tuple(
            SealedPiece(DossierId(_octets(dossier).hex()), _octets(blob).hex(), number, _octets(sealed))
            for number, sealed in self._run(select, [dossier, blob, sent, limit])
        )

    def sent(self, last: SealedPiece) -> None:
        """Remember that the server has every piece of a content up to `last`."""
        change = f"update blobs set sent = max(sent, ?) where {_AT} and sent >= 0"  # noqa: S608  # a constant
        self._run(change, [last.number + 1, *_at(last.dossier, last.blob)])

    def send_again(self) -> None:
        """Count every piece as not sent yet; what is held back stays so."""
        self._run("update blobs set sent = case when sent < 0 then -1 else 0 end", ())

    def hold(self, dossier: DossierId, blob: str) -> None:
        """Send nothing more of a content; `sent` is kept as its complement, below zero."""
        self._run(f"update blobs set sent = -1 - sent where {_AT} and sent >= 0", _at(dossier, blob))  # noqa: S608

    def release(self, dossier: DossierId, blob: str) -> None:
        """Send a content again from where it was held back."""
        self._run(f"update blobs set sent = -1 - sent where {_AT} and sent < 0", _at(dossier, blob))  # noqa: S608

    def pending(self, skip: Collection[str] = ()) -> tuple[tuple[DossierId, str, int], ...]:
        """Return the contents, but for those in `skip`, that are to be sent, with how many pieces are left."""
        left = [
            (_octets(dossier).hex(), _octets(blob).hex(), count + 1 - sent)
            for dossier, blob, sent, count in self._run(_UNSENT, ())
        ]
        return tuple((DossierId(dossier), blob, pieces) for dossier, blob, pieces in left if blob not in skip)

    def wanted(self) -> tuple[MissingContent, ...]:
        """Return the contents that are still to be fetched."""
        found = self._run("select dossier, blob from blobs where own = 0 and whole = 0 order by id", ())
        names = [(DossierId(_octets(dossier).hex()), _octets(blob).hex()) for dossier, blob in found]
        return tuple(MissingContent(dossier, blob, self.here(dossier, blob)) for dossier, blob in names)

    def _insert(self, dossier: DossierId, blob: str, count: int, *, own: bool) -> None:
        insert = f"insert or ignore into blobs ({_BLOB}) values (?, ?, ?, ?, 0, 0)"  # noqa: S608  # a constant
        self._run(insert, [*_at(dossier, blob), count, int(own)])


def want(pieces: Pieces, events: Iterable[object]) -> None:
    """Want the content of every attachment among `events`, impossible ones apart. Call inside `Store.atomic`."""
    for event in events:
        if isinstance(event, Event) and isinstance(event.body, AttachmentAdded):
            body = event.body
            if is_id(body.blob) and 0 < body.count <= MOST_PIECES:
                pieces.want(event.dossier, body.blob, body.count)


def _at(dossier: DossierId, blob: str) -> list[object]:
    return [bytes.fromhex(dossier), bytes.fromhex(blob)]


def _octets(value: object) -> bytes:
    """Return a value of a column of bytes, whatever damage made of it."""
    return value if isinstance(value, bytes) else b""
