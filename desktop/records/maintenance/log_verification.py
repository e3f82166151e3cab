"""Checking the membership logs: every statement opens, is signed by its device, follows the one before, and could.

Reads only. Rows are named by their ids in the table of statements.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.records.membership.known_certificates import KnownCertificates
from desktop.records.membership.statement_table import StatementRow, StatementTable
from desktop.records.store.database import Store
from desktop.vault.backup_restoring import former_devices, is_certified
from desktop.vault.revocations import kept_directory
from desktop.vault.vault import Vault
from protocol.certificates import DeviceCertificate, claimed_device, verify_chain
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.membership.state import DossierMembership, begin_membership
from protocol.messages.enrolment import CertificateChain
from protocol.messages.membership import MembershipStatement, statement_message
from protocol.messages.message import from_bytes
from protocol.signatures import is_signed

DAMAGED = "records.statement_damaged"
_NOT_SIGNED = "records.statement_not_signed"


@dataclass(frozen=True, slots=True)
class LogDamage:
    """What is wrong with a log from one statement on: `rows` are its row and those after it."""

    code: str
    rows: tuple[int, ...]
    device: DeviceId | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class CheckedLog:
    """One log: how many statements of it are good, how many of these are by a device whose chain is not here."""

    dossier: DossierId | None
    good: int
    unproven: int
    damage: LogDamage | None


class LogVerification:
    """A check of every log of one journal."""

    def __init__(self, store: Store, vault: Vault, certificates: KnownCertificates) -> None:
        self._certificates = certificates
        self._table = StatementTable(store, vault)
        self._known: dict[DeviceId, DeviceCertificate | None] = dict(_own_devices(vault))
        self._roots = _roots(vault)

    def logs(self) -> Iterator[CheckedLog]:
        """Yield what was found of each log, the one heard of first first."""
        lost = self._table.unassignable_rows()
        if lost:
            yield CheckedLog(None, 0, 0, LogDamage(DAMAGED, lost))
        for dossier in self._table.dossiers():
            yield self._check(dossier)

    def _check(self, dossier: DossierId) -> CheckedLog:
        rows, unproven = tuple(self._table.rows(dossier)), 0
        state: DossierMembership | None = None
        for place, row in enumerate(rows):
            statement = None
            try:
                statement = _statement_in(row)
                unproven += not self._is_proven(statement)
                state = begin_membership(statement) if state is None else state.after(statement)
            except UserError as error:
                left = tuple(each.position for each in rows[place:])
                device = None if statement is None else DeviceId(statement.device)
                return CheckedLog(dossier, place, unproven, LogDamage(error.code, left, device, place + 1))
        return CheckedLog(dossier, len(rows), unproven, None)

    def _is_proven(self, statement: MembershipStatement) -> bool:
        """Tell whether a statement is signed as it says; False where nothing here says whose device it is.

        Raises UserError `records.statement_not_signed` where it is not.
        """
        device = DeviceId(statement.device)
        if device not in self._known:
            self._known[device] = self._certificate(device)
        certificate = self._known[device]
        if certificate is None:
            return False
        signed = is_signed(certificate.public, statement_message(statement), statement.signature)
        if not signed or certificate.organisation != statement.organisation:
            raise UserError(_NOT_SIGNED)
        return True

    def _certificate(self, device: DeviceId) -> DeviceCertificate | None:
        """Return the certificate of a device, by a chain that leads to a root known here."""
        kept = self._certificates.chain(device)
        try:
            chain = from_bytes(CertificateChain, kept or b"")
            certificate = verify_chain(chain, self._roots.get(claimed_device(chain).organisation, b"")).device
        except UserError:
            return None
        return certificate if certificate.device == device else None


def _statement_in(row: StatementRow) -> MembershipStatement:
    if row.kept is None:
        raise UserError(DAMAGED)
    return row.kept.statement


def _own_devices(vault: Vault) -> Iterator[tuple[DeviceId, DeviceCertificate]]:
    if vault.organisation_id is None:
        return
    chains = [chain for _device, chain in former_devices(vault)]
    for chain in (*chains, *([vault.membership.chain] if is_certified(vault) else [])):
        yield DeviceId(chain.device.device), chain.device


def _roots(vault: Vault) -> Mapping[OrganisationId, bytes]:
    if vault.organisation_id is None:
        return {}
    own, directory = vault.membership.card, kept_directory(vault)
    cards = () if directory is None else directory.organisations
    return {card.id: card.root for card in (*cards, own)}
