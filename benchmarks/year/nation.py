"""Who takes part, what a case weighs, and how much of it goes on at once; each figure with where it comes from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert

from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.trust.organisation import create_organisation
from server.admin import organisations
from server.store.engine import ServerStore
from server.store.tables import DEVICES
from tests.sync.machines import CLOCK

MUNICIPALITIES = 342
"""Of the Netherlands in 2025 and 2026."""

RECEPTION_LOCATIONS = 70
"""Organisations that run reception centres, about."""

LAPTOPS = 10
"""Of each organisation; all of them are on at the peak, and ask once a minute."""

CASES = 40_000
"""Newcomers in a year."""

SECONDS = 250 * 8 * 3600
"""In a year in which people work."""

PEAK = 10
"""How much busier than the average the Monday morning is."""

POLL_SECONDS = 60
"""Of the synchronisation of the product, when nothing was written: one directory and one page of the feed."""


@dataclass(frozen=True, slots=True)
class Institution:
    """An organisation with the keys of its laptops."""

    organisation: str
    laptops: Sequence[DeviceIdentity]


@dataclass(frozen=True, slots=True)
class Nation:
    """Every organisation on the server."""

    receptions: Sequence[Institution]
    municipalities: Sequence[Institution]

    @property
    def institutions(self) -> Sequence[Institution]:
        """Return all organisations."""
        return [*self.receptions, *self.municipalities]


def found_nation(
    store: ServerStore, receptions: int = RECEPTION_LOCATIONS, municipalities: int = MUNICIPALITIES
) -> Nation:
    """Register every organisation as its administrator does, and enrol its laptops without their certificates."""
    return Nation(
        [_institution(store, "reception", number) for number in range(receptions)],
        [_institution(store, "municipality", number) for number in range(municipalities)],
    )


def _institution(store: ServerStore, kind: str, number: int) -> Institution:
    root = create_organisation(f"{kind} {number}", kind)
    organisations.register(store, root, CLOCK)
    laptops = [DeviceIdentity.new() for _ in range(LAPTOPS)]

    def enrol(connection: Connection) -> None:
        now = int(CLOCK.now().timestamp())
        rows = [
            {
                "device": laptop.id,
                "organisation": root.card.id,
                "invitation": laptop.id,
                "key": laptop.public,
                "chain": b"",
                "enrolled": now,
                "seen": now,
            }
            for laptop in laptops
        ]
        connection.execute(insert(DEVICES), rows)

    store.run(enrol)
    return Institution(root.card.id, laptops)
