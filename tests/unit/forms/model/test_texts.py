import pytest

from desktop.forms import ODK, Choice, Session
from tests.unit.forms.forms_for_tests import form_of, hold, same

ONE_LANGUAGE = """
| survey |
| | type | name | label | hint | guidance_hint | constraint | constraint_message | choice_filter |
| | text | naam | Hoe heet u? | Uw roepnaam. | Zo spreken we u goed aan. | . != 'x' | Niet ${naam}. |
| | select_one taal | taal | Welke taal, ${naam}? |
| | select_multiple taal | talen | Welke talen nog meer? |
| | date | komst | Sinds wanneer? |
| | note | brief | Dag ${naam}, u spreekt ${taal} en ${talen} sinds ${komst}. |
| | select_one plaats | plaats | Plaats? | | | | | taal = ${taal} |
| | select_one landen | land | Land? |
| choices |
| | list_name | name | label | pictogram | taal |
| | taal | ti | Tigrinya | book |
| | taal | ar | Arabisch | |
| | plaats | asm | Asmara | | ti |
| | plaats | krt | Khartoem | | ar |
| | plaats | kei | Keren | | ti |
| settings |
| | form_id | name | default_language |
| | t | data | Nederlands (nl) |
"""

TWO_LANGUAGES = """
| survey |
| | type | name | label::Nederlands (nl) | label::English (en) |
| | text | naam | Hoe heet u? | What is your name? |
| | select_one jn | ja | Bent u ${naam}? | Are you ${naam}? |
| choices |
| | list_name | name | label::Nederlands (nl) | label::English (en) |
| | jn | ja | Ja | Yes |
| settings |
| | form_id | default_language |
| | t | Nederlands (nl) |
"""

ENGLISH = {
    "Hoe heet u?": "What is your name?",
    "Welke taal, ${naam}?": "${naam}, which language?",
    "Dag ${naam}, u spreekt ${taal} en ${talen} sinds ${komst}.": "Since ${komst}, ${naam} speaks ${taal}, ${talen}.",
    "Tigrinya": "Tigrinya",
    "Arabisch": "Arabic",
    "Sinds wanneer?": "Since ${when}?",
}


@pytest.fixture
def session() -> Session:
    return hold(form_of(ONE_LANGUAGE))


def test_a_text_is_looked_up_as_it_is_in_the_workbook(session: Session) -> None:
    session.answer("/data/naam", "Amina")
    text = session.text("/data/taal", "label", ENGLISH.get, "en")
    assert (text.text, text.translated) == ("Amina, which language?", True)


def test_a_text_without_translation_is_the_source_and_says_so(session: Session) -> None:
    text = session.text("/data/naam", "hint", ENGLISH.get, "en")
    assert (text.text, text.translated) == ("Uw roepnaam.", False)


def test_a_translation_with_a_place_of_its_own_is_not_used(session: Session) -> None:
    assert session.text("/data/komst", "label", ENGLISH.get, "en").text == "Sinds wanneer?"


def test_guidance_and_messages_are_texts_too(session: Session) -> None:
    session.answer("/data/naam", "Amina")
    assert session.text("/data/naam", "guidance", same, "nl").text == "Zo spreken we u goed aan."
    assert session.text("/data/naam", "constraint", same, "nl").text == "Niet Amina."
    problem = session.check("/data/naam", "x")
    assert problem is not None
    assert problem.message_source == "Niet ${naam}."


def test_values_read_as_people_read_them(session: Session) -> None:
    for ref, value in {"naam": "Amina", "taal": "ti", "talen": "ti ar", "komst": "2024-02-03"}.items():
        assert session.answer(f"/data/{ref}", value).accepted
    dutch = session.text("/data/brief", "label", same, "nl").text
    assert dutch == "Dag Amina, u spreekt Tigrinya en Tigrinya, Arabisch sinds 03-02-2024."
    english = session.text("/data/brief", "label", ENGLISH.get, "en").text
    assert english == "Since 03-02-2024, Amina speaks Tigrinya, Tigrinya, Arabic."


def test_values_are_isolated_in_a_language_from_right_to_left(session: Session) -> None:
    session.answer("/data/naam", "Amina")
    assert session.text("/data/taal", "label", same, "ar").text == "Welke taal, \u2066Amina\u2069?"


def test_odk_conventions_fill_in_values_as_they_are() -> None:
    session = hold(form_of(ONE_LANGUAGE), conventions=ODK)
    session.answer("/data/taal", "ti")
    assert "u spreekt ti en" in session.text("/data/brief", "label", same, "nl").text


