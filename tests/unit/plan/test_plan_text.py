"""A text of the plan in Dutch and in the person's language: what is translated, what a person said, what is left."""

import pytest

from desktop.i18n.bidi import isolate
from desktop.i18n.catalogue import load_catalogue
from desktop.plan.model import spoken
from desktop.plan.model.plan_text import NO_TEXT, PlanText, RenderedText, fill, free, places

CATALOGUE = {"Ik kom uit ${land}.": "أنا من ${land}.", "Eritrea": "إريتريا", "Ik leer.": "أتعلم."}
COUNTRY = PlanText("Ik kom uit ${land}.", (("land", PlanText("Eritrea")),))


def test_a_text_of_the_house_is_translated_with_what_stands_in_it() -> None:
    shown = COUNTRY.in_other(CATALOGUE.get, rtl=True)
    assert shown == RenderedText(f"أنا من {isolate('إريتريا')}.", translated=True)
    assert COUNTRY.dutch == "Ik kom uit Eritrea."


def test_what_has_no_translation_is_shown_in_dutch_and_says_so() -> None:
    text = PlanText("Ik woon in ${plaats}.", (("plaats", "Haarlem"),))
    assert text.in_other(CATALOGUE.get, rtl=True) == RenderedText("Ik woon in Haarlem.", translated=False)


@pytest.mark.parametrize(
    ("text", "dutch", "other"),
    [
        (free("Ik leer.", "I learn."), "Ik leer.", RenderedText("I learn.", translated=True)),
        (free("Ik leer."), "Ik leer.", RenderedText("Ik leer.", translated=False)),
        (free("", "I learn."), "I learn.", RenderedText("I learn.", translated=True)),
        (free("${land}"), "${land}", RenderedText("${land}", translated=False)),
    ],
)
def test_the_words_of_a_person_are_never_filled_or_looked_up(text: PlanText, dutch: str, other: RenderedText) -> None:
    assert text.dutch == dutch
    assert text.in_other(CATALOGUE.get, rtl=False) == other


def test_a_text_shows_something_when_either_language_does() -> None:
    assert [bool(text) for text in (NO_TEXT, free(""), free("", "I"), free("Ik"))] == [False, False, True, True]


def test_a_place_without_a_value_is_three_dots_and_a_value_is_never_read_again() -> None:
    assert fill("${a}, {b} en ${c}", {"a": "${b}", "b": "2", "c": ""}, rtl=False) == "${b}, 2 en …"
    assert places("${b} {a} ${b} $c") == ("b", "a")


def test_a_value_is_isolated_where_a_direction_turns() -> None:
    assert fill("Naam: ${a}", {"a": "ليلى"}, rtl=False) == f"Naam: {isolate('ليلى')}"
    assert fill("Naam: ${a}", {"a": "Leila"}, rtl=False) == "Naam: Leila"
    assert fill("اسم: ${a}", {"a": "Leila"}, rtl=True) == f"اسم: {isolate('Leila')}"


@pytest.mark.parametrize("tag", ["ar", "ti", "en"])
def test_what_the_screens_say_to_a_person_has_a_translation(tag: str) -> None:
    catalogue = load_catalogue(tag, "plan")
    shown = [spoken.MORNING, spoken.AFTERNOON, spoken.FITS, spoken.YES, spoken.NOT_YET, spoken.WHAT_ELSE]
    for msgid in (*shown, spoken.SIGN_HERE, spoken.READ_ALOUD):
        assert PlanText(msgid).in_other(catalogue.find, rtl=catalogue.language.is_rtl).translated
