"""Which language a browser gets, and how days and sizes are written in it."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.messages.pofile import read_po

from server.web import formats
from server.web.texts import PageLanguages
from tests.places import ROOT

LANGUAGES = PageLanguages()
ASKED = re.compile(r"""(?:\btext|\bN_|\bplural)\(\s*"([^"]+)\"""")


@pytest.mark.parametrize(
    ("asked", "tag"),
    [
        ("", "nl"),
        ("nl-NL,nl;q=0.9,en;q=0.8", "nl"),
        ("en-GB,en;q=0.9,nl;q=0.8", "en"),
        ("ti,ar;q=0.9", "nl"),
        ("de,en;q=0.5", "en"),
        ("nl;q=0,en", "en"),
        ("en;q=0.1,nl;q=0.2", "nl"),
        ("en;q=much", "nl"),
        ("*", "nl"),
        (";;;,,,=" * 1000, "nl"),
    ],
)
def test_dutch_comes_first_unless_a_browser_asks_for_english(asked: str, tag: str) -> None:
    assert LANGUAGES.choose(asked).tag == tag


def test_every_text_is_there_in_dutch_and_was_read_by_somebody() -> None:
    with (ROOT / "locale/nl/LC_MESSAGES/server.po").open("rb") as stream:
        entries = [message for message in read_po(stream, locale="nl") if message.id]
    known = {each for entry in entries for each in ([entry.id] if isinstance(entry.id, str) else entry.id)}
    sources = [*(ROOT / "server/web").glob("*.py"), *(ROOT / "server/web/templates").glob("*.html")]
    asked = [each for path in sources for each in ASKED.findall(path.read_text("utf-8"))]

    assert [entry.id for entry in entries if entry.fuzzy or not entry.string] == []
    assert len(asked) > 150
    assert [each for each in asked if each not in known] == []


def test_days_are_said_as_people_say_them() -> None:
    dutch, english = LANGUAGES.choose("nl"), LANGUAGES.choose("en")
    noon = datetime(2026, 11, 24, 11, tzinfo=UTC)
    today = noon.astimezone().date()

    assert formats.day(dutch, noon, today) == "vandaag"
    assert formats.day(english, noon - timedelta(days=1), today) == "yesterday"
    assert formats.day(dutch, noon - timedelta(days=21), today) == "3 nov"
    assert formats.day(dutch, noon, date(2027, 3, 1)) == "24 nov 2026"
    assert formats.full(dutch, noon).startswith("dinsdag 24 november, ")
    assert formats.day_and_hour(dutch, noon, today).startswith("vandaag ")


def test_sizes_are_short() -> None:
    dutch = LANGUAGES.choose("nl")
    octets = (0, 999, 1200, 38_000_000_000, 2_000_000_000_000_000)

    assert [formats.size(dutch, each).replace("\N{NO-BREAK SPACE}", " ") for each in octets] == [
        "0 B",
        "999 B",
        "1,2 kB",
        "38 GB",
        "2000 TB",
    ]
