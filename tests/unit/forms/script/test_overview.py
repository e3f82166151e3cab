"""A form as its writer looks at it."""

import pytest

from desktop.forms.script.overview import OverviewLanguage, OverviewRow, overview_of, own_languages
from desktop.i18n import load_catalogue
from tests.content import intake
from tests.unit.forms.forms_for_tests import form_of, xform

HOUSE = """
| survey |
| | type | name | label | hint | relevant | constraint | constraint_message | calculation | choice_filter | repeat_count | bind::opmaat:share |
| | begin_group | huis | Huis | | | | | | | | azc gemeente |
| | select_one soort | soort | **Welk** huis? | Kijk rond. |
| | integer | kamers | Hoeveel? | | ${soort} != '' | . < 20 and . > 0 | Minder dan 20. | | | | azc |
| | begin_repeat | kamer | Kamer | | | | | | | ${kamers} |
| | text | naam | Naam van ${soort} |
| | text | kleur | Kleur | | ${naam} = 'bad' |
| | end_repeat |
| | calculate | aantal | | | | | | count(${kamer}) |
| | select_one plek | plek | Waar? | | | | | | bij = ${soort} |
| | end_group |
| choices |
| | list_name | name | label | bij |
| | soort | flat | Flat |
| | soort | boot | Boot |
| | plek | kade | Kade | boot |
"""  # noqa: E501  # a table
WORDS = {"**Welk** huis?": "Which *house*?", "Flat": "Apartment", "Huis": "House"}


@pytest.fixture(scope="module")
def entries() -> dict[str, OverviewRow]:
    found = overview_of(form_of(HOUSE), [OverviewLanguage("nl"), OverviewLanguage("en", WORDS.get)])
    return {entry.node.name: entry for entry in found}


def test_every_node_comes_once_in_order_with_numbered_sections(entries: dict[str, OverviewRow]) -> None:
    assert [(entry.number, name, entry.section) for name, entry in entries.items()] == [
        ("1", "huis", ""),
        ("", "soort", "1"),
        ("", "kamers", "1"),
        ("1.1", "kamer", "1"),
        ("", "naam", "1.1"),
        ("", "kleur", "1.1"),
        ("", "aantal", "1"),
        ("", "plek", "1"),
    ]


def test_texts_come_in_each_language_and_plain(entries: dict[str, OverviewRow]) -> None:
    assert entries["soort"].texts == {
        "label": {"nl": "Welk huis?", "en": "Which house?"},
        "hint": {"nl": "Kijk rond.", "en": None},
    }
    assert entries["naam"].texts["label"]["nl"] == "Naam van ${soort}"


def test_what_is_missing_is_named(entries: dict[str, OverviewRow]) -> None:
    assert entries["soort"].missing == (("hint", "en"), ("boot", "en"))
    assert entries["huis"].missing == ()


def test_expressions_read_as_in_the_workbook(entries: dict[str, OverviewRow]) -> None:
    assert entries["kamers"].rules == {"relevant": "${soort} != ''", "constraint": ". < 20 and . > 0"}
    assert entries["kleur"].rules == {"relevant": "${naam} = 'bad'"}
    assert entries["aantal"].rules == {"calculate": "count(${kamer})"}
    assert entries["plek"].rules == {"filter": "bij = ${soort}"}
    assert entries["kamer"].rules == {"count": "${kamers}"}


def test_choices_come_whole_whatever_the_filter(entries: dict[str, OverviewRow]) -> None:
    assert [(each.value, each.words["nl"]) for each in entries["plek"].options] == [("kade", "Kade")]
    assert [each.words["en"] for each in entries["soort"].options] == ["Apartment", None]


def test_a_label_is_told_where_it_is_given(entries: dict[str, OverviewRow]) -> None:
    assert entries["huis"].tags == {"share": "azc gemeente"}
    assert (entries["soort"].tags, entries["kamers"].tags) == ({}, {"share": "azc"})


def test_choices_written_in_the_body_and_languages_of_the_form() -> None:
    form = xform(
        "<itext><translation lang='Nederlands (nl)' default='true()'>"
        "<text id='l'><value>Ja?</value></text></translation>"
        "<translation lang='en'><text id='l'><value>-</value></text></translation></itext>"
        "<instance><data id='d'><a/></data></instance>",
        "<select1 ref='/data/a'><label ref=\"jr:itext('l')\"/><item><label>Ja</label><value>j</value></item></select1>",
    )
    assert own_languages(form) == ("nl", "en")
    entry = overview_of(form, [OverviewLanguage("nl"), OverviewLanguage("en")])[0]
    assert entry.texts == {"label": {"nl": "Ja?", "en": None}}
    assert [(each.value, each.words["nl"]) for each in entry.options] == [("j", "Ja")]


def test_choices_with_texts_in_the_languages_of_the_form() -> None:
    form = xform(
        "<itext><translation lang='nl' default='true()'><text id='j'><value>**Ja**</value></text></translation>"
        "<translation lang='en'><text id='j'><value>Yes</value></text></translation></itext>"
        "<instance><data id='d'><a/></data></instance>",
        "<group><label>Over u</label><select1 ref='/data/a'><label>A</label>"
        "<item><label ref=\"jr:itext('j')\"/><value>j</value></item>"
        "<item><label ref=\"jr:itext('gone')\"/><value>g</value></item></select1></group>",
    )
    (entry,) = overview_of(form, [OverviewLanguage("nl"), OverviewLanguage("en"), OverviewLanguage("ar", WORDS.get)])
    assert [(each.value, each.words) for each in entry.options] == [
        ("j", {"nl": "Ja", "en": "Yes", "ar": None}),
        ("g", {"nl": None, "en": None, "ar": None}),
    ]


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_the_intake_lacks_no_text_in_any_language(tag: str) -> None:
    entries = overview_of(intake(), [OverviewLanguage(tag, load_catalogue(tag, "intake").find)])
    assert [(entry.node.name, entry.missing) for entry in entries if entry.missing] == []
    assert sum(entry.node.kind == "question" for entry in entries) == 197


def test_choices_that_only_answers_make_are_not_listed() -> None:
    form = form_of("""
| survey |
| | type | name | label |
| | begin_repeat | r | Rij |
| | text | naam | Naam |
| | end_repeat |
| | select_one ${naam} | kies | Kies |
""")
    *_, chosen = overview_of(form, [OverviewLanguage("nl")])
    assert (chosen.options, chosen.rules["filter"]) == ((), "./naam != ''")
