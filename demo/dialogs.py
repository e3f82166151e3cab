"""Answers a file dialog as a person does: types the path and presses the button."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

_EVERY_MILLISECONDS = 30


def answer_next_dialog(path: Path) -> None:
    """Wait in the background for the next file dialog, and choose `path` in it."""
    timer = QTimer(QApplication.instance())
    timer.setInterval(_EVERY_MILLISECONDS)

    def look() -> None:
        dialog = next((top for top in QApplication.topLevelWidgets() if _is_open(top)), None)
        if isinstance(dialog, QFileDialog):
            timer.stop()
            timer.deleteLater()
            field = dialog.findChild(QLineEdit, "fileNameEdit")
            if isinstance(field, QLineEdit):
                field.setText(str(path))
            dialog.accept()

    timer.timeout.connect(look)
    timer.start()


def _is_open(widget: object) -> bool:
    return isinstance(widget, QFileDialog) and widget.isVisible()
