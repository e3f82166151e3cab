#!/usr/bin/env bash
# Qt 6.11: setting the style sheet that the application already has restyles every widget once more; setting the palette or font it has does not.
# QApplication.setStyleSheet compares nothing: each widget gets a StyleChange event again, also in windows that were not touched.
# For us: every new window and every change of language set the sheet that was there already; the theme compares first now.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install PySide6-Essentials==6.11.3
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" - <<'PYTHON'
from PySide6.QtCore import QEvent, QObject, qVersion
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

SHEET = "QPushButton { padding: 4px; }"
application = QApplication([])
print("Qt", qVersion())


class Counter(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[QEvent.Type] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QPushButton):
            self.kinds.append(event.type())
        return False


window = QWidget()
layout = QVBoxLayout(window)
for number in range(50):
    layout.addWidget(QPushButton(str(number)))
font, palette = QFont(application.font()), QPalette(application.palette())
application.setFont(font)
application.setPalette(palette)
application.setStyleSheet(SHEET)
window.show()
application.processEvents()
counter = Counter()
application.installEventFilter(counter)


def events_after(change) -> int:
    counter.kinds.clear()
    change()
    application.processEvents()
    return sum(kind in {QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange} for kind in counter.kinds)


same_font = events_after(lambda: application.setFont(font))
same_palette = events_after(lambda: application.setPalette(palette))
same_sheet = events_after(lambda: application.setStyleSheet(SHEET))
print(f"50 buttons, change events: same font {same_font}, same palette {same_palette}, same style sheet {same_sheet}")
assert application.styleSheet() == SHEET
assert same_sheet >= 50, "the same style sheet is left alone now"
assert same_font == same_palette == 0, "the same font or palette restyles as well"
print("Seen: an equal style sheet restyles everything; an equal font or palette changes nothing.")
PYTHON
