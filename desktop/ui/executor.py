"""Work off the screen's thread: one thread for the store, one for the network, results back through one signal.

Failure policy: an operation that fails never takes its thread with it; the error goes to `on_error`. When the widget
that asked is gone, its answer is dropped. `stop` lets the operation under way finish, so nothing is cut in half, and
drops what was only waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop.kernel.errors import OpmaatError
from desktop.ui.boundary import attempt

T = TypeVar("T")


class Lane(StrEnum):
    """Which thread works. Keys and journal live on the store's; only the network's may wait for a server."""

    STORE = "store"
    NETWORK = "network"


@dataclass(slots=True)
class Task:
    """A piece of work handed in; `cancel` drops its result, and the work itself when it has not begun."""

    run: Callable[[], object]
    deliver: Callable[[object], None]
    cancelled: bool = False

    def cancel(self) -> None:
        """Want nothing from it any more."""
        self.cancelled = True


class Executor(QObject):
    """Runs operations in the order handed in, one at a time per lane. Belongs to the screen's thread."""

    _finished = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._finished.connect(self._home, Qt.ConnectionType.QueuedConnection)
        self._pending = 0
        self._queues: dict[Lane, SimpleQueue[Task | None]] = {lane: SimpleQueue() for lane in Lane}
        self._threads = [Thread(target=self._work, args=(lane,), name=lane, daemon=True) for lane in Lane]
        for thread in self._threads:
            thread.start()

    def submit(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[OpmaatError], None],
        *,
        lane: Lane = Lane.STORE,
        owner: QObject | None = None,
    ) -> Task:
        """Run `operation` in its lane; then, on this thread, call `on_done` with its result or `on_error`.

        Nothing is called once `owner` (a widget, usually the page) is destroyed.
        """

        def deliver(result: object) -> None:
            if owner is not None and not isValid(owner):
                return
            if isinstance(result, OpmaatError):
                on_error(result)
            else:
                on_done(result)  # type: ignore[arg-type]  # the result of `operation`, through an untyped signal

        task = Task(operation, deliver)
        self._pending += 1
        self._queues[lane].put(task)
        return task

    @property
    def pending(self) -> int:
        """How many tasks have not come home yet; zero means the screen shows everything that was asked."""
        return self._pending

    def stop(self, last: Callable[[], None] | None = None, seconds: float = 30.0) -> None:
        """Finish what is under way, drop what waits, run `last` on the store thread, and end both threads."""
        for lane, queue in self._queues.items():
            _drain(queue)
            if last is not None and lane is Lane.STORE:
                queue.put(Task(last, _forget))
            queue.put(None)
        for thread in self._threads:
            thread.join(seconds)

    def _work(self, lane: Lane) -> None:
        while (task := self._queues[lane].get()) is not None:
            result = None if task.cancelled else attempt(task.run)
            self._finished.emit(task, result)

    def _home(self, task: Task, result: object) -> None:
        self._pending -= 1
        if not task.cancelled:
            task.deliver(result)


def _forget(_result: object) -> None:
    """Leave the result of the last operation: nobody is there to hear it."""


def _drain(queue: "SimpleQueue[Task | None]") -> None:
    while True:
        try:
            queue.get_nowait()
        except Empty:
            return
