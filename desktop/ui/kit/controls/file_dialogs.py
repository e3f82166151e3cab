"""Asking for a file, a folder or a place to save with a dialog of the system that waits for the answer.

It begins in the documents of the person, and in the folder that was chosen last after that. What is saved gets the
ending that the filter names, so that the next dialog finds it in its folder.
"""

import re
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

_LAST = "opmaat.folder"
_ENDING = re.compile(r"\(\*\.([a-z-]+)\)")


def first_folder() -> str:
    """Return where a dialog begins: the folder chosen last in this session, else the documents of the person."""
    application = QApplication.instance()
    last = None if application is None else application.property(_LAST)
    if isinstance(last, str) and last and Path(last).is_dir():
        return last
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def ask_open(parent: QWidget, title: str, filters: str) -> Path | None:
    """Return the file a person chose, or None."""
    name, _filter = QFileDialog.getOpenFileName(parent, title, first_folder(), filters)
    return _chosen(name)


def ask_save(parent: QWidget, title: str, suggestion: str, filters: str) -> Path | None:
    """Return where a person wants to save, or None. `suggestion` is a file name without personal data."""
    dialog = QFileDialog(parent, title, first_folder(), filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    ending = _ENDING.search(filters)
    if ending is not None:
        dialog.setDefaultSuffix(ending.group(1))
    dialog.selectFile(suggestion)
    accepted = dialog.exec()
    names = dialog.selectedFiles()
    dialog.deleteLater()
    return _chosen(names[0]) if accepted and names else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Return the folder a person chose, or None."""
    name = QFileDialog.getExistingDirectory(parent, title, first_folder())
    return Path(name) if name else None


def _chosen(name: str) -> Path | None:
    if not name:
        return None
    path, application = Path(name), QApplication.instance()
    if application is not None:
        application.setProperty(_LAST, str(path.parent))
    return path
