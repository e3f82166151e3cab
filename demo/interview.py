"""The interview of a case at the real screens: read the question, give the answer the case has, go on.

Like a person, it knows where it is by reading the Dutch question on the card.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from demo.report import DemoFailedError
from demo.screen_driver import ScreenDriver
from desktop.forms import Form
from desktop.forms.reader.form_reader import INTAKE
from desktop.forms.workbook.tables import read_tables
from desktop.services.accounts.case_file import Case, CaseStep
from desktop.services.dossier.form_locale import NAMES, builtin_intake
from desktop.ui.kit.typography.text import Text
from protocol.errors import UserError

_MOST_CARDS = 400


@dataclass(frozen=True, slots=True)
class Questions:
    """The interview as the driver knows it: its structure, and the Dutch label of each question as it is written."""

    form: Form
    labels: Mapping[str, str]

    @classmethod
    def read(cls) -> "Questions":
        """Return the interview that ships with the program."""
        form = builtin_intake()
        rows = read_tables(INTAKE.read_bytes(), "md")["survey"].rows
        named = {row.cells.get("name", ""): row.cells.get("label", "") for row in rows}
        return cls(form, {name: label for name, label in named.items() if name and label})


@dataclass(slots=True)
class PlayedProgress:
    """How far the talk is: what has been answered, which questions were pictured."""

    answered: int = 0
    switches: int = 0
    pictures: list[str] = field(default_factory=list)


class PlayedInterview:
    """One interview in one window; `pictured` names the questions to take a picture of."""

    def __init__(self, driver: ScreenDriver, content: Questions, case: Case, pictured: Sequence[str] = ()) -> None:
        self._driver = driver
        self._case = case
        self._pictured = set(pictured)
        self._nodes = {node.name: node for node in content.form.outline().walk()}
        self._patterns = {name: _pattern(label) for name, label in content.labels.items()}
        self.walk = PlayedProgress()

    def run(self, stop_at: str = "") -> PlayedProgress:
        """Go through the cards from the present one; stop before answering `stop_at`, where one is named."""
        for _ in range(_MOST_CARDS):
            card = self._card()
            if card == stop_at and stop_at:
                return self.walk
            self._play(card)
            if card in self._pictured:
                self.walk.pictures.append(self._picture(card))
            if not self._next(card):
                return self.walk
        raise DemoFailedError("the interview does not end")

    def _play(self, card: str) -> None:
        for step in self._steps_of(card):
            if step.kind == "switch":
                self._driver.press(f"interview.language.{step.target}")
                self.walk.switches += 1
            elif step.kind == "add":
                self._driver.press("interview.repeat.add")
                self._driver.rest()
            elif step.repeat:
                self._answer(step, f"interview.row.{step.target}")
            else:
                self._answer(step, "interview.answer")
        if self._driver.sees("interview.row.done"):
            self._driver.press("interview.row.done")

    def _steps_of(self, card: str) -> Iterator[CaseStep]:
        """Yield the steps about this card: its answer, a language switch just before, or the rows of a repeat."""
        held: list[CaseStep] = []
        for step in self._case.steps:
            if step.kind == "switch":
                held = [step]
                continue
            about = step.repeat or step.target
            if about == card:
                yield from held
                yield step
            held = []

    def _answer(self, step: CaseStep, prefix: str) -> None:
        driver = self._driver
        driver.rest()
        if step.kind in {"declined", "unknown", "later"} and not step.repeat:
            driver.press({"declined": "interview.decline"}.get(step.kind, f"interview.{step.kind}"))
        elif step.kind == "answer":
            self._give(step, prefix)
        else:
            self._decline_in_row(f"{prefix}.ways", step.kind)
        for tool, words in (("note", step.note), ("flag", step.flag)):
            if words and not step.repeat:
                self._write(f"interview.{tool}", words)
        self.walk.answered += 1

    def _decline_in_row(self, ways: str, kind: str) -> None:
        """Choose a way out from the menu beside the label of a question in a row."""
        self._driver.press(ways)
        action = self._driver.window.findChildren(QAction, f"{ways}.{kind}")[-1]
        action.trigger()
        for menu in self._driver.window.findChildren(QMenu):
            menu.close()

    def _give(self, step: CaseStep, prefix: str) -> None:
        driver = self._driver
        choice = f"{prefix.removesuffix('.answer')}.choice"
        values = step.value.split() if self._nodes[step.target].type == "select" else [step.value]
        if driver.sees(f"{choice}.{values[0]}"):
            for value in values:
                driver.tick(f"{choice}.{value}")
        elif driver.sees(f"{prefix}.day") or driver.sees(f"{prefix}.year"):
            self._give_date(step.value, prefix)
        else:
            self._write_field(step, prefix, values)

    def _give_date(self, value: str, prefix: str) -> None:
        year, month, day = value.split("-")
        for part, digits in (("day", day), ("month", month), ("year", year)):
            if self._driver.sees(f"{prefix}.{part}"):
                self._driver.type_into(f"{prefix}.{part}", digits)

    def _write_field(self, step: CaseStep, prefix: str, values: Sequence[str]) -> None:
        driver = self._driver
        control: QWidget = driver.find(prefix)
        if isinstance(control, QComboBox):
            control.setCurrentIndex(control.findData(step.value))
            control.activated.emit(control.currentIndex())
        elif isinstance(control, QLineEdit) and self._nodes[step.target].type.startswith("select"):
            for label in self._labels(step.target, values):
                driver.type_into(prefix, label)
                self._choose_offered(driver.find(prefix, QLineEdit))
        elif isinstance(control, QPlainTextEdit | QTextEdit | QLineEdit):
            driver.type_into(prefix, step.value)
        else:
            raise DemoFailedError(f"no way to answer {step.target}")

    def _choose_offered(self, field: QLineEdit) -> None:
        """Take the first line of the list that opens below what was typed."""
        completer = field.completer()
        offered = None if completer is None else completer.popup()
        if offered is None:
            raise DemoFailedError("a field that is searched offers nothing")
        self._driver.until("the list of what fits", lambda: offered.isVisible() or None)
        QTest.keyClick(offered, Qt.Key.Key_Down)
        QTest.keyClick(offered, Qt.Key.Key_Return)
        self._driver.breathe()

    def _labels(self, name: str, values: Sequence[str]) -> list[str]:
        for names in NAMES.values():
            dutch = names("nl")
            if all(value in dutch for value in values):
                return [dutch[value] for value in values]
        raise DemoFailedError(f"no list holds the answer to {name}")

    def _write(self, tool: str, words: str) -> None:
        self._driver.press(tool)
        self._driver.type_into("interview.writing", words)
        self._driver.press("interview.writing.keep")

    def _next(self, card: str) -> bool:
        """Press next and wait for another card; False when this was the last one, which leads to the review."""
        driver = self._driver
        before = self._reading()
        driver.press("interview.next")
        driver.until(f"the card after {card}", lambda: self._reading() != before or self._ended() or None)
        return not self._ended() and self._reading() != before

    def _ended(self) -> bool:
        return not self._driver.sees("interview")

    def _card(self) -> str:
        """Return the name of the question or repeat whose Dutch text the card shows."""
        text = self._driver.until("a question", lambda: self._reading() or None)
        for name, wanted in self._patterns.items():
            if wanted.fullmatch(text):
                return name
        raise DemoFailedError(f"a card shows a text that is not in the interview: {text}")

    def _reading(self) -> str:
        repeats = self._visible("interview.repeat")
        holder = repeats[0] if repeats else next(iter(self._visible("interview.card.first.question")), None)
        if holder is None:
            locked = self._visible("interview.locked")
            return "interview.locked" if locked else ""
        words = holder if isinstance(holder, Text) else holder.findChild(Text)
        if not isinstance(words, Text):
            raise UserError("interview.nothing_to_ask")
        return words.plain()

    def _visible(self, name: str) -> list[QWidget]:
        return [widget for widget in self._driver.window.findChildren(QWidget, name) if widget.isVisible()]

    def _picture(self, card: str) -> str:
        self._driver.rest()
        return self._driver.picture(f"interview-{card}").name


def _pattern(label: str) -> re.Pattern[str]:
    parts = re.split(r"\$\{[^}]*\}", label)
    return re.compile(".*".join(re.escape(part) for part in parts))
