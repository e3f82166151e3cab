"""The binding keeps its counts: PySide6 6.12.0 takes a reference off None per void call, and aborts after thousands."""

import re
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPushButton,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)
from shiboken6 import createdByPython, getAllValidWrappers

import desktop.ui
from desktop.ui.people.table import PeopleTable
from desktop.ui.window import MainWindow
from tests.ui.inspection import control, press, settle

CALLS = 5000


def test_void_calls_keep_the_references_of_none(qapp: QApplication) -> None:
    assert qapp is not None
    widget = QWidget()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        widget.setEnabled(True)
    assert sys.getrefcount(None) > before - 100


def test_widgets_layouts_and_slots_that_come_and_go_do_not_break_the_binding(qapp: QApplication) -> None:
    holder = QWidget()
    column = QVBoxLayout(holder)
    for _ in range(300):
        row = QWidget()
        line = QHBoxLayout(row)
        for _ in range(3):
            button = QPushButton(row)
            button.clicked.connect(lambda _checked, held=button: held.setText("x"))
            line.addWidget(button)
        column.addWidget(row)
        row.deleteLater()
        qapp.processEvents()
    assert holder.layout() is column


def test_no_wrapper_of_a_layout_item_outlives_its_screen(practice: MainWindow) -> None:
    for page in ("bar.settings", "bar.people"):
        press(practice, page)
        settle(practice)
    assert practice.shell is not None
    table = control(practice, "people.table", PeopleTable)
    QTest.keyClick(table, Qt.Key.Key_Return)
    settle(practice)
    for page in ("bar.review", "bar.plan", "bar.handover", "bar.interview"):
        press(practice, page)
        settle(practice)
    items = [each for each in getAllValidWrappers() if type(each) in {QWidgetItem, QSpacerItem}]
    items = [each for each in items if not createdByPython(each)]
    assert items == []


def test_screens_nest_layouts_through_the_one_helper() -> None:
    screens = Path(desktop.ui.__file__).parent
    direct = [
        path.name
        for path in sorted(screens.rglob("*.py"))
        if path.name != "nest.py" and re.search(r"\.(addLayout|insertLayout|setLayout)\(", path.read_text("utf-8"))
    ]
    assert direct == []
