"""What it takes to pass the rows of others on: the signatures they came under, and what somebody else holds already.

A segment is kept as the run of a stream that one signature covers; the rows themselves lie in `events`. Nothing here
is secret or personal, and all but the chains goes with its dossier.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from protocol.identifiers import DeviceId, DossierId, OrganisationId

Run = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class SegmentProof:
    """The signature of `device` over its rows `first` to `last` in a dossier."""

    dossier: DossierId
    device: DeviceId
    first: int
    last: int
    signature: bytes


class PassingTable:
    """Proofs, chains and holdings in and out. As `Store`: one thread, writing inside `Store.atomic`."""

    def __init__(self, run: Run) -> None:
        """Work through `run`, which runs a statement with its values and returns the rows."""
        self._run = run

    def add_proof(self, proof: SegmentProof) -> None:
        """Keep a signature over a run of rows; the same run again is left as it is."""
        values = [*_place(proof.dossier, proof.device), proof.first, proof.last, proof.signature]
        self._run("insert or ignore into segments values (?, ?, ?, ?, ?)", values)

    def proofs(self, dossier: DossierId, device: DeviceId, after: int) -> tuple[SegmentProof, ...]:
        """Return the signatures over runs that reach beyond row `after`, the earliest first."""
        select = (
            "select first, last, signature from segments where dossier = ? and device = ? and last > ?"
            " order by first, last desc"
        )
        found = self._run(select, [*_place(dossier, device), after])
        return tuple(SegmentProof(dossier, device, *values) for values in found)

    def add_chain(self, device: DeviceId, chain: bytes) -> None:
        """Keep the chain of a device."""
        self._run("insert or replace into chains values (?, ?)", [bytes.fromhex(device), chain])

    def chain(self, device: DeviceId) -> bytes | None:
        """Return the chain of a device, None where it is not known."""
        found = self._run("select chain from chains where device = ?", [bytes.fromhex(device)])
        return found[0][0] if found and isinstance(found[0][0], bytes) else None

    def contents(self, dossier: DossierId) -> tuple[tuple[str, int], ...]:
        """Return the contents of attachments that are whole and not held back, with the number of their last piece."""
        select = "select blob, count from blobs where dossier = ? and whole = 1 and sent >= 0 order by id"
        found = self._run(select, [bytes.fromhex(dossier)])
        return tuple((blob.hex(), count) for blob, count in found if isinstance(blob, bytes))

    def held_streams(self, organisation: OrganisationId, dossier: DossierId) -> Mapping[DeviceId, int]:
        """Return up to which row `organisation` said that it holds each stream of a dossier."""
        found = self._run(
            "select device, last from held where organisation = ? and dossier = ?", _of(organisation, dossier)
        )
        return {DeviceId(device.hex()): last for device, last in found if isinstance(device, bytes)}

    def held_contents(self, organisation: OrganisationId, dossier: DossierId) -> frozenset[str]:
        """Return the contents that `organisation` said it holds whole."""
        select = "select blob from held_contents where organisation = ? and dossier = ?"
        return frozenset(
            blob.hex() for (blob,) in self._run(select, _of(organisation, dossier)) if isinstance(blob, bytes)
        )

    def keep_held(
        self,
        organisation: OrganisationId,
        dossier: DossierId,
        streams: Mapping[DeviceId, int],
        contents: Iterable[str],
    ) -> None:
        """Keep what `organisation` says that it holds of a dossier, in the place of what it said before."""
        place = _of(organisation, dossier)
        for table in ("held", "held_contents"):
            self._run(f"delete from {table} where organisation = ? and dossier = ?", place)  # noqa: S608  # constants
        for device, last in streams.items():
            self._run("insert into held values (?, ?, ?, ?)", [*place, bytes.fromhex(device), last])
        for blob in contents:
            self._run("insert or ignore into held_contents values (?, ?, ?)", [*place, bytes.fromhex(blob)])


def _place(dossier: DossierId, device: DeviceId) -> list[object]:
    return [bytes.fromhex(dossier), bytes.fromhex(device)]


def _of(organisation: OrganisationId, dossier: DossierId) -> list[object]:
    return [bytes.fromhex(organisation), bytes.fromhex(dossier)]
