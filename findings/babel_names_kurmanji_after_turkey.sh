#!/usr/bin/env bash
# Babel: the tag of Kurmanji, `kmr`, is read as Kurdish of Turkey. `Locale.parse("kmr")` gives `ku_TR`, whose Dutch name is "Koerdisch (Turkije)",
# while the list of language names has no entry for `kmr` in any of our languages. The only name at hand for the mother tongue of a Kurd from
# Syria is that of another country, while Central Kurdish has an entry of its own. Kunama and Hazaragi have no name anywhere, Turoyo none in Tigrinya.
# For us: the interview names these languages itself (desktop/i18n/formatting.py), and a test looks that no name has a country in it.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install Babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from babel import Locale, UnknownLocaleError

print("Babel", version("Babel"))
kurmanji = Locale.parse("kmr")
print("kmr is read as", kurmanji, "and called", kurmanji.get_display_name("nl"), "/", kurmanji.get_display_name("en"))
assert str(kurmanji) == "ku_TR"
assert kurmanji.get_display_name("nl") == "Koerdisch (Turkije)"
named = {tag: Locale(tag).languages.get("kmr") for tag in ("nl", "en", "ar", "ti", "fa", "tr")}
print("entries for kmr:", named)
assert set(named.values()) == {None}
assert Locale("nl").languages["ckb"] == "Soranî"
for tag in ("kun", "haz"):
    try:
        Locale.parse(tag)
    except UnknownLocaleError:
        print(tag, "is unknown")
    else:
        raise AssertionError(tag)
assert "tru" in Locale("nl").languages
assert "tru" not in Locale("ti").languages
print("Seen: Kurmanji can only be named after Turkey; Kunama and Hazaragi not at all; Turoyo not in Tigrinya.")
PYTHON
