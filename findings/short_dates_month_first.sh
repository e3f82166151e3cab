#!/usr/bin/env bash
# CLDR, seen through Babel and through Qt: the short date of Tigrinya and Oromo is month/day/year with two digits, in Eritrea and Ethiopia too.
# Amharic, of the same country, writes day/month/year, as do all other languages our interviews use. 11 September becomes 9/11/26,
# which everybody at a Dutch table reads as 9 November.
# For us: the short form is never shown; Opmaat writes day-month-year itself, in figures, for everybody at the table.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install Babel==2.18.0 PySide6-Essentials==6.11.3 shiboken6==6.11.3
"$folder/venv/bin/python" - <<'PYTHON'
import datetime
from importlib.metadata import version

from babel.dates import format_date
from PySide6.QtCore import QDate, QLocale

print("Babel", version("babel"), "Qt", version("PySide6-Essentials"))
day = datetime.date(2026, 9, 11)
babel, qt = {}, {}
for tag in ("ti_ER", "ti_ET", "om_ET", "am_ET", "so_SO", "nl_NL"):
    babel[tag] = format_date(day, "short", locale=tag)
    qt[tag] = QLocale(tag).toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)
    print(tag, "Babel", babel[tag], "| Qt", qt[tag])
month_first = {tag for tag in babel if babel[tag].lstrip("0").startswith("9")}
assert month_first == {tag for tag in qt if qt[tag].lstrip("0").startswith("9")}
assert month_first == {"ti_ER", "ti_ET", "om_ET"}, month_first
print("Seen: month first for", ", ".join(sorted(month_first)), "only.")
PYTHON
