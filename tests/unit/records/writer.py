"""A process that answers questions without end and tells of each answer once it is durable. It waits to be killed."""

from multiprocessing.connection import Connection
from pathlib import Path

from desktop.records import AnswerGiven, EventContext, open_journal
from desktop.vault.vault import open_vault
from protocol.times import SystemClock

CONTEXT = EventContext("J. de Vries", "nl")


def write(acknowledge: Connection, directory: Path, passphrase: str, run: int, dossiers: int) -> None:
    """Open the vault and the `run // dossiers`-th dossier, then answer; send each value when its answer is durable."""
    vault = open_vault(directory, passphrase)
    journal = open_journal(directory, vault, SystemClock())
    place = run // dossiers
    known = journal.dossiers()
    dossier = known[place] if place < len(known) else journal.create_dossier(str(place), ("ti",), CONTEXT)
    number = 0
    while True:
        value = f"{run}.{number}"
        journal.append(dossier, AnswerGiven(f"/vraag/{number % 8}", "given", value), CONTEXT)
        acknowledge.send_bytes(value.encode())
        number += 1
