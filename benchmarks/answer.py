"""Answer to durable row, against a plain SQLite commit of the same text with the same durability."""

import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from benchmarks.measure import Comparison, in_turn
from desktop.records.events.bodies import AnswerGiven
from desktop.records.events.envelope import EventContext
from desktop.records.journal import open_journal
from desktop.vault.vault import create_vault
from protocol.times import SystemClock

ROUNDS = 1000
ANSWER = "Ik heb vijf jaar op school gezeten en daarna gewerkt op de markt van mijn grootmoeder."


def compare() -> Comparison:
    """Append `ROUNDS` answers to a real vault and commit as many rows to a plain database, turn by turn."""
    with tempfile.TemporaryDirectory() as folder, _journal(Path(folder)) as ours, _plain(Path(folder)) as other:
        in_turn(ours, other, 50)
        taken, other_taken = in_turn(ours, other, ROUNDS)
    fairness = "same disk, WAL and synchronous=FULL on both; ours also seals, chains, checks and folds"
    limit = "the flush of the disk"
    return Comparison("Answer to durable row", taken, other_taken, "plain SQLite", fairness, 1.35, limit)


@contextmanager
def _journal(folder: Path) -> Iterator[Callable[[], object]]:
    clock = SystemClock()
    person = "Meting"
    vault, _words = create_vault(
        folder, person=person, organisation="Meting", passphrase=secrets.token_urlsafe(), clock=clock
    )
    with closing(open_journal(vault.directory, vault, clock)) as journal:
        context = EventContext(person, "ti", interpreter=True)
        dossier = journal.create_dossier("Meting", ["ti"], context)
        body = AnswerGiven("/brede_intake/kan/opleiding/schooljaren", "given", ANSWER, "conversation")
        yield lambda: journal.append(dossier, body, context)
    vault.lock()


@contextmanager
def _plain(folder: Path) -> Iterator[Callable[[], object]]:
    with closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as connection:
        for statement in (
            "pragma journal_mode=wal",
            "pragma synchronous=full",
            "create table answers (id integer primary key, text)",
        ):
            connection.execute(statement)

        def commit() -> None:
            connection.execute("begin immediate")
            connection.execute("insert into answers (text) values (?)", (ANSWER,))
            connection.execute("commit")

        yield commit
