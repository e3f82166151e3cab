"""Vaults full of invented answers, and plain files with the same, to be measured against."""

import json
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.records import AnswerGiven, EventContext, Journal, open_journal
from desktop.records.store.database import FILE_NAME
from desktop.vault.crypto.stretching import Cost
from desktop.vault.vault import Vault, create_vault
from protocol.identifiers import DossierId
from protocol.times import SystemClock

PERSON = "Meting"
CONTEXT = EventContext(PERSON, "ti", interpreter=True)
ANSWER = "Ik heb vijf jaar op school gezeten en daarna gewerkt op de markt van mijn grootmoeder."
QUESTIONS = 150
CLOCK = SystemClock()


@dataclass(slots=True)
class VaultUnderTest:
    """An open vault with a journal."""

    vault: Vault
    journal: Journal

    @property
    def file(self) -> Path:
        """Return the path of the journal."""
        return self.vault.directory / FILE_NAME

    def reopen(self) -> Journal:
        """Close the journal and open it again, as unlocking does after the keys are there."""
        self.journal.close()
        self.journal = open_journal(self.vault.directory, self.vault, CLOCK)
        return self.journal

    def fill(self, dossiers: int, answers: int) -> tuple[DossierId, ...]:
        """Add dossiers of `answers` answers each and return them."""
        made = []
        for number in range(dossiers):
            dossier = self.journal.create_dossier(f"{PERSON} {number}", ("ti", "en"), CONTEXT)
            self.journal.append_all(dossier, bodies(answers), CONTEXT)
            made.append(dossier)
        return tuple(made)


@contextmanager
def world(folder: Path) -> Iterator[VaultUnderTest]:
    """Yield an empty vault in `folder`, and close it. Deriving its key is not what is measured here."""
    vault, _words = create_vault(
        folder,
        person=PERSON,
        organisation=PERSON,
        passphrase=secrets.token_urlsafe(),
        clock=CLOCK,
        cost=Cost.cheap(),
    )
    made = VaultUnderTest(vault, open_journal(vault.directory, vault, CLOCK))
    try:
        yield made
    finally:
        made.journal.close()
        vault.lock()


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder of its own on the disk where temporary files lie."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def bodies(count: int) -> Sequence[AnswerGiven]:
    """Return answers to `QUESTIONS` questions in turn."""
    return [AnswerGiven(f"/brede_intake/kan/vraag_{number % QUESTIONS}", "given", ANSWER) for number in range(count)]


def plain_json(answers: int) -> bytes:
    """Return the same answers as a program without a vault would keep them: a line of JSON for each."""
    line = {
        "time": 1790000000000,
        "author": PERSON,
        "device": "0" * 32,
        "language": "ti",
        "interpreter": True,
        "question": bodies(1)[0].ref,
        "status": "given",
        "source": "conversation",
        "answer": ANSWER,
    }
    return (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8") * answers


@contextmanager
def plain_database(path: Path) -> Iterator[sqlite3.Connection]:
    """Yield a SQLite database with the same durability as a journal."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        prepared(connection)
        yield connection


def prepared(connection: Any) -> None:  # noqa: ANN401  # SQLite and SQLCipher have no type in common
    """Set what a journal sets."""
    for pragma in ("locking_mode = exclusive", "journal_mode = wal", "synchronous = full", "secure_delete = on"):
        connection.execute(f"pragma {pragma}").fetchall()
