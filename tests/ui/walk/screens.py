"""Every screen of the program with a real case behind it, one after the other in one window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.i18n import language, load_catalogue
from desktop.kernel.changes import Changes
from desktop.services.accounts.preferences import DisplaySettings
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.help.hint_memory import HintMemory
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.drawing.focus import FocusRing
from desktop.ui.newcomer.window import NewcomerWindow
from desktop.ui.plan.plan_page import STEPS
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.settings.settings_page import AppearanceActions
from desktop.ui.shell.page_table import page_table
from desktop.ui.shell.shell import Shell, ShellActions
from desktop.ui.window import SMALLEST, MainWindow
from protocol.identifiers import DossierId, VaultId
from tests.ui.inspection import rest
from tests.ui.still import StillExecutor
from tests.unit.services.interview_fixture import ref
from tests.unit.services.plan_world import Laptop, World, carry, decide

HOURS = "beschikbaar_uren"
CARDS = ("roepnaam", "geboren", "kind", "geboorteland", HOURS, "gezinsvorm", "informatie_gegeven")
"""Questions of each kind: words, a date, rows, a long list, a number, a few choices, something to be acknowledged."""


@dataclass(frozen=True, slots=True)
class Look:
    """A language of the screen, a text size in percent and the size of the window."""

    tag: str
    percent: int
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.tag} {self.percent} % {self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One screen: its name, and how one comes there."""

    name: str
    go: Callable[[Shell], None]


class Stroll:
    """The shell of one laptop in one language; `show` brings it to another text size and another size of the window."""

    def __init__(self, laptop: Laptop, tag: str) -> None:
        self.theme = Theme(language(tag))
        self.theme.apply()
        self.executor = StillExecutor()
        self.errors: list[str] = []
        context = UiContext(
            services=laptop.services,
            executor=self.executor,
            catalogue=load_catalogue(tag, "app"),
            theme=self.theme,
            clock=laptop.clock,
            navigate=self._navigate,
            publish=self._publish,
            report=lambda error: self.errors.append(error.code),
        )
        look = AppearanceActions(
            look=lambda: DisplaySettings(language=tag),
            set_language=lambda _tag: None,
            set_size=lambda _percent: None,
            set_scheme=lambda _scheme: None,
            set_idle=lambda _minutes: None,
            save_report=lambda _path: None,
        )
        hints = HintMemory(tuple, lambda _page: None)
        actions = ShellActions(lambda _size: None, lambda: None, lambda: None, hints)
        self.shell = Shell(context, page_table(look), actions)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.ring = FocusRing(self.theme, application, self.shell)
        self.window = QMainWindow()
        self.window.setMinimumSize(SMALLEST)
        self.window.setCentralWidget(self.shell)
        self.window.show()

    def take(self, look: Look) -> None:
        """Bring the window to the text size and its own size."""
        self.theme.set_scale(look.percent / 100)
        self.window.resize(look.width, look.height)
        rest()

    def newcomer(self) -> QWidget:
        """Return the newcomer's window, open."""
        page = self.shell.page("interview")
        assert isinstance(page, InterviewPage)
        for window in QApplication.topLevelWidgets():
            if isinstance(window, NewcomerWindow) and window.isVisible():
                return window
        page.toggle_second_screen()
        rest()
        return self.newcomer()

    def _publish(self, changes: Changes, *, by: object = None) -> None:
        self.shell.publish(changes, by=by)

    def _navigate(self, page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        self.shell.navigate(page, dossier, part=part)


@contextmanager
def strolling(laptop: Laptop, tag: str) -> Iterator[Stroll]:
    """Give the open shell of `laptop`, and put it away afterwards."""
    stroll = Stroll(laptop, tag)
    try:
        yield stroll
    finally:
        stroll.shell.leave()
        stroll.window.close()
        stroll.window.deleteLater()
        stroll.executor.stop()
        rest()


def divide(world: World) -> None:
    """Send the case to the municipality and let both sides answer one question before they hear of each other."""
    handover, case = world.azc.services.handover, world.dossier
    decide(world.azc, case)
    handover.choose(case, handover.recipients()[0].id)
    handover.tick(case, "told", done=True)
    handover.prepare(case)
    handover.send(case)
    carry(world)
    for laptop, hours in ((world.azc, "16"), (world.town, "24")):
        laptop.services.interview.open(case)
        laptop.services.interview.answer(case, ref(HOURS), "given", hours)
    carry(world)


def reception_visits(world: World) -> list[Visit]:
    """Return the screens of the reception location: the case was asked everything, decided and sent."""
    case = world.dossier
    home = ("today", "people", "received", "settings", "retention", "new_person", "stick_import")
    inside = ("review", "attachments", "handover", "stick", "conflict")
    return [
        *(Visit(page, partial(_open, page, None, "")) for page in home),
        *(Visit(f"interview {name}", partial(_open, "interview", case, ref(name))) for name in CARDS),
        *(Visit(page, partial(_open, page, case, "")) for page in inside),
        *(Visit(f"plan {step}", partial(_open, "plan", case, step)) for step in STEPS),
        Visit("preview", partial(_open, "preview", case, preview_part("support_plan", "ar", "plan"))),
    ]


def town_visits(world: World) -> list[Visit]:
    """Return the screens of the municipality that differ: the case has come in."""
    return [
        Visit("received case", partial(_open, "received", None, "")),
        Visit("people of the municipality", partial(_open, "people", None, "")),
        Visit("day of the municipality", partial(_open, "today", None, "")),
        Visit("handover of a received case", partial(_open, "handover", world.dossier, "")),
    ]


def followed_visits(world: World) -> list[Visit]:
    """Return the screens of a case that the municipality follows."""
    return [
        Visit("progress", partial(_open, "progress", world.dossier, "")),
        Visit("day of a followed case", partial(_open, "today", None, "")),
    ]


def _open(page: str, dossier: DossierId | None, part: str, shell: Shell) -> None:
    shell.navigate(page, dossier, part=part)


def start_pages(window: MainWindow, vault: VaultId, words: tuple[str, ...]) -> Iterator[str]:
    """Bring `window` to each page before a vault is open, and yield its name."""
    start = window.start
    for where in ("start", "join", "restore", f"recover:{vault}", f"escrow:{vault}"):
        start.go(where)
        yield where.partition(":")[0]
    start.show_words(lambda: b"", words, lambda: None, helped=True)
    yield "words"
