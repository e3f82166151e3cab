#!/usr/bin/env bash
# Qt: the locales of Syria, Egypt, Iraq and Afghanistan read a whole number in the figures 0-9, and refuse the same number with a decimal:
# "12" is 12, "12.5" and "12,5" are nothing, in QLocale and in the validator of a field. Figures and separator have to be of one script. The two
# sets of Eastern figures do not pass for each other either: what an Arabic keyboard types is no number in Dari and Pashto, and the reverse.
# For us: the fields for numbers and dates turn the figures of any keyboard into 0-9 while they are typed, and ask no locale.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install PySide6-Essentials==6.11.3 shiboken6==6.11.3
QT_QPA_PLATFORM=offscreen "$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from PySide6.QtCore import QLocale
from PySide6.QtGui import QDoubleValidator, QGuiApplication, QValidator

app = QGuiApplication([])
print("Qt", version("PySide6-Essentials"))
typed = {"whole": "12", "point": "12.5", "comma": "12,5", "arabic": "١٢٫٥", "persian": "۱۲٫۵"}
seen = {}
for tag in ("nl_NL", "ti_ER", "ar_SY", "ar_EG", "ckb_IQ", "fa_AF", "ps_AF"):
    place, validator = QLocale(tag), QDoubleValidator()
    validator.setLocale(place)
    read = {name for name, text in typed.items() if place.toDouble(text)[1]}
    passed = {name for name, text in typed.items() if validator.validate(text, 0)[0] == QValidator.State.Acceptable}
    assert read == passed, (tag, read, passed)
    seen[tag] = read
    print(tag, "reads", ", ".join(sorted(read)))
for tag in ("ar_SY", "ar_EG", "ckb_IQ"):
    assert seen[tag] == {"whole", "arabic"}, (tag, seen[tag])
for tag in ("fa_AF", "ps_AF"):
    assert seen[tag] == {"whole", "persian"}, (tag, seen[tag])
assert seen["nl_NL"] == {"whole", "comma"} and seen["ti_ER"] == {"whole", "point"}, seen
print("Seen: whole numbers in 0-9 pass in Arabic, Kurdish, Dari and Pashto; decimals in 0-9 do not.")
PYTHON
