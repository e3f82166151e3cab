"""Asking for a file, a folder or a place to save with a dialog of the system that waits for the answer."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_open(parent: QWidget, title: str, filters: str) -> Path | None:
    """Return the file a person chose, or None."""
    name, _filter = QFileDialog.getOpenFileName(parent, title, "", filters)
    return Path(name) if name else None


def ask_save(parent: QWidget, title: str, suggestion: str, filters: str) -> Path | None:
    """Return where a person wants to save, or None. `suggestion` is a file name without personal data."""
    name, _filter = QFileDialog.getSaveFileName(parent, title, suggestion, filters)
    return Path(name) if name else None


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Return the folder a person chose, or None."""
    name = QFileDialog.getExistingDirectory(parent, title)
    return Path(name) if name else None
