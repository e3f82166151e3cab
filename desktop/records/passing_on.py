"""What this laptop can pass on to another without a server: rows with their proof, keys, contents, and who holds what.

Own rows are signed anew when they leave; rows of others only leave under the signature they came under. Rows that came
in before such signatures were kept are passed on once the feed was read again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.maintenance.grants import open_grant
from desktop.records.membership.known_certificates import KnownCertificates
from desktop.records.store.database import Store
from desktop.records.store.passing_table import SegmentProof
from desktop.records.store.piece_table import SealedPiece
from desktop.records.store.table_rows import KeyGrant, SealedRow
from desktop.vault.vault import Vault
from protocol.identifiers import DeviceId, DossierId, OrganisationId


@dataclass(frozen=True, slots=True)
class CaseHoldings:
    """What somebody holds of one dossier: per stream the last row, and the contents that are whole."""

    streams: Mapping[DeviceId, int]
    contents: frozenset[str]


class PassingOn:
    """The side of a journal that bundles look at. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, vault: Vault, cache: DossierCache, certificates: KnownCertificates) -> None:
        self._store = store
        self._certificates = certificates
        self._vault = vault
        self._cache = cache

    def keep_chains(self, chains: Mapping[DeviceId, bytes]) -> None:
        """Keep the verified chains of the devices that rows and statements come from, before those are taken in."""
        with self._store.atomic():
            self._certificates.keep(chains)

    def keep_proofs(self, proofs: Iterable[SegmentProof]) -> None:
        """Keep the verified signatures under which rows came in."""
        with self._store.atomic():
            for proof in proofs:
                self._store.passing.add_proof(proof)

    def chain(self, device: DeviceId) -> bytes | None:
        """Return the chain of `device` as it came in, None where it is not known here."""
        return self._certificates.chain(device)

    def proofs(self, dossier: DossierId, device: DeviceId, after: int) -> tuple[SegmentProof, ...]:
        """Return the signatures of `device` over runs that reach beyond row `after`, the earliest first."""
        return self._store.passing.proofs(dossier, device, after)

    def rows(self, dossier: DossierId, device: DeviceId, first: int, last: int) -> tuple[SealedRow, ...]:
        """Return the rows `first` to `last` of a stream, fewer where some are not here."""
        return self._store.stream_rows(dossier, device, first, last)

    def grants(self, dossier: DossierId, recipient: OrganisationId) -> tuple[KeyGrant, ...]:
        """Return the keys of a dossier that this device wrapped for an organisation; damaged ones are left out."""
        opened = (
            (each, open_grant(self._vault, each.dossier, each.blob))
            for each in self._store.wraps_for(dossier, recipient)
        )
        return tuple(replace(each, blob=grant) for each, grant in opened if grant is not None)

    def contents(self, dossier: DossierId) -> tuple[tuple[str, int], ...]:
        """Return the contents of attachments that are whole here, each with the number of its last piece."""
        return self._store.passing.contents(dossier)

    def piece(self, dossier: DossierId, blob: str, number: int) -> SealedPiece | None:
        """Return one sealed piece, None where it is not here."""
        sealed = self._store.pieces.read(dossier, blob, number)
        return None if sealed is None else SealedPiece(dossier, blob, number, sealed)

    def holdings(self, dossier: DossierId) -> CaseHoldings:
        """Return what this laptop holds of a dossier, as far as every stream is good."""
        opened = self._cache.peek(dossier)
        streams = {device: head.sequence for device, head in opened.heads.items() if head.sequence}
        return CaseHoldings(streams, frozenset(blob for blob, _count in self.contents(dossier)))

    def held_by(self, organisation: OrganisationId, dossier: DossierId) -> CaseHoldings:
        """Return what `organisation` said that it holds of a dossier."""
        passing = self._store.passing
        return CaseHoldings(passing.held_streams(organisation, dossier), passing.held_contents(organisation, dossier))

    def keep_held(self, organisation: OrganisationId, dossier: DossierId, holdings: CaseHoldings) -> None:
        """Keep what `organisation` says that it holds of a dossier, in the place of what it said before."""
        with self._store.atomic():
            self._store.passing.keep_held(organisation, dossier, holdings.streams, holdings.contents)
