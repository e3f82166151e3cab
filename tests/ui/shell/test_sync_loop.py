from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event
from typing import cast

import pytest
from PySide6.QtWidgets import QApplication

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.services.sync.synchronise import SyncRound, SyncService, SyncState
from desktop.ui.executor import Executor
from desktop.ui.shell.sync_loop import SyncLoop
from protocol.errors import EnvironmentProblem, OpmaatError
from tests.ui.inspection import wait_until


@dataclass
class _Server:
    """Stands for the rounds: how many are left to fetch, and whether the server answers."""

    reachable: bool = True
    pages: int = 1
    served: bool = True
    steps: list[str] = field(default_factory=list)
    countable: bool = True
    answers: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.answers.set()

    def state(self) -> SyncState:
        if not self.countable:
            raise EnvironmentProblem("records.disk_full")
        return SyncState(online=False, waiting=3, local_only=not self.served)

    def prepare(self) -> str | None:
        self.steps.append("prepare")
        return "out" if self.served else None

    def exchange(self, out: str) -> str:
        self.steps.append("exchange")
        self.answers.wait()
        if not self.reachable:
            raise EnvironmentProblem("sync.unreachable")
        return out

    def apply_response(self, _incoming: str) -> SyncRound:
        self.steps.append("apply_response")
        self.pages -= 1
        return SyncRound(changed(Aspect.SYNC), SyncState(online=True), self.pages > 0)

    def failed(self, error: OpmaatError) -> SyncState:
        return SyncState(online=False, waiting=3, problem=error.code)


@dataclass
class _Screen:
    """What the status line and the pages were told."""

    states: list[SyncState] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)


@pytest.fixture
def executor(qapp: QApplication) -> Iterator[Executor]:
    assert qapp is not None
    made = Executor()
    yield made
    made.stop()


def _loop(executor: Executor, server: _Server, screen: _Screen) -> SyncLoop:
    return SyncLoop(executor, cast("SyncService", server), screen.states.append, screen.changes.append)


def test_rounds_go_on_until_nothing_is_left(executor: Executor) -> None:
    server, screen = _Server(pages=3), _Screen()
    loop = _loop(executor, server, screen)
    loop.start()
    wait_until(lambda: not loop.busy and executor.pending == 0)
    assert server.steps == ["prepare", "exchange", "apply_response"] * 3
    assert screen.states[-1].online
    assert len(screen.changes) == 3


def test_a_server_that_is_away_changes_the_status_line_and_nothing_else(executor: Executor) -> None:
    server, screen = _Server(reachable=False), _Screen()
    loop = _loop(executor, server, screen)
    loop.start()
    wait_until(lambda: not loop.busy and executor.pending == 0)
    assert screen.states == [SyncState(online=False, waiting=3, problem="sync.unreachable")]
    assert screen.changes == []
    server.reachable = True
    loop.start()
    wait_until(lambda: not loop.busy and executor.pending == 0)
    assert screen.states[-1].online


def test_without_a_server_nothing_is_sent(executor: Executor) -> None:
    server, screen = _Server(served=False), _Screen()
    loop = _loop(executor, server, screen)
    loop.start()
    wait_until(lambda: not loop.busy and executor.pending == 0)
    assert server.steps == ["prepare"]
    assert screen.states[-1].local_only


def test_what_is_written_here_is_counted_at_once(executor: Executor) -> None:
    server, screen = _Server(), _Screen()
    loop = _loop(executor, server, screen)
    loop.note_changes(changed(Aspect.SYNC))
    assert executor.pending == 0
    loop.note_changes(changed(Aspect.ANSWERS))
    wait_until(lambda: executor.pending == 0)
    assert screen.states == [server.state()]
    loop.stop()
    loop.start()
    assert server.steps == []


def test_a_count_that_fails_does_not_begin_a_second_round_beside_the_first(executor: Executor) -> None:
    server, screen = _Server(countable=False), _Screen()
    server.answers.clear()
    loop = _loop(executor, server, screen)
    loop.start()
    loop.note_changes(changed(Aspect.ANSWERS))
    wait_until(lambda: screen.states != [])
    assert screen.states[-1].problem == "records.disk_full"
    assert loop.busy
    loop.start()
    wait_until(lambda: "exchange" in server.steps)
    server.answers.set()
    wait_until(lambda: not loop.busy and executor.pending == 0)
    assert server.steps == ["prepare", "exchange", "apply_response"] * 2


def test_a_round_that_ends_after_the_vault_went_shows_nothing(executor: Executor) -> None:
    server, screen = _Server(), _Screen()
    loop = _loop(executor, server, screen)
    loop.note_changes(changed(Aspect.ANSWERS))
    loop.start()
    loop.stop()
    wait_until(lambda: executor.pending == 0)
    assert screen.states == []
