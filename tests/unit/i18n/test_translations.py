"""The catalogues themselves: complete, marked, and with every place filled."""

import re
from pathlib import Path
from typing import cast

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from desktop.i18n.catalogue import SOURCE_LANGUAGE, Domain, load_catalogue
from tests import places

LOCALE = places.ROOT / "locale"
FILES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
OURS = [path for path in FILES if path.stem in SOURCE_LANGUAGE]
"""Without the one of the server, which reads its own."""

_PLACE = re.compile(r"\$?\{[a-z_][a-z0-9_]*\}")


def _catalogue(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parts[-3], abort_invalid=True)


def _texts(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, tuple | list) else [str(value or "")]


def _entries(path: Path) -> list[Message]:
    return [message for message in _catalogue(path) if message.id]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_text_is_translated(path: Path) -> None:
    assert [message.id for message in _entries(path) if not all(_texts(message.string))] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_translations_have_the_places_of_their_source(path: Path) -> None:
    wrong = []
    for message in _entries(path):
        wanted = set(_PLACE.findall(_texts(message.id)[-1]))
        for text in _texts(message.string):
            found = set(_PLACE.findall(text))
            if found - wanted or (wanted - found and not isinstance(message.id, tuple | list)):
                wrong.append(message.id)
    assert wrong == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_a_compiled_catalogue_says_whether_a_native_reader_has_seen_all_of_it(path: Path) -> None:
    drafted = any(message.fuzzy for message in _entries(path))
    loaded = load_catalogue(path.parts[-3], cast("Domain", path.stem))
    assert loaded.status == ("machine-drafted" if drafted else "reviewed")


@pytest.mark.parametrize("tag", ["ar", "ti"])
def test_translations_are_written_in_the_script_of_their_language(tag: str) -> None:
    letters = {"ar": r"[\u0600-\u06ff]", "ti": r"[\u1200-\u137f]"}[tag]
    kept = re.compile(r"[A-Z0-9][A-Za-z0-9 .()\-]*|[${}a-z_ –]+|\d.*")
    for path in sorted((LOCALE / tag / "LC_MESSAGES").glob("*.po")):
        strangers = [
            text
            for message in _entries(path)
            for text in _texts(message.string)
            if text and not re.search(letters, text) and not kept.fullmatch(text)
        ]
        assert strangers == [], path.stem
