"""Whom this laptop believes: the roots of its own directory, and devices with a sound chain to one of them."""

from collections.abc import Callable, Mapping

from protocol.canonical import JsonValue
from protocol.certificates import DeviceCertificate, claimed_device, verify_chain
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.messages.enrolment import CertificateChain
from protocol.messages.erasure import ErasureStatement, erasure_message
from protocol.messages.membership import MembershipLog, statement_message
from protocol.messages.message import from_value, to_bytes
from protocol.messages.rows import Segment, signed_bytes
from protocol.signatures import is_signed

CHAIN_UNREADABLE = "trust.chain_unreadable"
"""What the device wrote waits; everything else goes on."""

_NO_CHAIN = frozenset({"sync.not_found", "sync.answer_broken"})


class TrustStore:
    """Verifies what other devices signed. Used on the network thread, because an unknown device is looked up.

    `roots` come from the directory that our own root signed, so a key that it does not vouch for is never used. Chains
    are fetched once per device with `chain_of` and verified before they count. What a device signed before it was
    revoked stays true: the server refuses what it sends later, and what people told it is not thrown away.
    """

    def __init__(
        self,
        roots: Mapping[OrganisationId, bytes],
        chain_of: Callable[[DeviceId], JsonValue],
    ) -> None:
        self.roots = roots
        self._chain_of = chain_of
        self._known: dict[DeviceId, DeviceCertificate] = {}
        self._chains: dict[DeviceId, bytes] = {}
        self._without: set[DeviceId] = set()

    def require_segment(self, segment: Segment) -> OrganisationId:
        """Return the organisation of the device that signed this segment; raises UserError unless it is trusted.

        Codes: `sync.segment_not_signed`, why the device is not trusted (`trust.…`), or `trust.chain_unreadable` where
        the server has no whole chain of it. Network failures pass through.
        """
        certificate = self._certificate(segment.device)
        if not is_signed(certificate.public, signed_bytes(segment), segment.signature):
            raise UserError("sync.segment_not_signed")
        return certificate.organisation

    def require_log(self, log: MembershipLog) -> None:
        """Raise UserError unless every statement was signed by a trusted device of the organisation that says it.

        Codes: `sync.statement_not_signed`, why a device is not trusted (`trust.…`), or `trust.chain_unreadable` where
        the server has no whole chain of it. Network failures pass through.
        """
        for statement in log.statements:
            certificate = self._certificate(statement.device)
            signed = is_signed(certificate.public, statement_message(statement), statement.signature)
            if certificate.organisation != statement.organisation or not signed:
                raise UserError("sync.statement_not_signed")

    def require_erasure(self, statement: ErasureStatement, own: OrganisationId) -> None:
        """Raise UserError unless a trusted device of the `own` organisation says that it erased a dossier.

        Codes as those of `require_log`.
        """
        certificate = self._certificate(statement.device)
        signed = is_signed(certificate.public, erasure_message(statement), statement.signature)
        if {certificate.organisation, statement.organisation} != {own} or not signed:
            raise UserError("sync.statement_not_signed")

    def chain(self, device: DeviceId) -> bytes:
        """Return the chain, in its one byte form, of a device whose signature was found good."""
        return self._chains[device]

    def ask_again(self) -> None:
        """Ask the server once more for the chains that it did not have."""
        self._without.clear()

    def _look_up(self, device: DeviceId) -> CertificateChain:
        if device in self._without:
            raise UserError(CHAIN_UNREADABLE)
        try:
            return from_value(CertificateChain, self._chain_of(device))
        except EnvironmentProblem as error:
            if error.code not in _NO_CHAIN:
                raise
            problem: OpmaatError = error
        except UserError as error:
            problem = error
        self._without.add(device)
        raise UserError(CHAIN_UNREADABLE) from problem

    def _certificate(self, device: DeviceId) -> DeviceCertificate:
        if device not in self._known:
            chain = self._look_up(device)
            root = self.roots.get(claimed_device(chain).organisation)
            if root is None:
                raise UserError("trust.organisation_unknown")
            certificate = verify_chain(chain, root).device
            if certificate.device != device:
                raise UserError("trust.not_signed")
            self._known[device] = certificate
            self._chains[device] = to_bytes(chain)
        return self._known[device]


class KeptTrust:
    """The trust store of the last round, for the next one as long as the same roots are believed. Network thread."""

    def __init__(self) -> None:
        self._kept: TrustStore | None = None

    def store(self, roots: Mapping[OrganisationId, bytes], chain_of: Callable[[DeviceId], JsonValue]) -> TrustStore:
        """Return a trust store for `roots`; what was verified under others counts no more."""
        if self._kept is None or self._kept.roots != roots:
            self._kept = TrustStore(roots, chain_of)
        self._kept.ask_again()
        return self._kept
