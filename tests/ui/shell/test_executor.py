import logging
import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from desktop.ui.executor import Executor, WorkerThread
from protocol.errors import OpmaatError, UserError
from tests.ui.inspection import wait_until


@pytest.fixture
def executor(qapp: QApplication) -> Iterator[Executor]:
    assert qapp is not None
    made = Executor()
    yield made
    made.stop()


class _Heard:
    """What came home."""

    def __init__(self) -> None:
        self.results: list[tuple[object, str]] = []
        self.errors: list[str] = []

    def done(self, result: object) -> None:
        self.results.append((result, threading.current_thread().name))

    def failed(self, error: OpmaatError) -> None:
        self.errors.append(error.code)


def _refuse() -> None:
    raise UserError("test.refused")


def _break() -> None:
    raise ValueError("geheim antwoord")


def test_each_worker_is_one_thread_and_results_come_home(executor: Executor) -> None:
    heard = _Heard()
    for thread in (WorkerThread.STORE, WorkerThread.STORE, WorkerThread.NETWORK):
        executor.submit(lambda: threading.current_thread().name, heard.done, heard.failed, thread=thread)
    wait_until(lambda: executor.pending == 0)
    here = threading.current_thread().name
    assert sorted(heard.results, key=str) == [("network", here), ("store", here), ("store", here)]


def test_operations_of_a_worker_keep_their_order(executor: Executor) -> None:
    heard = _Heard()
    for number in range(50):
        executor.submit(partial(int, number), heard.done, heard.failed)
    wait_until(lambda: executor.pending == 0)
    assert [result for result, _thread in heard.results] == list(range(50))


def test_a_foreseen_error_reaches_the_caller_and_the_thread_lives(executor: Executor) -> None:
    heard = _Heard()
    executor.submit(_refuse, heard.done, heard.failed)
    executor.submit(lambda: 1, heard.done, heard.failed)
    wait_until(lambda: executor.pending == 0)
    assert heard.errors == ["test.refused"]
    assert len(heard.results) == 1


class _PanicError(BaseException):
    """Stands for what a library in Rust raises: it does not derive from Exception."""


def _panic() -> None:
    raise _PanicError("index out of bounds")


@pytest.mark.expects_log
@pytest.mark.parametrize("thread", list(WorkerThread))
def test_a_worker_survives_whatever_is_raised_and_reports_it(executor: Executor, thread: WorkerThread) -> None:
    heard = _Heard()
    executor.submit(_panic, heard.done, heard.failed, thread=thread)
    executor.submit(lambda: "the next answer", heard.done, heard.failed, thread=thread)
    wait_until(lambda: executor.pending == 0)
    assert heard.errors == ["ui.unexpected"]
    assert [result for result, _thread in heard.results] == ["the next answer"]


@pytest.mark.expects_log
def test_a_bug_is_a_coded_message_and_its_text_is_logged_nowhere(
    executor: Executor, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    heard = _Heard()
    executor.submit(_break, heard.done, heard.failed)
    wait_until(lambda: executor.pending == 0)
    assert heard.errors == ["ui.unexpected"]
    assert "ValueError" in caplog.text
    assert "test_executor.py" in caplog.text
    assert "geheim" not in caplog.text


def test_nobody_is_told_after_the_asker_is_gone(executor: Executor, qapp: QApplication) -> None:
    heard, gate, owner = _Heard(), threading.Event(), QObject()
    executor.submit(gate.wait, heard.done, heard.failed, owner=owner)
    owner.deleteLater()
    qapp.sendPostedEvents(owner, QEvent.Type.DeferredDelete)
    assert not isValid(owner)
    gate.set()
    wait_until(lambda: executor.pending == 0)
    assert heard.results == []
    assert heard.errors == []


def test_a_cancelled_task_is_not_even_begun(executor: Executor) -> None:
    heard, gate, ran = _Heard(), threading.Event(), []
    executor.submit(gate.wait, heard.done, heard.failed)
    task = executor.submit(lambda: ran.append(1), heard.done, heard.failed)
    task.cancel()
    gate.set()
    wait_until(lambda: executor.pending == 0)
    assert ran == []
    assert len(heard.results) == 1


def test_stopping_finishes_what_is_under_way_and_runs_the_last_operation(qapp: QApplication) -> None:
    assert qapp is not None
    executor, heard, done = Executor(), _Heard(), []
    gate, begun = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        gate.wait()
        done.append("first")

    executor.submit(long, heard.done, heard.failed)
    executor.submit(lambda: done.append("dropped"), heard.done, heard.failed)
    begun.wait()
    threading.Timer(0.01, gate.set).start()
    executor.stop(lambda: done.append("last"))
    assert done == ["first", "last"]


def test_stopping_leaves_a_server_that_does_not_answer_behind(qapp: QApplication) -> None:
    assert qapp is not None
    executor, heard, done = Executor(), _Heard(), []
    answered, begun = threading.Event(), threading.Event()

    def exchange() -> None:
        begun.set()
        answered.wait()

    executor.submit(exchange, heard.done, heard.failed, thread=WorkerThread.NETWORK)
    begun.wait()
    late = threading.Timer(20.0, answered.set)
    late.start()
    executor.stop(lambda: done.append("last"))
    assert done == ["last"]
    assert not answered.is_set()
    late.cancel()
    answered.set()
    wait_until(lambda: executor.pending == 0)
    assert (heard.results, heard.errors) == ([], [])
