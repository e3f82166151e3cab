"""Qt's own texts, in file and print dialogs, in the language of the interface; English where Qt has none in it."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

_NAME = "opmaat.qt_texts"


def translate_qt(application: QApplication, tag: str) -> None:
    """Let the dialogs of Qt speak the language `tag` from now on."""
    before = application.findChild(QTranslator, _NAME)
    if before is not None:
        if before.property("language") == tag:
            return
        application.removeTranslator(before)
        before.setParent(None)
    translator = QTranslator(application)
    translator.setObjectName(_NAME)
    translator.setProperty("language", tag)
    translator.load(f"qtbase_{tag}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    application.installTranslator(translator)
