#!/usr/bin/env bash
# Qt: QLocale.toCurrencyString(12.5, "€") takes its decimals from the country's own currency, not from the symbol it is given. In the locales of
# Syria, Afghanistan, Iraq, Somalia and Rwanda, whose money is counted in whole units, twelve euros fifty becomes 13 euros. Eritrea, Ethiopia
# and the Netherlands keep the cents. Nothing in the text shows that an amount was rounded. Babel, given the code EUR, keeps the cents everywhere.
# For us: an amount of money is written as it was typed; no locale writes it.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install PySide6-Essentials==6.11.3 shiboken6==6.11.3 Babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import unicodedata
from importlib.metadata import version

from babel.numbers import format_currency
from PySide6.QtCore import QLocale

print("Qt", version("PySide6-Essentials"), "Babel", version("Babel"))


def figures(text: str) -> str:
    """Return the decimal digits of a text, whatever their script."""
    return "".join(str(unicodedata.digit(each)) for each in text if each.isdecimal())


rounded = set()
for tag in ("nl_NL", "ti_ER", "am_ET", "om_ET", "ar_SY", "ar_IQ", "ar_EG", "fa_AF", "ps_AF", "ckb_IQ", "so_SO", "rw_RW"):
    qt, babel = QLocale(tag).toCurrencyString(12.5, "€"), format_currency(12.5, "EUR", locale=tag)
    print(tag, "Qt", figures(qt), "Babel", figures(babel))
    assert figures(babel) == "1250", babel
    if figures(qt) != "1250":
        assert figures(qt) == "13", qt
        rounded.add(tag)
assert rounded == {"ar_SY", "ar_IQ", "fa_AF", "ps_AF", "ckb_IQ", "so_SO", "rw_RW"}, rounded
print("Seen: an amount of 12.50 euros is written as 13 in", ", ".join(sorted(rounded)))
PYTHON
