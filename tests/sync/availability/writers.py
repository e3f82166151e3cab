"""Caseworkers who go on writing and synchronising whatever happens to the server, each on a thread of their own."""

import random
from collections import Counter
from collections.abc import Sequence
from threading import Event, Thread

from desktop.records.store.table_rows import SealedRow
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from protocol.limits import MOST_ROWS
from tests.sync.machines import Laptop, Office, ServerProcess

Place = tuple[str, int]
"""Of a row of one laptop: dossier and sequence."""

_ANSWERS_A_CASE = 12


class Writer(Thread):
    """A laptop in use. Each round goes to any of `servers`, over a new connection."""

    def __init__(self, office: Office, name: str, servers: Sequence[ServerProcess]) -> None:
        super().__init__(name=name, daemon=True)
        self._office = office
        self._invitation = office.invite()
        self._servers = servers
        self._stopped = Event()
        self._chance = random.Random(name)  # noqa: S311  # invented work, no secret
        self.told: dict[Place, bytes] = {}
        self.written: dict[Place, bytes] = {}
        self.cases: list[DossierId] = []
        self.codes: Counter[str] = Counter()
        self.device = ""
        self.failed: BaseException | None = None

    def run(self) -> None:
        """Write and synchronise until stopped, then synchronise until nothing waits."""
        try:
            laptop = self._office.laptop(self.name, self._invitation)
            self.device = laptop.vault.device.id
            while not self._stopped.is_set():
                self._write(laptop)
                self._synchronise(laptop)
            while laptop.journal.outbox.waiting() or laptop.journal.membership.waiting():
                self._synchronise(laptop)
            self.written = _rows(laptop.journal.outbox.rows_after(0, 1_000_000))
            laptop.close()
        except BaseException as failure:
            self.failed = failure
            raise

    def stop(self) -> None:
        """Ask the laptop to come to an end, and wait until it has."""
        self._stopped.set()
        self.join(240)
        assert not self.is_alive()
        assert self.failed is None

    def _write(self, laptop: Laptop) -> None:
        if not self.cases or self._chance.random() < 1 / _ANSWERS_A_CASE:
            self.cases.append(laptop.open_case())
        for _ in range(self._chance.randint(1, 5)):
            question = f"/intake/q{self._chance.randrange(150)}"
            laptop.answer(self._chance.choice(self.cases), f"{len(self.told)}", question)

    def _synchronise(self, laptop: Laptop) -> None:
        online = laptop.online(self._chance.choice(self._servers).address)
        before = laptop.journal.outbox.acknowledged()
        try:
            one = online.synchronise.round()
            assert one is not None
            self.codes.update(one.refused)
        except EnvironmentProblem as problem:
            self.codes[problem.code] += 1
            online.synchronise.failed(problem)
        laptop.connections.pop().close()
        after = laptop.journal.outbox.acknowledged()
        rows = [row for row in laptop.journal.outbox.rows_after(before, MOST_ROWS) if row.position <= after]
        self.told.update(_rows(rows))


def _rows(rows: Sequence[SealedRow]) -> dict[Place, bytes]:
    return {(row.dossier, row.sequence): row.sealed for row in rows}
