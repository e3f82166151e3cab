"""The binding keeps its counts: PySide6 6.12.0 takes a reference off None per void call, and aborts after thousands."""

import sys

from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

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
