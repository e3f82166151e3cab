#!/usr/bin/env bash
# Babel: a new Arabic catalogue keeps its last two plural forms in the other order than translators' tools do. Babel's place 4 is for 100, 101
# and 102, and 5 for 11 to 99; Translate Toolkit (Weblate, Virtaal) follows the order of CLDR: 4 is "many" (11 to 99), 5 is "other" (100 to 102).
# Persian, Turkish and Hungarian get one form from Babel, where its own CLDR data and the tools tell one from more.
# A translation moved from a file of the one into a file of the other says "eleven people" with the word for a hundred.
# For us: the rule of each language is written into its catalogues by us, in the order of CLDR; a test compares the two.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install Babel==2.18.0 translate-toolkit==3.16.0
"$folder/venv/bin/python" - <<'PYTHON'
import gettext
from importlib.metadata import version

from babel import Locale
from babel.messages.plurals import get_plural
from translate.lang import data

print("Babel", version("Babel"), "Translate Toolkit", version("translate-toolkit"))
counts = (0, 1, 2, 3, 11, 99, 100, 102, 103, 111)
babel = {count: gettext.c2py(get_plural("ar").plural_expr)(count) for count in counts}
tools = {count: gettext.c2py(data.languages["ar"][2])(count) for count in counts}
cldr = {count: Locale("ar").plural_form(count) for count in counts}
for count in counts:
    print(f"{count:4} {cldr[count]:6} Babel {babel[count]}  Toolkit {tools[count]}")
assert {count for count in counts if babel[count] != tools[count]} == {11, 99, 100, 102, 111}
assert (babel[11], tools[11], babel[100], tools[100]) == (5, 4, 4, 5)
single = {}
for tag in ("fa", "tr", "hu"):
    single[tag] = (get_plural(tag).num_plurals, len(Locale(tag).plural_form.rules) + 1, data.languages[tag][1])
    print(tag, "forms: Babel %d, CLDR %d, Toolkit %d" % single[tag])
assert set(single.values()) == {(1, 2, 2)}, single
print("Seen: Arabic 'many' and 'other' have changed places; Persian, Turkish and Hungarian have one form.")
PYTHON
