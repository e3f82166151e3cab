import runpy
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from babel.messages.catalog import Catalog

from desktop.kernel.in_context import InContext
from tests import places

_MODULE = runpy.run_path(str(places.ROOT / "packaging" / "packaging_texts.py"))
workbook_texts = cast("Callable[[str], Iterator[str]]", _MODULE["workbook_texts"])
pseudo = cast("Callable[[Catalog, str], Catalog]", _MODULE["pseudo"])

WORKBOOK = """
| survey |
| | type | name | label | hint | relevant |
| | ---- | ---- | ----- | ---- | -------- |
| | text | naam | Hoe heet u? | Uw roepnaam. | true() |
| | note | dank | Dank u, ${naam} \\| tot ziens | | |
| choices |
| | list_name | name | label |
| | jn | ja | Ja |
| | jn2 | ja | Ja |
"""


def test_readable_cells_are_found_once_and_expressions_are_not() -> None:
    assert list(workbook_texts(WORKBOOK)) == ["Hoe heet u?", "Uw roepnaam.", "Dank u, ${naam} | tot ziens", "Ja", "Ja"]


def test_a_choice_stands_in_the_context_of_its_list_and_its_value() -> None:
    found = [(text.context, text) for text in workbook_texts(WORKBOOK) if isinstance(text, InContext)]
    assert found == [("jn/ja", "Ja"), ("jn2/ja", "Ja")]


@pytest.mark.parametrize("tag", ["en_XA", "ar_XB"])
def test_pseudo_texts_keep_their_places(tag: str) -> None:
    template = Catalog()
    template.add("Dag ${naam}, vraag {n}")
    template.add("Alleen", context="leren/alleen")
    template.add(("{n} dag", "{n} dagen"))
    made = pseudo(template, tag)
    single = made.get("Dag ${naam}, vraag {n}")
    assert single is not None
    text = str(single.string)
    assert "${naam}" in text
    assert "{n}" in text
    assert len(text) > len("Dag ${naam}, vraag {n}")
