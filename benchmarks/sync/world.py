"""A real server and laptops full of invented answers, and the same rows as plain tuples."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from desktop.records.events.bodies import AnswerGiven
from tests.sync.machines import AT_THE_TABLE, Laptop, Office, Online, ServerProcess, found_office

ANSWER = "Ik heb vijf jaar op school gezeten en daarna gewerkt op de markt van mijn grootmoeder."
QUESTIONS = 150

Stored = tuple[str | None, str, str, int, str, int, bytes, bytes]
"""A row as the server keeps it."""


@contextmanager
def served(database: str) -> Iterator[tuple[ServerProcess, Path]]:
    """Run a server over `database`, and give a folder for the laptops."""
    with tempfile.TemporaryDirectory() as name:
        server = ServerProcess(database, Path(name) / "server.log")
        server.start()
        try:
            yield server, Path(name)
        finally:
            server.stop()


def office(server: ServerProcess, folder: Path) -> Office:
    """Return a reception location that the server serves."""
    return found_office(server, folder, "Meting", "reception")


def full_laptop(where: Office, dossiers: int, events: int) -> Laptop:
    """Return a laptop with `events` events, spread evenly over `dossiers`, that nobody has yet."""
    laptop = where.laptop("laptop")
    for _ in range(dossiers):
        dossier = laptop.open_case()
        answers = [
            AnswerGiven(f"/intake/vraag_{number % QUESTIONS}", "given", ANSWER)
            for number in range(events // dossiers - 1)
        ]
        laptop.journal.append_all(dossier, answers, AT_THE_TABLE)
    return laptop


def connected(laptop: Laptop) -> Online:
    """Return the way to the server of a laptop that the server knows, with nothing sent or read yet."""
    online = laptop.online()
    online.client.enrol(laptop.vault.membership.chain)
    return online


def everything(online: Online) -> None:
    """Synchronise until nothing is left to send or to read. Raises RuntimeError when anything is refused."""
    again = True
    while again:
        one = online.synchronise.round()
        if one is None or one.refused:
            raise RuntimeError("refused")
        again = one.again


def stored_rows(laptop: Laptop, most: int) -> Sequence[Stored]:
    """Return the rows of this laptop as the server keeps them."""
    own = laptop.vault.organisation_id
    return [
        (own, row.dossier, row.device, row.sequence, row.compartment, row.epoch, row.previous, row.sealed)
        for row in laptop.journal.outbox.rows_after(0, most)
    ]
