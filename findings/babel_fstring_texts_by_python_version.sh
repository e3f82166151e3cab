#!/usr/bin/env bash
# Babel 2.18 extracts a text that is looked up inside an f-string only when it runs on Python 3.12 or later.
# Before 3.12 the tokenizer hands over an f-string as one string, so the call in it is never seen: no warning, no entry.
# Updating a catalogue on Python 3.11 then drops the translation that somebody made on 3.12.
# For us: a test reads every source by its syntax tree and fails when a text of a screen is missing from the catalogue.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install Babel==2.18.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys
from importlib.metadata import version

from babel.messages.extract import extract_python

SOURCE = b"""title = _('Beside')
line = f"{_('Inside')} {count}"
"""
texts = [text for _, _, text, _ in extract_python(io.BytesIO(SOURCE), ["_"], [], {})]
print("Babel", version("babel"), "Python", sys.version.split()[0], "extracted:", texts)
expected = ["Beside", "Inside"] if sys.version_info >= (3, 12) else ["Beside"]
assert texts == expected, "the f-string is read differently now"
print("Seen: the text inside the f-string is", "found" if "Inside" in texts else "left out without a word", "on this Python.")
PYTHON
