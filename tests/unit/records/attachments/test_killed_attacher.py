"""Attaching, killed 40 times at random moments: what was acknowledged is whole, what was not is whole or not there."""

import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.records import open_journal
from desktop.records.store.database import FILE_NAME
from desktop.vault.vault import open_vault
from protocol.times import SystemClock
from tests import warm
from tests.unit.records.attacher import attach, content_of
from tests.unit.vault.people import PASSPHRASE, new_vault

KILLS = 40


def test_attaching_killed_40_times_loses_nothing_acknowledged_and_leaves_nothing_half(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    chance = random.Random(20261125)  # noqa: S311  # moments to kill at, no secret
    spawn = warm.server()
    acknowledged: list[str] = []
    half = 0
    for run in range(KILLS):
        mine, theirs = spawn.Pipe(duplex=False)
        writer = spawn.Process(target=attach, args=(theirs, vault.directory, PASSPHRASE, run))
        writer.start()
        theirs.close()
        acknowledged += _until_killed(mine, writer.kill, chance)
        writer.join()
        mine.close()
        half += _half_written(vault.directory)
    assert half > 0
    _check(vault.directory, acknowledged)
    assert _half_written(vault.directory) == 0


def _until_killed(acknowledgements: Connection, kill: Callable[[], None], chance: random.Random) -> list[str]:
    found = [acknowledgements.recv_bytes().decode() for _ in range(1 + chance.randrange(3))]
    acknowledgements.poll(chance.random() / 50)
    kill()
    try:
        while True:
            found.append(acknowledgements.recv_bytes().decode())
    except EOFError:
        return found


def _half_written(directory: Path) -> int:
    with closing(sqlite3.connect(directory / FILE_NAME)) as connection:
        return int(connection.execute("select count(*) from blobs where whole = 0").fetchone()[0])


def _check(directory: Path, acknowledged: list[str]) -> None:
    vault = open_vault(directory, PASSPHRASE)
    journal = open_journal(directory, vault, SystemClock())
    (dossier,) = journal.dossiers()
    assert journal.quarantined(dossier) == ()
    found = journal.attachments.standing(dossier)
    for one in found:
        assert journal.attachments.content(dossier, one) == content_of(one.body.name)
    names = {one.body.name for one in found}
    assert set(acknowledged) <= names
    assert len(names) - len(acknowledged) <= KILLS
    journal.close()
    vault.lock()
