"""What is done on screen, each thing beside what a bare Qt form of as many widgets takes for the like of it.

A scene runs in a process of its own; both sides take turns in it, so that a busy machine is busy for both.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from benchmarks.ui.bare_form import BareForm, BareList, BareTable, count, paint
from benchmarks.ui.beats import Beats, Effort
from benchmarks.ui.screen import Screen
from desktop.kernel.changes import Aspect, changed
from protocol.identifiers import DossierId

CHOICES = 10_000
_TIMES = 40
_NEXT = 80
_PREVIEWS = 3
_KEYS = "straat 12"


@dataclass(frozen=True, slots=True)
class Measurement:
    """What one thing took each time, on both sides; `memory` stands for megabytes (PSS) instead."""

    name: str
    ours: list[Effort] = field(default_factory=list)
    bare: list[Effort] = field(default_factory=list)
    memory: float | None = None


def first_start(screen: Screen) -> Iterator[Measurement]:
    """Read the interview for the first time, so that the cache holds it for the scenes that are measured."""
    screen.get_ready()
    yield from ()


def practice(screen: Screen) -> Iterator[Measurement]:
    """Go from the first window to the list of people of the practice environment."""
    screen.get_ready()
    taken = screen.beats.measure(screen.practise)
    form = BareForm(count(screen.window, visible=True))
    yield Measurement("practise to the list of people", [taken], [screen.beats.measure(form.make)])


def answers(screen: Screen) -> Iterator[Measurement]:
    """Choose answers to one question in turn, and load the list of people anew, with all people in the vault."""
    people = screen.more
    case = _begin(screen)
    screen.fill()
    screen.press("people.filter.all")
    table = BareTable(people)
    ours, bare = _in_turn(screen.beats, _TIMES // 4, lambda: _load_people(screen), table.fill)
    yield Measurement(f"people list of {people:,}", ours, bare)
    table.close()
    screen.open("interview", case)
    names = screen.go_to_a_choice()
    form = BareForm(count(screen.window, visible=True))
    turns = cycle(names[:2])
    ours, bare = _in_turn(screen.beats, _TIMES, lambda: screen.press(next(turns)), form.press)
    yield Measurement(f"answer chosen, durable and shown, {people:,} people", ours, bare)


def interview(screen: Screen) -> Iterator[Measurement]:
    """Go through the whole intake by the button, then switch the second language, then that of the whole interface."""
    screen.open("interview", _begin(screen))
    form = BareForm(count(screen.window, visible=True))
    ours, bare = _in_turn(screen.beats, _NEXT, lambda: screen.press("interview.next"), form.rewrite)
    yield Measurement("next question, by button", ours, bare)
    other = cycle(screen.names("interview.language."))
    ours, bare = _in_turn(screen.beats, _TIMES, lambda: screen.press(next(other)), form.rewrite)
    yield Measurement("language switch in the interview", ours, bare)
    whole = BareForm(count(screen.window, visible=False))
    tags = cycle(("ar", "ti", "en", "nl"))

    def switch() -> None:
        screen.window.set_language(next(tags))
        screen.settle()

    ours, bare = _in_turn(screen.beats, _TIMES // 4, switch, whole.make)
    yield Measurement("language switch of the whole interface", ours, bare)


def plan(screen: Screen) -> Iterator[Measurement]:
    """Open the plan page from the list of people, then previews of the plan."""
    case = _begin(screen)
    screen.open("plan", case)
    form = BareForm(count(screen.window, visible=True))

    def leave() -> None:
        screen.open("people")

    ours, bare = _in_turn(screen.beats, _TIMES // 4, lambda: screen.open("plan", case), form.make, leave)
    yield Measurement("plan page, from the list of people", ours, bare)
    yield from _previews(screen, case)


def _previews(screen: Screen, case: DossierId) -> Iterator[Measurement]:
    from desktop.ui.preview.preview_page import preview_part  # no page may be loaded before it is gone to
    from desktop.ui.preview.sheet_view import PageImage

    part = preview_part("support_plan", "ti", "plan")

    def has_page_one() -> bool:
        found = screen.window.findChild(PageImage, "preview.sheets.page.1")
        return isinstance(found, PageImage) and found.image is not None

    def first() -> None:
        screen.window.navigate("preview", case, part=part)
        screen.wait_until(has_page_one)

    taken = screen.beats.measure(first)
    screen.settle()
    form = BareForm(count(screen.window, visible=True))
    yield Measurement("preview of the plan, first: page one", [taken], [screen.beats.measure(form.make)])

    def leave() -> None:
        screen.open("plan", case)

    ours, bare = _in_turn(screen.beats, _TIMES // 4, lambda: screen.open("preview", case, part), form.make, leave)
    yield Measurement("preview of the plan, again: all that is in sight", ours, bare)


def choices(screen: Screen) -> Iterator[Measurement]:
    """Type in the field of a question with many choices, letter by letter."""
    from desktop.i18n import load_catalogue
    from desktop.services.interview.page_parts import ChoiceView, QuestionView, Texts
    from desktop.ui.questions.base import CardCatalogues
    from desktop.ui.questions.registry import answer_widget

    offered = tuple(ChoiceView(f"c{n}", f"Straat {n}", f"ጎደና {n}") for n in range(CHOICES))
    question = QuestionView("/a/straat", "one", "", Texts("nl", "Welke straat?"), Texts("ti", "ጎደና?"), offered)
    words = CardCatalogues(*(load_catalogue(tag, "app") for tag in ("nl", "nl", "ti")))
    widget = answer_widget(screen.window.theme, words, question, "bench.answer")
    widget.show()
    widget.focus_first()
    (typed,) = widget.findChildren(QLineEdit)
    bare = BareList([f"Straat {n} · ጎደና {n}" for n in range(CHOICES)])
    ours_taken, bare_taken = [], []
    typed.setFocus()
    for letter in _KEYS:
        QTest.keyClick(typed, Qt.Key.Key_End)
        ours_taken.append(screen.beats.measure(lambda: _type(typed, letter)))  # noqa: B023  # called at once
        bare.setFocus()
        bare_taken.append(screen.beats.measure(lambda: bare.type_letter(letter)))  # noqa: B023  # called at once
    yield Measurement(f"list of {CHOICES:,} choices, a key", ours_taken, bare_taken)
    widget.close()
    bare.close()


def memory(screen: Screen) -> Iterator[Measurement]:
    """Walk from the first window to previews of the plan, and say how much memory each place takes."""
    yield Measurement("memory, first window", memory=_megabytes())
    case = _begin(screen)
    yield Measurement("memory, list of people", memory=_megabytes())
    screen.open("interview", case)
    yield Measurement("memory, interview", memory=_megabytes())
    from desktop.ui.preview.preview_page import preview_part  # no page may be loaded before it is gone to

    for _ in range(_PREVIEWS):
        screen.open("preview", case, preview_part("support_plan", "ti", "plan"))
    yield Measurement("memory, after previews", memory=_megabytes())


def _begin(screen: Screen) -> DossierId:
    """Open the practice environment, and return the first person of its list."""
    screen.get_ready()
    screen.practise()
    return screen.first()


def _in_turn(
    beats: Beats,
    times: int,
    ours: Callable[[], object],
    bare: Callable[[], object],
    before: Callable[[], object] = lambda: None,
) -> tuple[list[Effort], list[Effort]]:
    """Measure both sides in turn; the first turn, which loads what every later one has, is not kept.

    `before` gets ours ready each time, and is not measured.
    """
    pairs = []
    for _ in range(times + 1):
        before()
        pairs.append((beats.measure(ours), beats.measure(bare)))
    return [pair[0] for pair in pairs[1:]], [pair[1] for pair in pairs[1:]]


def _load_people(screen: Screen) -> None:
    screen.window.publish(changed(Aspect.CASELOAD))
    screen.settle()


def _type(field: QLineEdit, letter: str) -> None:
    QTest.keyClicks(field, letter)
    paint()


def _megabytes() -> float:
    """Return the memory of this process, shared pages by their share (PSS); Linux only."""
    lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
