"""Documents about revoked laptops, signed by their organisation."""

from collections.abc import Mapping

from desktop.vault.revocations import DIRECTORY_NOTE
from protocol.canonical import parse_canonical
from protocol.directory import Directory, sign_directory
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.stream_cuts import StreamCut
from protocol.revocation import Revocation, sign_revocation
from tests.unit.records.cases import AZC, Laptop
from tests.unit.vault.people import MOMENT

Cuts = Mapping[DossierId, StreamCut]


def revocation_of(device: DeviceId, cuts: Cuts) -> bytes:
    """Return what the organisation signs: `device` is trusted up to `cuts`."""
    return sign_revocation(AZC.root, Revocation(AZC.card.id, device, MOMENT, cuts))


def tell_revoked(laptop: Laptop, device: DeviceId, digest: bytes | None, version: int = 2) -> None:
    """Let the directory that `laptop` knows say that `device` is revoked, by the document with `digest`."""
    named = {} if digest is None else {device: digest}
    directory = Directory(AZC.card.id, version, MOMENT, (AZC.card,), (device,), named)
    laptop.vault.put(DIRECTORY_NOTE, parse_canonical(sign_directory(AZC.root, directory)))


def cut_after(laptop: Laptop, dossier: DossierId, sequence: int) -> Cuts:
    """Return the place after row `sequence` of `laptop`, which went on from there."""
    rows = {row.sequence: row for row in laptop.rows() if row.dossier == dossier}
    return {dossier: StreamCut(sequence, rows[sequence + 1].previous)}
