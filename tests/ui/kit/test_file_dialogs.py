"""File dialogs begin where a person keeps documents, speak their language, and give a file its ending."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.kit.controls.file_dialogs import ask_save, first_folder
from tests.ui.conftest import MakeTheme

Seen = dict[str, str]


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Path:
    """Return the documents of a person who chose no folder yet."""
    folder = tmp_path / "Documenten"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _which: str(folder))
    qapp.setProperty("opmaat.folder", "")
    return folder


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """Return a widget on screen."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def _answer(name: str, seen: Seen) -> Callable[[], None]:
    def answer() -> None:
        (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        seen["folder"] = dialog.directory().absolutePath()
        labels = [label.text() for label in dialog.findChildren(QLabel)]
        buttons = [button.text() for button in dialog.findChildren(QDialogButtonBox)[0].buttons()]
        seen["words"] = " ".join([*labels, *buttons])
        field = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(field, QLineEdit)
        field.setText(name)
        dialog.accept()

    return answer


def test_it_begins_in_the_documents_and_then_where_one_was(documents: Path, parent: QWidget) -> None:
    seen: Seen = {}
    elsewhere = documents / "stick"
    elsewhere.mkdir()
    assert first_folder() == str(documents)
    QTimer.singleShot(0, parent, _answer(str(elsewhere / "kluis.opmaatbackup"), seen))
    ask_save(parent, "Bewaren", "kluis.opmaatbackup", "Reservekopie (*.opmaatbackup)")
    assert seen["folder"] == str(documents)
    assert first_folder() == str(elsewhere)


def test_what_is_saved_gets_its_ending(documents: Path, parent: QWidget) -> None:
    for typed in ("anna", "anna.opmaatbackup"):
        QTimer.singleShot(0, parent, _answer(typed, {}))
        found = ask_save(parent, "Bewaren", "kluis.opmaatbackup", "Reservekopie (*.opmaatbackup)")
        assert found == documents / "anna.opmaatbackup"


@pytest.mark.parametrize(("tag", "word"), [("nl", "Annuleren"), ("ar", "ألغِ"), ("en", "Cancel")])
def test_it_speaks_the_language_of_the_interface(
    documents: Path, parent: QWidget, make_theme: MakeTheme, tag: str, word: str
) -> None:
    assert documents
    make_theme(tag, "light", 1.0)
    seen: Seen = {}
    QTimer.singleShot(0, parent, _answer("kluis", seen))
    ask_save(parent, "Bewaren", "kluis.pdf", "PDF (*.pdf)")
    assert word in seen["words"].replace("&", "")
