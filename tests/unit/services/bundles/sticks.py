"""Making and reading bundles as the screens and the command do, on one thread, on a folder that is the stick."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from desktop.services.backups.backup_file import Cancelled
from desktop.services.bundles.bundle_files import (
    LARGEST_PART,
    PartsWritten,
    gather,
    parts_beside,
    read_part_front,
)
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.incoming_bundles import BundleCard, BundleRead
from desktop.services.bundles.making import BundleMaking
from desktop.services.bundles.sealed_bundle import SealedBundle
from desktop.services.suite import Services
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId, OrganisationId
from tests.unit.services.plan_world import World, decide


class Laptop(Protocol):
    """A vault with the use cases over it."""

    @property
    def vault(self) -> Vault:
        """Return the vault."""
        ...

    @property
    def services(self) -> Services:
        """Return the use cases."""
        ...


def ignore(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


def going_on() -> Cancelled:
    """Return a wish to stop that nobody has."""
    return Cancelled("bundle.cancelled")


def made(
    laptop: Laptop, recipient: OrganisationId, dossiers: Sequence[DossierId] = (), *, everything: bool = False
) -> BundleMaking:
    """Return a complete bundle, not signed yet."""
    outgoing = laptop.services.bundles.outgoing
    making = outgoing.begin(recipient, dossiers, everything=everything)
    while not making.complete:
        outgoing.step(making)
    return making


def sealed(laptop: Laptop, recipient: OrganisationId, part_size: int = LARGEST_PART) -> SealedBundle:
    """Return a signed bundle in parts of a size."""
    return laptop.services.bundles.outgoing.seal(made(laptop, recipient), part_size)


def put(laptop: Laptop, bundle: SealedBundle, stick: Path) -> tuple[PartsWritten, BundleEntry]:
    """Write a bundle to a stick."""
    outgoing = laptop.services.bundles.outgoing
    written = outgoing.write(bundle, stick, ignore, going_on())
    return written, outgoing.keep(bundle, written)


def give(giver: Laptop, taker: Laptop, stick: Path, part_size: int = LARGEST_PART) -> tuple[Path, ...]:
    """Put a bundle for the other organisation on a stick and return its files."""
    stick.mkdir(exist_ok=True)
    recipient = taker.vault.membership.card.id
    written, _entry = put(giver, sealed(giver, recipient, part_size), stick)
    assert not written.left
    return written.paths


def judged(laptop: Laptop, path: Path) -> BundleCard:
    """Return who made the bundle at `path`."""
    return laptop.services.bundles.incoming.judge(read_part_front(path))


def gathered(laptop: Laptop, path: Path) -> tuple[BundleCard, tuple[int, ...]]:
    """Gather the parts beside `path`; return the bundle and what is missing."""
    card = judged(laptop, path)
    staging = laptop.services.bundles.incoming.staging(card)
    return card, gather(parts_beside(path, card.front), staging, ignore, going_on())


def take(laptop: Laptop, path: Path) -> BundleRead:
    """Read the bundle of which `path` is a part."""
    card, _missing = gathered(laptop, path)
    return read(laptop, card)


def read(laptop: Laptop, card: BundleCard) -> BundleRead:
    """Read a bundle of which every part was gathered."""
    incoming = laptop.services.bundles.incoming
    reading = incoming.begin_reading(card)
    while not reading.complete:
        incoming.step_reading(reading)
    return incoming.finish_reading(card, reading)


def offered(world: World) -> None:
    """Decide and send the case at the reception, without telling anybody."""
    handover, town = world.azc.services.handover, world.town.vault.membership.card.id
    decide(world.azc, world.dossier)
    handover.choose(world.dossier, town)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
