"""`make bench-screens`: what a person waits for on screen, and the memory it takes, with the real executor and vault.

Times are seconds of the processor, all threads together, from the press until everything came home and was painted:
what a machine that does nothing else would take. Each scene runs in a process of its own.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QAbstractButton

from benchmarks.results import Result, at_most, head, write
from desktop.bootstrap import Config, build
from desktop.records.events.envelope import EventContext
from desktop.services.suite import Services
from desktop.ui.app import build_window, make_application
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId

PEOPLE = (1_000, 10_000)
ANSWERS = 30
PREVIEWS = 3
MOST_MEGABYTES = {"first window": 60, "list of people": 90, "interview": 100, "after previews": 160}
_CHOICE = "interview.choice."


class Screen:
    """The practice environment in a window, with `more` people besides those it begins with.

    `cache` holds the interview as it was read at an earlier start, as it does at every start but the first.
    """

    def __init__(self, folder: Path, cache: Path, more: int = 0) -> None:
        make_application()
        config = Config(folder, cache)
        self.window: MainWindow = build_window(build(config), config.clock)
        self.window.show()
        self.settle()
        self._more = more

    @property
    def services(self) -> Services:
        """The use cases of the open vault."""
        if self.window.services is None:
            raise LookupError
        return self.window.services

    def get_ready(self) -> None:
        """Load what is loaded behind the first window."""
        self.window.get_ready()
        self.settle()

    def practise(self) -> None:
        """Go to the people of the practice environment."""
        self.press("first.practise")

    def fill(self) -> None:
        """Add the other people, and come back to the list of them."""
        context, journal = EventContext("Meting", "ti", interpreter=True), self.services.journal

        def add() -> None:
            for number in range(self._more):
                journal.create_dossier(f"Meting {number}", ("ti", "nl"), context)

        self.window.executor.submit(add, lambda _none: None, self.window.report)
        self.settle()

    def first(self) -> DossierId:
        """Return the first person of the list."""
        found: list[DossierId] = []
        self.window.executor.submit(
            lambda: self.services.caseload.people().people[0].dossier, found.append, self.window.report
        )
        self.settle()
        return found[0]

    def press(self, name: str) -> None:
        """Press a button and wait until everything came home and was painted."""
        self.button(name).click()
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        """Return the button in sight whose name begins with `name`."""
        return next(each for each in self._buttons() if each.objectName().startswith(name))

    def choices(self) -> list[str]:
        """Return the names of the choices in sight."""
        return [each.objectName() for each in self._buttons() if each.objectName().startswith(_CHOICE)]

    def settle(self) -> None:
        """Wait until everything that was asked came home and was painted; waiting takes no processor time."""
        while self.window.executor.pending:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        for _ in range(3):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()

    def close(self) -> None:
        """Close the vault and the window."""
        self.window.shut_down()
        self.window.close()

    def _buttons(self) -> list[QAbstractButton]:
        return [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]


def first_start(screen: Screen) -> dict[str, list[float]]:
    """Read the interview for the first time, so that the cache holds it for the scenes that are measured."""
    screen.get_ready()
    return {}


def answers(screen: Screen, people: int) -> dict[str, list[float]]:
    """Choose answers to one question in turn, with `people` people in the vault."""
    screen.get_ready()
    screen.practise()
    screen.fill()
    dossier = screen.first()
    screen.window.navigate("people")
    screen.settle()
    screen.window.navigate("interview", dossier)
    screen.settle()
    names = _at_a_choice(screen)
    taken = [_processor(lambda: screen.press(names[turn % 2])) for turn in range(ANSWERS + 1)]  # noqa: B023
    return {f"answer chosen, {people} people": taken[1:]}


def practice(screen: Screen) -> dict[str, list[float]]:
    """Go from the first window to the list of people of the practice environment."""
    screen.get_ready()
    return {"practise to the list of people": [_processor(screen.practise)]}


def memory(screen: Screen) -> dict[str, list[float]]:
    """Walk from the first window to previews of the plan; megabytes of memory (PSS) at each place."""
    found = {"first window": [_megabytes()]}
    screen.get_ready()
    screen.practise()
    found["list of people"] = [_megabytes()]
    from desktop.ui.preview.preview_page import preview_part  # no page may be loaded before it is gone to

    dossier = screen.first()
    screen.window.navigate("interview", dossier)
    screen.settle()
    found["interview"] = [_megabytes()]
    for _ in range(PREVIEWS):
        screen.window.navigate("preview", dossier, part=preview_part("support_plan", "ti", "plan"))
        screen.settle()
    found["after previews"] = [_megabytes()]
    return found


def main(arguments: Sequence[str]) -> int:
    """Run every scene in a process of its own, print the table and keep it; or one scene, for such a process."""
    if arguments:
        scene, people, cache = arguments[0], int(arguments[1]), Path(arguments[2])
        with tempfile.TemporaryDirectory() as folder:
            screen = Screen(Path(folder), cache, people)
            scenes: dict[str, Callable[[], dict[str, list[float]]]] = {
                "answers": lambda: answers(screen, people),
                "practice": lambda: practice(screen),
                "memory": lambda: memory(screen),
                "first start": lambda: first_start(screen),
            }
            print(json.dumps(scenes[scene]()))
            screen.close()
        return 0
    with tempfile.TemporaryDirectory() as folder:
        _scene("first start", 0, folder)
        results = [*_practice_rows(folder), *_answer_rows(folder), *_memory_rows(folder)]
    print(head(), *(each.text() for each in results), sep="\n")
    write("screens", results)
    return 0


def _answer_rows(cache: str) -> list[Result]:
    rows = []
    for people in PEOPLE:
        for name, taken in _scene("answers", people, cache).items():
            rows.append(at_most(name, taken, 0.025, "painting what changed, sealing and writing the answer"))
    return rows


def _practice_rows(cache: str) -> list[Result]:
    limit = "making the vault, writing two filled cases and making the page"
    return [at_most(name, taken, 0.4, limit) for name, taken in _scene("practice", 0, cache).items()]


def _memory_rows(cache: str) -> list[Result]:
    rows = []
    for place, (megabytes,) in _scene("memory", 0, cache).items():
        most = MOST_MEGABYTES[place]
        limit = "Qt, PySide and the modules of the program"
        met = megabytes <= most
        rows.append(Result(f"memory, {place}", megabytes, "", None, f"<= {most} MB", met, "MB", limit))
    return rows


def _scene(name: str, people: int, cache: str) -> dict[str, list[float]]:
    command = [sys.executable, "-m", "benchmarks.screens", name, str(people), cache]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own module
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _at_a_choice(screen: Screen) -> list[str]:
    """Go on until a question with choices is in sight, and return the names of its choices."""
    from desktop.ui.interview.interview_page import InterviewPage

    shell = screen.window.shell
    page = None if shell is None else shell.page("interview")
    if not isinstance(page, InterviewPage):
        raise TypeError
    while len(screen.choices()) <= 1:
        page.presenter.next()
        screen.settle()
    return screen.choices()


def _processor(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _megabytes() -> float:
    """Return the memory of this process, shared pages by their share (PSS); Linux only."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
