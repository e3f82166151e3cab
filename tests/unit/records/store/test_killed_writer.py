"""A writer killed 200 times at random moments loses no answer that it acknowledged."""

import random
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.records import AnswerGiven, open_journal
from desktop.vault.vault import open_vault
from protocol.times import SystemClock
from tests import warm
from tests.unit.records.writer import write
from tests.unit.vault.people import PASSPHRASE, new_vault

KILLS_PER_DOSSIER = 20


@pytest.mark.parametrize("kills", [20, pytest.param(200, marks=pytest.mark.long)])
def test_a_writer_killed_many_times_loses_no_acknowledged_answer(tmp_path: Path, kills: int) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    chance = random.Random(20261121)  # noqa: S311  # moments to kill at, no secret
    spawn = warm.server()
    acknowledged: list[str] = []
    for run in range(kills):
        mine, theirs = spawn.Pipe(duplex=False)
        writer = spawn.Process(target=write, args=(theirs, vault.directory, PASSPHRASE, run, KILLS_PER_DOSSIER))
        writer.start()
        theirs.close()
        acknowledged += _until_killed(mine, writer.kill, chance)
        writer.join()
        assert writer.exitcode == -9
        mine.close()
    _check(vault.directory, acknowledged, kills)


def _until_killed(acknowledgements: Connection, kill: Callable[[], None], chance: random.Random) -> list[str]:
    """Return what was acknowledged before and while the writer was killed, after some answers and part of another."""
    found = [acknowledgements.recv_bytes().decode() for _ in range(chance.randrange(12))]
    acknowledgements.poll(chance.random() / 1000)
    kill()
    try:
        while True:
            found.append(acknowledgements.recv_bytes().decode())
    except EOFError:
        return found


def _check(directory: Path, acknowledged: list[str], kills: int) -> None:
    vault = open_vault(directory, PASSPHRASE)
    journal = open_journal(directory, vault, SystemClock())
    written = []
    for dossier in journal.dossiers():
        assert journal.quarantined(dossier) == ()
        written += [event.body.value for event in journal.events(dossier) if isinstance(event.body, AnswerGiven)]
    assert len(acknowledged) > kills
    assert len(set(acknowledged)) == len(acknowledged)
    assert set(acknowledged) <= set(written)
    assert len(written) - len(acknowledged) <= kills
    journal.close()
    vault.lock()
