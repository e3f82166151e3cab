"""Work off the screen's thread: one thread each for store, network and files, results back through one signal.

Failure policy: an operation that fails never takes its thread with it, whatever it raises; `on_error` gets the error.
When the widget that asked is gone, its answer is dropped. `stop` lets the operation under way on the store thread and
the files' finish, so nothing is cut in half, and drops what was only waiting. It does not wait for the network, where
the other side decides how long that takes; a round with the server that is cut off is repeated.

Operations refer to pages. The last reference to a Qt object must go on the screen's thread, or Qt crashes; so tasks
stay in a table that only the screen's thread empties, and the other threads are handed numbers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.ui.boundary import attempt
from protocol.errors import OpmaatError

T = TypeVar("T")

_WRITING_SECONDS = 30.0
_NETWORK_SECONDS = 1.0
_ABANDONED: "list[Executor]" = []
"""Executors whose thread still waits for a server: kept, because that thread must not free their Qt object."""


class WorkerThread(StrEnum):
    """Which thread works. Keys and journal live on the store's; only the network's may wait for a server.

    The files' thread reads, cleans and draws what comes from outside; it knows neither keys nor journal.
    """

    STORE = "store"
    NETWORK = "network"
    FILES = "files"


@dataclass(slots=True)
class Task:
    """A piece of work handed in; `cancel` drops its result, and the work itself when it has not begun."""

    run: Callable[[], object]
    deliver: Callable[[object], None]
    cancelled: bool = False

    def run_unless_cancelled(self) -> object:
        """Do the work, unless nobody wants it any more."""
        return None if self.cancelled else self.run()

    def cancel(self) -> None:
        """Want nothing from it any more."""
        self.cancelled = True


class Executor(QObject):
    """Runs operations in the order handed in, one at a time per worker thread. Belongs to the screen's thread."""

    _finished = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._numbers = count()
        self._tasks: dict[int, Task] = {}
        self._results: dict[int, object] = {}
        self._queues: dict[WorkerThread, SimpleQueue[int | None]] = {name: SimpleQueue() for name in WorkerThread}
        self._threads = [Thread(target=self._work, args=(name,), name=name, daemon=True) for name in WorkerThread]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[OpmaatError], None],
        *,
        thread: WorkerThread = WorkerThread.STORE,
        owner: QObject | None = None,
    ) -> Task:
        """Run `operation` on `thread`; then, on this thread, call `on_done` with its result or `on_error`.

        Nothing is called once `owner` (a widget, usually the page) is destroyed.
        """

        def deliver(result: object) -> None:
            if owner is not None and not isValid(owner):
                return
            if isinstance(result, OpmaatError):
                on_error(result)
            else:
                on_done(result)  # type: ignore[arg-type]  # the result of `operation`, through an untyped signal

        return self._put(thread, Task(operation, deliver))

    @property
    def pending(self) -> int:
        """How many tasks have not come home yet; zero means the screen shows everything that was asked."""
        return len(self._tasks)

    def stop(self, last: Callable[[], None] | None = None) -> None:
        """Finish what is under way, drop what waits, run `last` on the store thread, and end the threads.

        An exchange with the server is given a second; after that its thread is left behind and its result dropped.
        """
        for name, queue in self._queues.items():
            for number in _drain(queue):
                del self._tasks[number]
            if last is not None and name is WorkerThread.STORE:
                self._put(name, Task(last, _forget))
            queue.put(None)
        for thread in self._threads:
            thread.join(_NETWORK_SECONDS if thread.name == WorkerThread.NETWORK else _WRITING_SECONDS)
        if any(thread.is_alive() for thread in self._threads):
            for task in self._tasks.values():
                task.cancel()
            _ABANDONED.append(self)

    def _put(self, name: WorkerThread, task: Task) -> Task:
        number = next(self._numbers)
        self._tasks[number] = task
        self._queues[name].put(number)
        return task

    def _work(self, name: WorkerThread) -> None:
        while (number := self._queues[name].get()) is not None:
            self._results[number] = attempt(self._tasks[number].run_unless_cancelled)
            self._finished.emit(number)

    def _deliver(self, number: int) -> None:
        task, result = self._tasks.pop(number), self._results.pop(number)
        if not task.cancelled:
            task.deliver(result)


def _forget(_result: object) -> None:
    """Leave the result of the last operation: nobody is there to hear it."""


def _drain(queue: "SimpleQueue[int | None]") -> Iterator[int]:
    while True:
        try:
            number = queue.get_nowait()
        except Empty:
            return
        if number is not None:
            yield number
