"""Two engines that do the same things to the same forms: ours in this process, the ODK Web Forms engine in node.

Both take their own time around the engine alone, and give back what they read, so that it can be compared.
"""

import gc
import json
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from desktop.forms import ODK, Form, Session
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.model.build import read_form
from desktop.kernel import collector
from protocol.times import SystemClock

PEERS = Path(__file__).resolve().parents[1] / "peers"
NOT_RELEVANT = "not relevant"


class Taken(NamedTuple):
    """How many seconds something took, what was read after it, and how many of the seconds the processor worked."""

    seconds: float
    values: tuple[str, ...] = ()
    processor: float | None = None


class EngineFailed(Exception):  # noqa: N818  # it is a finding of the measurement
    """The other engine could not do it; the text is its own message."""


class Engine(Protocol):
    """An engine with one form loaded. Nodes go by their names, which are unique in the forms that are measured."""

    def load(self, path: Path) -> Taken:
        """Load the XForm at `path` and start an empty record."""
        ...

    def set(self, name: str, value: str, read: Sequence[str] = (), at: int = 0) -> Taken:
        """Answer a question (of the instance `at`, 0 is first) and read the values of others after it."""
        ...

    def choices(self, name: str) -> Taken:
        """Read the texts of all choices of a question; the values are their number, the first and the last."""
        ...

    def add(self, name: str, read: Sequence[str] = ()) -> Taken:
        """Add an instance at the end of a repeat and read values after it."""
        ...


class Ours:
    """The engine of Opmaat, through the same `Session` that an interview uses."""

    def __init__(self) -> None:
        """Start without a form."""
        self.session: Session
        self._paths: dict[str, str] = {}

    def load(self, path: Path) -> Taken:
        """Read the XForm, compile it and start a record."""
        return self.start(lambda: read_form(read_xml(path.read_bytes())))

    def start(self, read: Callable[[], Form]) -> Taken:
        """Read a form in any way and start a record, as a program does that has just begun and has no other form."""
        gc.unfreeze()
        gc.collect()

        def work() -> tuple[str, ...]:
            source = random.Random(1)  # noqa: S311  # the same every time
            form = read()
            collector.keep()
            self.session = Session(form, clock=SystemClock(), random=source, conventions=ODK)
            return ()

        taken = _timed(work)
        places = [*self.session.form.places.values()]
        self._paths = {place.name: place.path for place in reversed(places)}
        return taken

    def set(self, name: str, value: str, read: Sequence[str] = (), at: int = 0) -> Taken:
        """Answer, and read. Raises ValueError when the answer is refused."""
        ref = self._ref(name, at)
        others = [self._paths[each] for each in read]

        def work() -> tuple[str, ...]:
            if not self.session.answer(ref, value).accepted:
                raise ValueError(ref)
            return tuple(self._read(other) for other in others)

        return _timed(work)

    def choices(self, name: str) -> Taken:
        """Read the choices in the words of the form."""
        ref = self._paths[name]

        def work() -> tuple[str, ...]:
            texts = [choice.text for choice in self.session.choices(ref, _same, "nl")]
            return str(len(texts)), texts[0], texts[-1]

        return _timed(work)

    def add(self, name: str, read: Sequence[str] = ()) -> Taken:
        """Add an instance, and read."""
        ref = self._paths[name]
        others = [self._paths[each] for each in read]

        def work() -> tuple[str, ...]:
            self.session.add_repeat(ref)
            return tuple(self._read(other) for other in others)

        return _timed(work)

    def _ref(self, name: str, at: int) -> str:
        path = self._paths[name]
        around = self.session.form.places[path].chain
        if not around:
            return path
        return f"{self.session.instances(around[0].path)[at]}{path[len(around[0].path) :]}"

    def _read(self, ref: str) -> str:
        state = self.session.state(ref)
        return state.value if state.relevant else NOT_RELEVANT


class Peer:
    """The ODK Web Forms engine (`@getodk/xforms-engine`) in a node process, see `peers/xforms_engine.mjs`."""

    NAME = "xforms-engine"

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        """Speak to a process that has said hello."""
        self._input: IO[str] = process.stdin  # type: ignore[assignment]  # opened as a pipe
        self._output: IO[str] = process.stdout  # type: ignore[assignment]  # the same
        self.node = str(json.loads(self._output.readline())["node"])
        self.megabytes = 0

    def load(self, path: Path) -> Taken:
        """Load the form and create an instance."""
        return self._ask("load", path=str(path))

    def set(self, name: str, value: str, read: Sequence[str] = (), at: int = 0) -> Taken:
        """Answer, and read."""
        return self._ask("set", name=name, value=value, read=list(read), at=at)

    def choices(self, name: str) -> Taken:
        """Read the choices."""
        return self._ask("choices", name=name)

    def add(self, name: str, read: Sequence[str] = ()) -> Taken:
        """Add an instance, and read."""
        return self._ask("add", name=name, read=list(read))

    def _ask(self, command: str, **details: object) -> Taken:
        self._input.write(json.dumps({"do": command, **details}) + "\n")
        self._input.flush()
        line = self._output.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"error": "the process ended"}
        if "error" in answer:
            raise EngineFailed(answer["error"])
        self.megabytes = answer["mb"]
        return Taken(answer["ms"] / 1000, tuple(answer.get("values", ())))


@contextmanager
def peer() -> Iterator[Peer | None]:
    """Run the other engine for as long as the block lasts; None where `peers/setup.sh` could not set it up."""
    node = shutil.which("node")
    if node is None or not (PEERS / "node_modules" / ".ready").exists():
        yield None
        return
    command = [node, "--max-old-space-size=4096", "xforms_engine.mjs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PEERS, stdin=pipe, stdout=pipe, text=True) as process:  # noqa: S603
        try:
            yield Peer(process)
        finally:
            process.kill()


def _timed(work: Callable[[], tuple[str, ...]]) -> Taken:
    processor, start = time.thread_time(), time.perf_counter()
    values = work()
    taken = time.perf_counter() - start
    return Taken(taken, values, time.thread_time() - processor)


def _same(text: str) -> str:
    return text
