"""The tables of statements and of writers: bytes in and out, sealed by the vault. What writes is inside `atomic`."""

from collections.abc import Iterable, Mapping
from enum import IntEnum
from typing import NamedTuple

from desktop.records.store.database import Store
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.membership import MembershipStatement
from protocol.messages.message import from_bytes, to_bytes


class StatementState(IntEnum):
    """How far a statement of this device went: the server has yet to hear it, may have heard it, or is sure to."""

    WAITING = 0
    SENT = 1
    KNOWN = 2


class KeptStatement(NamedTuple):
    """A statement and how far it went."""

    statement: MembershipStatement
    state: StatementState


class StatementTable:
    """The statements of one journal, by dossier and number."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def read(self, dossier: DossierId) -> tuple[KeptStatement, ...]:
        """Return the statements of a dossier in their order, up to the first whose bytes were changed."""
        select = "select number, state, sealed from statements where dossier = ? order by number"
        found: list[KeptStatement] = []
        for number, state, sealed in self._store.run(select, [bytes.fromhex(dossier)]):
            statement = self._open(dossier, number, sealed)
            if statement is None or number != len(found) + 1:
                break
            found.append(KeptStatement(statement, StatementState(state)))
        return tuple(found)

    def dossiers(self) -> tuple[DossierId, ...]:
        """Return every dossier with a statement, the one heard of first first."""
        found = self._store.run("select dossier from statements group by dossier order by min(rowid)")
        return tuple(DossierId(dossier.hex()) for (dossier,) in found if isinstance(dossier, bytes))

    def dossiers_waiting(self) -> tuple[DossierId, ...]:
        """Return the dossiers with a statement that the server may not have."""
        found = self._store.run(
            "select dossier from statements where state < ? group by dossier order by min(rowid)",
            [StatementState.KNOWN.value],
        )
        return tuple(DossierId(dossier.hex()) for (dossier,) in found if isinstance(dossier, bytes))

    def write(self, statement: MembershipStatement, state: StatementState) -> None:
        """Keep a statement in its place."""
        dossier = DossierId(statement.dossier)
        sealed = self._vault.seal(_associated_data(dossier, statement.number), to_bytes(statement))
        self._store.run(
            "insert or replace into statements (dossier, number, state, sealed) values (?, ?, ?, ?)",
            [bytes.fromhex(dossier), statement.number, state.value, sealed],
        )

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

    def _open(self, dossier: DossierId, number: object, sealed: object) -> MembershipStatement | None:
        if not isinstance(number, int) or not isinstance(sealed, bytes):
            return None
        try:
            return from_bytes(MembershipStatement, self._vault.open_sealed(_associated_data(dossier, number), sealed))
        except UserError:
            return None


def _associated_data(dossier: DossierId, number: int) -> bytes:
    return b"statement\0" + bytes.fromhex(dossier) + number.to_bytes(4, "big")
