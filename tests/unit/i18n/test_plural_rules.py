"""The plural rule in each catalogue, beside the one of CLDR."""

import gettext
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.pofile import read_po

CATALOGUES = sorted((Path(__file__).parents[3] / "locale").glob("??/LC_MESSAGES/*.po"))
ORDER = ("zero", "one", "two", "few", "many", "other")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_each_place_holds_the_form_that_translators_tools_put_there(path: Path) -> None:
    tag = path.parent.parent.name
    with path.open("rb") as file:
        rule = read_po(file).mime_headers
    header = dict(rule)["Plural-Forms"]
    place = gettext.c2py(header.partition("plural=")[2].strip("; "))
    forms = Locale(tag).plural_form
    told_apart = [each for each in ORDER if each in {*forms.rules, "other"}]
    assert [told_apart[place(count)] for count in range(1000)] == [forms(count) for count in range(1000)]
