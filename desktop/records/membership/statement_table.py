"""The tables of statements and of writers: bytes in and out, sealed by the vault. What writes is inside `atomic`."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple, TypeGuard

from desktop.records.store.database import Store
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.membership import MembershipStatement
from protocol.messages.message import from_verified_bytes, to_bytes

_DOSSIER_BYTES = 16
_LATEST = 253_402_300_800
"""The end of the year 9999 in seconds since 1970: later there are no dates."""


class StatementState(IntEnum):
    """How far a statement of this device went: the server has yet to hear it, may have heard it, or is sure to."""

    WAITING = 0
    SENT = 1
    KNOWN = 2


class KeptStatement(NamedTuple):
    """A statement, how far it went, and the digest by which the next one names it."""

    statement: MembershipStatement
    state: StatementState
    digest: bytes


class StatementRow(NamedTuple):
    """One row as it lies in the file: its id, its place, and what is in it; None where its bytes were changed."""

    position: int
    number: int
    kept: KeptStatement | None


class StatementTable:
    """The statements of one journal, by dossier and number."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def read(self, dossier: DossierId) -> tuple[KeptStatement, ...]:
        """Return the statements of a dossier in their order, up to the first whose bytes were changed."""
        found: list[KeptStatement] = []
        for row in self.rows(dossier):
            if row.kept is None or row.number != len(found) + 1:
                break
            found.append(row.kept)
        return tuple(found)

    def rows(self, dossier: DossierId) -> Iterator[StatementRow]:
        """Yield the rows of a dossier in the order of their numbers."""
        select = "select rowid, number, state, sealed from statements where dossier = ? order by number"
        for position, number, state, sealed in self._store.run(select, [bytes.fromhex(dossier)]):
            yield StatementRow(position, number, self._open(dossier, number, state, sealed))

    def unassignable_rows(self) -> tuple[int, ...]:
        """Return the ids of rows that belong to no dossier any more."""
        select = "select rowid from statements where typeof(dossier) <> 'blob' or length(dossier) <> ?"
        found = self._store.run(select, [_DOSSIER_BYTES])
        return tuple(position for (position,) in found)

    def dossiers(self, least: int = 1) -> tuple[DossierId, ...]:
        """Return every dossier with `least` statements, the one heard of first first."""
        found = self._store.run(
            "select dossier from statements group by dossier having count(*) >= ? order by min(rowid)", [least]
        )
        return tuple(DossierId(dossier.hex()) for (dossier,) in found if _is_dossier(dossier))

    def dossiers_waiting(self) -> tuple[DossierId, ...]:
        """Return the dossiers with a statement that the server may not have."""
        found = self._store.run(
            "select dossier from statements where state < ? group by dossier order by min(rowid)",
            [StatementState.KNOWN.value],
        )
        return tuple(DossierId(dossier.hex()) for (dossier,) in found if isinstance(dossier, bytes))

    def write(self, statement: MembershipStatement, state: StatementState, now: datetime) -> None:
        """Keep a statement in its place, and that it came in `now`."""
        dossier = DossierId(statement.dossier)
        sealed = self._vault.seal(_associated_data(dossier, statement.number), to_bytes(statement))
        self._store.run(
            "insert or replace into statements (dossier, number, state, sealed, received) values (?, ?, ?, ?, ?)",
            [bytes.fromhex(dossier), statement.number, state.value, sealed, int(now.timestamp())],
        )

    def received_at(self, dossier: DossierId) -> Mapping[int, datetime]:
        """Return when each statement of a dossier, by number, came in here, as far as that was kept."""
        found = self._store.run("select number, received from statements where dossier = ?", [bytes.fromhex(dossier)])
        return {
            number: datetime.fromtimestamp(received, UTC)
            for number, received in found
            if isinstance(received, int) and 0 < received < _LATEST
        }

    def mark(self, statement: MembershipStatement, state: StatementState) -> None:
        """Remember how far a statement went."""
        self._store.run(
            "update statements set state = ? where dossier = ? and number = ?",
            [state.value, bytes.fromhex(statement.dossier), statement.number],
        )

    def advance(self, statement: MembershipStatement, state: StatementState) -> None:
        """Remember that a statement went as far as `state`; one that went further stays there."""
        self._store.run(
            "update statements set state = ? where dossier = ? and number = ? and state < ?",
            [state.value, bytes.fromhex(statement.dossier), statement.number, state.value],
        )

    def remove_from(self, dossier: DossierId, number: int) -> None:
        """Forget the statements of a dossier from `number` on."""
        self._store.run("delete from statements where dossier = ? and number >= ?", [bytes.fromhex(dossier), number])

    def doubt_all(self, device: DeviceId) -> None:
        """Count the statements of `device` as perhaps not heard: the server came back from a backup."""
        for dossier in self.dossiers():
            for kept in self.read(dossier):
                if kept.statement.device == device:
                    self.mark(kept.statement, StatementState.SENT)

    def writers(self) -> Mapping[DeviceId, OrganisationId]:
        """Return the organisations of the devices of others that wrote here."""
        found = self._store.run("select device, organisation from writers")
        return {
            DeviceId(device.hex()): OrganisationId(organisation.hex())
            for device, organisation in found
            if isinstance(device, bytes) and isinstance(organisation, bytes)
        }

    def add_writers(self, writers: Iterable[tuple[DeviceId, OrganisationId]]) -> None:
        """Remember to which organisation devices belong."""
        for device, organisation in writers:
            self._store.run(
                "insert or replace into writers (device, organisation) values (?, ?)",
                [bytes.fromhex(device), bytes.fromhex(organisation)],
            )

    def _open(self, dossier: DossierId, number: object, state: object, sealed: object) -> KeptStatement | None:
        """Return what `write` sealed; its form was looked at before, and the seal shows that it is the same."""
        if not isinstance(number, int) or not isinstance(state, int) or not isinstance(sealed, bytes):
            return None
        try:
            data = self._vault.open_sealed(_associated_data(dossier, number), sealed)
            statement = from_verified_bytes(MembershipStatement, data)
            went = StatementState(state)
        except (UserError, ValueError):
            return None
        return KeptStatement(statement, went, hashlib.sha256(data).digest())


def _is_dossier(value: object) -> TypeGuard[bytes]:
    return isinstance(value, bytes) and len(value) == _DOSSIER_BYTES


def _associated_data(dossier: DossierId, number: int) -> bytes:
    return b"statement\0" + bytes.fromhex(dossier) + number.to_bytes(4, "big")
