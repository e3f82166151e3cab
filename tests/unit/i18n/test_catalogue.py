from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from desktop.i18n import LANGUAGES, country_names, isolate, language, language_names, load_catalogue, nationality_names
from desktop.i18n.bidi import strip_isolates
from desktop.i18n.catalogue import STATUS_ENTRY
from desktop.kernel.in_context import InContext
from protocol.errors import EnvironmentProblem, UserError


def _compiled(directory: Path, tag: str, texts: dict[str, str], status: str | None = None) -> None:
    catalogue = Catalog(locale=tag, fuzzy=False)
    for msgid, translation in texts.items():
        catalogue.add(msgid, translation)
    if status:
        context, msgid = STATUS_ENTRY
        catalogue.add(msgid, status, context=context)
    path = directory / tag / "LC_MESSAGES" / "intake.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as stream:
        write_mo(stream, catalogue)


@pytest.mark.parametrize("which", LANGUAGES, ids=lambda item: item.tag)
def test_direction_of_the_tag_agrees_with_cldr(which: object) -> None:
    tag = getattr(which, "tag", "")
    assert language(tag).direction == Locale.parse(tag).text_direction.replace("left-to-right", "ltr").replace(
        "right-to-left", "rtl"
    )


def test_source_language_returns_its_msgids() -> None:
    catalogue = load_catalogue("nl", "intake")
    assert catalogue.text("Hoe heet u?") == "Hoe heet u?"
    assert catalogue.status == "source"


def test_missing_translation_is_told_apart_from_one_equal_to_its_source(tmp_path: Path) -> None:
    _compiled(tmp_path, "en", {"PIP": "PIP", "Hoe heet u?": "What is your name?"})
    catalogue = load_catalogue("en", "intake", tmp_path)
    assert catalogue.find("PIP") == "PIP"
    assert catalogue.find("Hoe heet u?") == "What is your name?"
    assert catalogue.find("Waar woont u?") is None
    assert catalogue.text("Waar woont u?") == "Waar woont u?"


def test_a_choice_is_found_in_its_context_and_else_as_the_words_that_it_is() -> None:
    arabic = load_catalogue("ar", "intake")
    learning, talk = InContext("Alleen", "leren/alleen"), InContext("Alleen", "gesprek_vorm/alleen")
    assert arabic.find(learning) != arabic.find(talk)
    assert arabic.find(InContext("Wat is uw V-nummer?", "nowhere/x")) == arabic.find("Wat is uw V-nummer?")
    assert load_catalogue("nl", "intake").find(learning) == "Alleen"


def test_a_translation_is_machine_drafted_until_its_header_says_reviewed(tmp_path: Path) -> None:
    _compiled(tmp_path / "a", "en", {"ja": "yes"})
    _compiled(tmp_path / "b", "en", {"ja": "yes"}, status="reviewed")
    assert load_catalogue("en", "intake", tmp_path / "a").status == "machine-drafted"
    assert load_catalogue("en", "intake", tmp_path / "b").status == "reviewed"


def test_values_are_filled_isolated_in_right_to_left_text_and_never_interpreted(tmp_path: Path) -> None:
    _compiled(tmp_path, "ar", {"Vraag {n} van {m}": "السؤال {n} من {m}"})
    arabic = load_catalogue("ar", "intake", tmp_path)
    filled = arabic.text("Vraag {n} van {m}", n=3, m="{n}")
    assert strip_isolates(filled) == "السؤال 3 من {n}"
    assert "\u20663\u2069" in filled
    dutch = load_catalogue("nl", "intake")
    assert dutch.text("{wie} is hier", wie="Yonas") == "Yonas is hier"
    assert dutch.text("{wie} is hier", wie="سلام") == f"{isolate('سلام')} is hier"
    assert dutch.text("{wie.__class__} {nooit}", wie="x") == "{wie.__class__} {nooit}"


def test_what_a_person_wrote_is_isolated_line_by_line_where_its_direction_may_differ(tmp_path: Path) -> None:
    _compiled(tmp_path, "ar", {"ja": "نعم"})
    arabic, dutch = load_catalogue("ar", "intake", tmp_path), load_catalogue("nl", "intake")
    assert arabic.authored("Bel mij!\n(Om 14:00?)") == "\u2066Bel mij!\u2069\n\u2066(Om 14:00?)\u2069"
    assert dutch.authored("Bel mij!\n(Om 14:00?)") == "Bel mij!\n(Om 14:00?)"
    assert dutch.authored("سلام!") == "\u2068سلام!\u2069"
    assert arabic.text("{a}", a="Bel!\nNu") == "\u2066Bel!\u2069\n\u2066Nu\u2069"


def test_catalogues_that_are_absent_or_damaged_have_their_own_code(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"language\.catalogue_missing"):
        load_catalogue("ar", "intake", tmp_path)
    broken = tmp_path / "ar" / "LC_MESSAGES" / "intake.mo"
    broken.parent.mkdir(parents=True)
    for content in (b"", b"\x95\x04\x12\xde", b"\xde\x12\x04\x95" + b"\xff" * 40, b"not a catalogue at all"):
        broken.write_bytes(content)
        with pytest.raises(EnvironmentProblem, match=r"language\.catalogue_broken"):
            load_catalogue("ar", "intake", tmp_path)


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UserError, match=r"language\.unknown"):
        language("xx")


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_countries_and_languages_have_names_in_every_language(tag: str) -> None:
    countries, languages = country_names(tag), language_names(tag)
    assert {"ER", "SY", "NL", "AF", "TR"} <= set(countries)
    assert {"ti", "ar", "fa_AF", "ckb", "so"} <= set(languages)
    assert all(countries.values())
    assert all(languages.values())


@pytest.mark.parametrize("tag", [each.tag for each in LANGUAGES])
def test_kurmanji_is_not_named_after_a_country_and_no_code_stands_for_a_name(tag: str) -> None:
    names = language_names(tag)
    assert "kmr" in names
    assert not any(country in names["kmr"] for country in country_names(tag).values())
    assert [code for code, name in names.items() if name == code] == []


@pytest.mark.parametrize("tag", [each.tag for each in LANGUAGES])
def test_who_has_no_nationality_finds_an_answer_before_the_countries(tag: str) -> None:
    first, second, *countries = nationality_names(tag)
    assert (first, second) == ("staatloos", "onbekend")
    assert countries == list(country_names(tag))
