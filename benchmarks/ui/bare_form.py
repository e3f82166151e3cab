"""The other side: a form of nothing but Qt's own widgets, as many as ours has of each kind."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QStringListModel, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

_COLUMNS = 6
_WORDS = ("Wat vertelt u daarover?", "ስለዚ እንታይ ትነግሩና?")
_SIZE = (1280, 800)


@dataclass(frozen=True, slots=True)
class WidgetCount:
    """How many widgets of each kind something holds; the rest only hold others."""

    texts: int
    buttons: int
    fields: int
    frames: int


def count(root: QWidget, *, visible: bool) -> WidgetCount:
    """Count the widgets in `root`, all of them or those that can be seen."""
    found = [each for each in root.findChildren(QWidget) if each.isVisible() or not visible]
    texts = sum(isinstance(each, QLabel) for each in found)
    buttons = sum(isinstance(each, QAbstractButton) for each in found)
    fields = sum(isinstance(each, (QLineEdit, QPlainTextEdit)) for each in found)
    return WidgetCount(texts, buttons, fields, len(found) - texts - buttons - fields)


class BareForm(QWidget):
    """A window with as many labels, buttons, fields and frames as `number` says, in a grid, all in sight."""

    def __init__(self, number: WidgetCount) -> None:
        super().__init__()
        self.resize(*_SIZE)
        self._number = number
        self._turn = 0
        self._inside = QWidget()
        self._column = QVBoxLayout(self)
        self.show()
        self.make()

    def make(self) -> None:
        """Make everything anew in the place of what stood there, and paint it."""
        self._column.removeWidget(self._inside)
        self._inside.deleteLater()
        self._inside = QWidget()
        grid = QGridLayout(self._inside)
        for place, widget in enumerate(self._widgets()):
            grid.addWidget(widget, place // _COLUMNS, place % _COLUMNS)
        self._column.addWidget(self._inside)
        paint()

    def rewrite(self) -> None:
        """Give every text in it another one, and paint it."""
        self._turn += 1
        for widget in self._inside.findChildren(QWidget):
            if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
                widget.setText(self._word())
        paint()

    def press(self) -> None:
        """Press the next of its buttons, and paint it."""
        self._turn += 1
        buttons = self._inside.findChildren(QPushButton)
        buttons[self._turn % len(buttons)].click()
        paint()

    def _widgets(self) -> list[QWidget]:
        self._turn += 1
        number, word = self._number, self._word()
        buttons = [QPushButton(word) for _ in range(number.buttons)]
        for button in buttons:
            button.setCheckable(True)
        frames = [QFrame() for _ in range(number.frames)]
        return [*(QLabel(word) for _ in range(number.texts)), *buttons, *_fields(number.fields), *frames]

    def _word(self) -> str:
        return _WORDS[self._turn % len(_WORDS)]


class BareTable(QTableView):
    """A table of `rows` rows of seven columns, of Qt's own."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.resize(*_SIZE)
        self._rows = rows
        self.show()

    def fill(self) -> None:
        """Fill it anew and paint it."""
        model = QStandardItemModel(self)
        for row in range(self._rows):
            model.appendRow([QStandardItem(f"Meting {row} {column}") for column in range(7)])
        self.setModel(model)
        paint()


class BareList(QLineEdit):
    """A field that completes from `texts` wherever the typed letters stand in them, of Qt's own."""

    def __init__(self, texts: list[str]) -> None:
        super().__init__()
        completer = QCompleter(QStringListModel(texts, self), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.show()
        self.setFocus()

    def type_letter(self, letter: str) -> None:
        """Type one letter, and paint what is offered."""
        QTest.keyClicks(self, letter)
        paint()


def paint() -> None:
    """Let everything that waits be laid out and painted, and what was thrown away go."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def _fields(count: int) -> list[QWidget]:
    return [QLineEdit() for _ in range(count)]
