import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest
from pyxform.xls2xform import convert

from desktop.services.dossier.form_locale import builtin_intake
from desktop.services.dossier.form_places import own_words_of
from tests.unit.library.workbook import INJECTED, INTERVIEW, PLACE, choices, questions, sheets, with_injected_lists

LEGAL_MINIMUM = {
    "learnability test": "Wet 14 lid 3 a",
    "exemption from the test": "Wet 14 lid 6",
    "education and work there": "Wet 14 lid 3 b",
    "personal circumstances with health": "Wet 14 lid 3 c",
    "early education of the child": "Wet 14 lid 3 d",
    "language level": "Besluit 5.2 lid 1 a",
    "labour participation": "Besluit 5.2 lid 1 b",
    "self-reliance": "Besluit 5.2 lid 1 c",
    "right to talk alone": "Besluit 5.2 lid 2",
    "written down": "Besluit 5.2 lid 3",
}
EVIDENCE = re.compile(r"\[[LGDMPSRCK]\]$")
FORBIDDEN = re.compile(
    r"godsdienst|geloof|religie|kerk|moskee|etni|ras\b|politiek|partij|seksuel|homo|lesbi|asielverhaal|vluchtverhaal"
    r"|waarom bent u gevlucht|gevangen|strafblad|misdrijf|crimine|justitie|verslav|drugs|diagnose|zrm",
    re.IGNORECASE,
)
SECTIONS = [
    *("afspraken", "gegevens", "taal", "gezin"),
    *("opleiding", "werk", "talenten", "wensen", "nederlands", "toets", "digitaal"),
    *("zelf", "geld", "netwerk", "gezondheid", "slot"),
]


@pytest.fixture(scope="module")
def xform() -> str:
    result = convert(with_injected_lists(), file_type=".md", validate=False)
    assert result.warnings == []
    return str(result.xform)


def test_converts_to_a_form_with_the_agreed_identity(xform: str) -> None:
    root = ET.fromstring(xform)  # noqa: S314  # our own converted workbook
    instance = root.find(".//{http://www.w3.org/2002/xforms}instance/*")
    assert instance is not None
    assert (instance.get("id"), instance.get("version"), instance.tag.partition("}")[2]) == (
        "brede_intake",
        "2026.1",
        "intake",
    )


def test_binds_carry_the_legal_tags(xform: str) -> None:
    root = ET.fromstring(xform)  # noqa: S314  # our own converted workbook
    binds = {
        bind.get("nodeset"): bind.get("{https://opmaat.nl/xforms}compartment")
        for bind in root.iter("{http://www.w3.org/2002/xforms}bind")
    }
    assert binds["/intake/nodig/gezondheid"] == "health"
    assert binds["/intake/wie"] == "core"


def test_asks_a_real_interview() -> None:
    assert sum(question.asks for question in questions()) >= 85


def test_sections_stand_in_the_agreed_order() -> None:
    assert list(dict.fromkeys(question.groups[1] for question in questions())) == SECTIONS


def test_names_are_used_once() -> None:
    names = Counter(row.cells["name"] for row in sheets(INTERVIEW)["survey"].rows if "name" in row.cells)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("article", LEGAL_MINIMUM.values(), ids=LEGAL_MINIMUM.keys())
def test_the_legal_minimum_is_asked(article: str) -> None:
    found = [q.name for q in questions() if q.asks and article in q.tags["basis"] and "[L]" in q.tags["basis"]]
    assert found


def test_the_right_to_talk_alone_is_told_as_soon_as_both_understand_each_other() -> None:
    first = [question for question in questions() if question.asks][:4]
    assert [question.name for question in first] == ["tolk_wijze", "tolk_nummer", "tolk_verstaan", "alleen_verteld"]
    assert first[-1].cells["required"] == "yes"


def test_every_question_carries_its_tags() -> None:
    for question in questions():
        assert EVIDENCE.search(question.tags["basis"]), question.name
        if question.asks:
            assert {"compartment", "share", "retention", "moment"} <= set(question.tags), question.name


def test_health_stays_in_its_own_compartment() -> None:
    kept_apart = {question.name for question in questions() if question.tags["compartment"] == "health"}
    section = {question.name for question in questions() if "gezondheid" in question.groups}
    assert kept_apart == section | {"lbt_vrij_grond"}
    assert all(question.tags["share"] == "gemeente" for question in questions() if question.name in kept_apart)
    assert not any("required" in question.cells for question in questions() if question.name in kept_apart)


def test_no_question_outside_health_reads_a_health_answer() -> None:
    health = {question.name for question in questions() if question.tags["compartment"] == "health"}
    for question in questions():
        if question.name not in health:
            assert not health & set(PLACE.findall(" ".join(question.cells.values()))), question.name


def test_references_name_existing_questions() -> None:
    names = {question.name for question in questions()}
    for question in questions():
        assert set(PLACE.findall(" ".join(question.cells.values()))) <= names, question.name


def test_choice_lists_exist_and_are_used() -> None:
    used = {question.list_name for question in questions() if question.list_name}
    assert used - set(INJECTED) == set(choices())


def test_pictogram_questions_show_at_most_six_cards() -> None:
    shown = [question for question in questions() if question.cells.get("appearance") == "pictogram"]
    assert len(shown) >= 10
    for question in shown:
        cards = choices()[question.list_name].values()
        pictograms = [card["pictogram"] for card in cards]
        assert len(pictograms) <= 6
        assert len(set(pictograms)) == len(pictograms), question.name


def test_a_region_and_a_wish_filter_choices() -> None:
    assert sum("choice_filter" in question.cells for question in questions()) >= 2


def test_constraints_say_what_to_do() -> None:
    for question in questions():
        assert ("constraint" in question.cells) == ("constraint_message" in question.cells), question.name
        assert ("required" in question.cells) == ("required_message" in question.cells), question.name


def test_repeats_cover_children_schools_and_jobs() -> None:
    assert {question.repeat for question in questions() if question.repeat} == {"kind", "school", "baan"}


def test_most_questions_say_why_they_are_asked() -> None:
    asked = [question for question in questions() if question.asks]
    assert sum("guidance_hint" in question.cells for question in asked) * 2 > len(asked)


def test_language_is_short_and_polite() -> None:
    for question in questions():
        label = question.cells.get("label", "")
        assert len(PLACE.sub("", label)) <= 60, label
        assert not re.search(r"\b(je|jij|jouw)\b", label), label


def test_forbidden_topics_are_absent() -> None:
    texts = [text for question in questions() for text in question.cells.values()]
    texts += [card["label"] for cards in choices().values() for card in cards.values()]
    assert [text for text in texts if FORBIDDEN.search(text)] == []


def test_what_a_list_of_countries_or_languages_does_not_have_can_be_said_in_words() -> None:
    form = builtin_intake()
    lists = {question.name for question in questions() if question.list_name in INJECTED}
    nodes = {node.name: node.path for node in form.outline().walk() if node.name in lists}
    assert len(nodes) == len(lists) >= 7
    for name, path in nodes.items():
        choice, beside = own_words_of(form, path, ("ti", "other", "mis"))
        assert "" not in (choice, beside), name
        assert form.nodes[beside].tags["compartment"] == form.nodes[path].tags["compartment"]
