"""Reading a full vault: the list of people, one dossier, a check of everything, and how large it is on disk."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benchmarks.measure import processor_seconds, seconds
from benchmarks.results import Result, at_most, compared
from benchmarks.vault_world import CLOCK, PERSON, QUESTIONS, VaultUnderTest, folder, plain_json, world
from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.snapshots import READ
from desktop.records.events.envelope import decode_all
from desktop.records.store.database import open_store
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.caseload.caseload import CaseloadService
from desktop.services.sync.known_directory import KnownDirectory
from protocol.identifiers import DossierId

DOSSIERS = 1000
LARGE = 2000
ROUNDS = 7
VERIFIED = 3
LARGEST = 2.5


def compare() -> list[Result]:
    """Measure a vault of `DOSSIERS` dossiers with `QUESTIONS` answers each."""
    with folder() as place, world(place) as full:
        full.fill(DOSSIERS, QUESTIONS - 1)
        people(full)
        lines = [*_unlock(full), _size(full), *_verify(full)]
    with folder() as place, world(place) as small:
        return [*lines, *_open_one(small)]


def people(what: VaultUnderTest) -> int:
    """Open the journal and make the list of people, as unlocking does once the keys are there."""
    journal = what.reopen()
    return len(CaseloadService(journal, KnownDirectory(what.vault), CLOCK, PERSON).people().people)


def _unlock(what: VaultUnderTest) -> list[Result]:
    people(what)
    taken, read = [], []
    for _ in range(ROUNDS):
        taken.append(seconds(lambda: people(what)))
        what.journal.close()
        read.append(seconds(lambda: _read_rows(what.file)))
        what.reopen()
    title = f"unlock to people, {DOSSIERS:,} x {QUESTIONS}"
    limit = "opening a key and a sealed summary per dossier"
    return [
        at_most(title, taken, 0.3, limit),
        compared(title, taken, "reading the same rows with SQLite", read, 3.0, limit),
    ]


def _read_rows(path: Path) -> int:
    """Read every row that the list of people is made of, with nothing done to it."""
    with closing(sqlite3.connect(path)) as connection:
        return sum(len(connection.execute(select).fetchall()) for select in READ)


def _size(what: VaultUnderTest) -> Result:
    what.journal.close()
    size = what.file.stat().st_size
    what.reopen()
    plain = len(plain_json(DOSSIERS * QUESTIONS))
    against, met = "the same answers as lines of JSON", size <= LARGEST * plain
    limit = "the nonce, tag, chain and index of each row"
    return Result("file size", size / 1e6, against, plain / 1e6, f"<= {LARGEST} x", met, "MB", limit)


def _verify(what: VaultUnderTest) -> list[Result]:
    sealed = _sealed(what)

    def afresh() -> None:
        for key, _cipher, nonce, text, associated_data in sealed:
            AESGCM(key).decrypt(nonce, text, associated_data)

    def alone() -> None:
        for _key, cipher, nonce, text, associated_data in sealed:
            cipher.decrypt(nonce, text, associated_data)

    taken: list[list[float]] = [[], [], []]
    for _ in range(VERIFIED):
        taken[0].append(processor_seconds(lambda: IntegrityCheck(what.journal).whole(lambda _looked: None)))
        taken[1].append(processor_seconds(afresh))
        taken[2].append(processor_seconds(alone))
    title = f"verify {len(sealed):,} events, work"
    limit = "rows out of SQLite and its own check 3.1 µs an event, hash, AES and JSON 2.6; the rest is Python"
    return [
        compared(title, taken[0], "AES-GCM alone, a cipher per event", taken[1], 3.5, limit),
        compared(title, taken[0], "AES-GCM alone, a cipher per dossier", taken[2], None, limit),
    ]


def _sealed(what: VaultUnderTest) -> list[tuple[bytes, AESGCM, bytes, bytes, bytes]]:
    """Return every row of the vault, ready to be opened by AES-GCM and nothing else."""
    what.journal.close()
    with closing(open_store(what.vault.directory)) as store:
        found = []
        for dossier in store.dossiers():
            key = Keyring.load(what.vault, dossier, store.keys(dossier)).newest("core").key
            cipher = AESGCM(key)
            found += [
                (key, cipher, row.sealed[1:13], row.sealed[13:], row.header.to_bytes()) for row in store.rows(dossier)
            ]
    what.reopen()
    return found


def _open_one(what: VaultUnderTest) -> list[Result]:
    dossier = what.fill(1, LARGE - 1)[0]
    floor = _parts_of_opening(what, dossier)
    taken, worked, least = [], [], []
    for _ in range(3 * ROUNDS):
        what.reopen()
        taken.append(seconds(lambda: what.journal.view(dossier)))
        what.reopen()
        worked.append(processor_seconds(lambda: what.journal.view(dossier)))
        what.journal.close()
        least.append(sum(processor_seconds(part) for part in floor))
    title = f"open one dossier of {LARGE:,} events"
    limit = "the libraries: what they need for the same rows is the row below"
    against = "read, hashed, decrypted and parsed by the libraries"
    return [
        at_most(title, taken, 0.03, limit),
        at_most(f"{title}, work", worked, 0.012, limit),
        compared(f"{title}, work", worked, against, least, None, limit),
    ]


def _parts_of_opening(what: VaultUnderTest, dossier: DossierId) -> Sequence[Callable[[], object]]:
    """Return what no opening can do without, each part alone, with what it needs in memory already."""
    sealed = _sealed(what)
    rows = [header + nonce + text for _key, _cipher, nonce, text, header in sealed]
    texts = [cipher.decrypt(nonce, text, header) for _key, cipher, nonce, text, header in sealed]
    address = (dossier, "core", 1, what.journal.device)
    select = """select compartment, epoch, device, sequence, previous, sealed, id, checksum
        from events where dossier = ? order by device, sequence"""

    def read() -> object:
        with closing(sqlite3.connect(what.file)) as connection:
            return connection.execute(select, [bytes.fromhex(dossier)]).fetchall()

    return (
        read,
        lambda: [sha256(row).digest() for row in rows],
        lambda: [cipher.decrypt(nonce, text, header) for _key, cipher, nonce, text, header in sealed],
        lambda: decode_all([address] * len(texts), 1, texts),
    )
