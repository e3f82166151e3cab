"""Pulling everything with a new laptop, against reading and opening the same rows from its own disk."""

import statistics
from functools import partial

from benchmarks.measure import seconds
from benchmarks.results import Result, ratio_of
from benchmarks.sync.world import connected, everything, full_laptop, office, served
from desktop.records.journal import open_journal
from tests.sync.machines import CLOCK, Laptop

DOSSIERS, EVENTS = 500, 75_000
ROUNDS = 3
MOST = 2.0


def compare(database: str) -> Result:
    """Pull `EVENTS` events of another laptop `ROUNDS` times, each time with a laptop that has nothing yet."""
    pulled: list[float] = []
    read: list[float] = []
    with served(database) as (server, folder):
        where = office(server, folder)
        full = full_laptop(where, DOSSIERS, EVENTS)
        everything(connected(full))
        full.close()
        for number in range(ROUNDS):
            new = where.laptop(f"new-{number}")
            pulled.append(seconds(partial(everything, connected(new))))
            read.append(seconds(partial(_read_and_open, new)))
            new.close()
    title = f"pull {EVENTS:,} events of {DOSSIERS} dossiers"
    limit = "each key and signature is verified, each row goes out of one database and into another"
    against = "reading and opening the same from disk"
    return ratio_of(title, statistics.median(pulled), against, statistics.median(read), MOST, limit)


def _read_and_open(laptop: Laptop) -> None:
    """Open the journal anew and every dossier in it: rows, chains, keys, AES-GCM and the fold."""
    laptop.journal.close()
    laptop.journal = open_journal(laptop.vault.directory, laptop.vault, CLOCK)
    for dossier in laptop.journal.dossiers():
        laptop.journal.view(dossier)