def test_choices_come_in_order_with_their_pictures(session: Session) -> None:
    assert session.choices("/data/taal", ENGLISH.get, "en") == (
        Choice("ti", "Tigrinya", translated=True, image="book"),
        Choice("ar", "Arabic", translated=True),
    )


def test_a_choice_is_translated_in_the_context_of_its_list_and_value(session: Session) -> None:
    asked: list[str] = []

    def listen(text: str) -> str | None:
        asked.append(getattr(text, "context", ""))
        return None

    session.choices("/data/taal", listen, "en")
    assert asked == ["taal/ti", "taal/ar"]


def test_a_filter_shows_what_fits_and_a_hidden_choice_comes_back(session: Session) -> None:
    assert session.choices("/data/plaats", same, "nl") == ()
    session.answer("/data/taal", "ti")
    assert [choice.value for choice in session.choices("/data/plaats", same, "nl")] == ["asm", "kei"]
    assert not session.answer("/data/plaats", "krt").accepted
    session.answer("/data/plaats", "kei")
    session.answer("/data/taal", "ar")
    assert session.state("/data/plaats").value == ""
    session.answer("/data/taal", "ti")
    assert session.state("/data/plaats").value == "kei"


def test_countries_are_named_in_every_language(session: Session) -> None:
    dutch = {choice.value: choice.text for choice in session.choices("/data/land", same, "nl")}
    arabic = {choice.value: choice.text for choice in session.choices("/data/land", ENGLISH.get, "ar")}
    assert dutch["ER"] == "Eritrea"
    assert arabic["ER"] == "إريتريا"
    assert len(dutch) == len(arabic) > 200


def test_what_a_form_adds_to_a_list_of_the_library_is_called_as_it_is_written() -> None:
    text = (
        "| survey |\n| | type | name | label |\n| | select_one landen | land | Land? |\n"
        "| choices |\n| | list_name | name | label |\n| | landen | ER | E. |\n| | landen | xx | Elders |\n"
    )
    choices = hold(form_of(text)).choices("/data/land", {"Elders": "Elsewhere"}.get, "en")
    assert [(choice.value, choice.text) for choice in choices] == [("ER", "Eritrea"), ("xx", "Elsewhere")]


ROWS = """
| survey |
| | type | name | label |
| | note | buiten | Buiten: ${taal} ${jaar} ${oud}. |
| | begin_repeat | kind | Kind |
| | select_one taal | taal | Taal? |
| | integer | jaar | Jaar? |
| | date | oud | Oud? |
| | note | binnen | Binnen: ${taal}. |
| | end_repeat |
| | begin_repeat | kamer | Kamer |
| | note | naast | Naast: ${taal}. |
| | end_repeat |
| choices |
| | list_name | name | label |
| | taal | ti | Tigrinya |
"""


def test_a_choice_is_called_by_its_label_in_its_own_row_and_by_its_value_elsewhere() -> None:
    session = hold(form_of(ROWS))
    child, _ = session.add_repeat("/data/kind")
    room, _ = session.add_repeat("/data/kamer")
    session.answer(f"{child}/taal", "ti")
    session.answer(f"{child}/jaar", "7")
    said = [session.text(ref).text for ref in ("/data/buiten", f"{child}/binnen", f"{room}/naast")]
    assert said == ["Buiten: ti 7 .", "Binnen: Tigrinya.", "Naast: ti."]


@pytest.mark.parametrize("value", ["xx", "ti ar"])
def test_one_choice_is_one_of_the_choices(session: Session, value: str) -> None:
    assert not session.answer("/data/taal", value).accepted


def test_a_multiple_choice_has_each_choice_once(session: Session) -> None:
    assert session.answer("/data/talen", "ar ti").accepted
    assert not session.answer("/data/talen", "ar ar").accepted


def test_a_form_with_languages_of_its_own_keeps_them() -> None:
    session = hold(form_of(TWO_LANGUAGES))
    assert session.form.languages == ("Nederlands (nl)", "English (en)")
    session.answer("/data/naam", "Amina")
    for tag in ("en", "English (en)"):
        text = session.text("/data/ja", "label", lambda _: "wrong", tag)
        assert (text.text, text.translated) == ("Are you Amina?", True)
        assert session.choices("/data/ja", lambda _: "wrong", tag)[0].text == "Yes"


def test_a_language_the_form_lacks_is_translated_from_its_own_text() -> None:
    session = hold(form_of(TWO_LANGUAGES))
    assert session.text("/data/naam", "label", {"Hoe heet u?": "Wie heißt du?"}.get, "de").text == "Wie heißt du?"
    assert not session.text("/data/ja", "label", lambda _: None, "de").translated
