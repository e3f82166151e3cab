"""Markdown in labels: what ODK documents, and never more."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms import ODK
from desktop.forms.document.styling import TextLine, TextSpan, plain, read_styled
from desktop.forms.session.session_texts import Role
from tests.unit.forms.forms_for_tests import form_of, hold, same, xform


def pieces(text: str) -> list[TextSpan]:
    return [piece for line in read_styled(text) for piece in line.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**vet**", [TextSpan("vet", bold=True)]),
        ("__vet__", [TextSpan("vet", bold=True)]),
        ("*schuin*", [TextSpan("schuin", italic=True)]),
        ("_schuin_", [TextSpan("schuin", italic=True)]),
        ("***beide***", [TextSpan("beide", bold=True, italic=True)]),
        ("**a *b* c**", [TextSpan("a ", bold=True), TextSpan("b", bold=True, italic=True), TextSpan(" c", bold=True)]),
        ("[uitleg](https://duo.nl/a_b_c)", [TextSpan("uitleg", link="https://duo.nl/a_b_c")]),
        (
            'Een <span style="color:red">rood</span> woord',
            [TextSpan("Een "), TextSpan("rood", colour="red"), TextSpan(" woord")],
        ),
        ("<span style='COLOR: #0a0; font-family: serif'>x</span>", [TextSpan("x", colour="#0a0", family="serif")]),
        ("\\*geen\\* \\_nadruk\\_ \\\\ \\# \\[", [TextSpan("*geen* _nadruk_ \\ # [")]),
    ],
)
def test_styles_of_odk(text: str, expected: list[TextSpan]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("gewoon", "5 * 3 = 15", "snake_case_naam", "**", "* *", "**open", "*over\nregels*", "#geenkop", "a # b"),
        *("<b>vet</b>", "<script>alert(1)</script>", '<img src="x">', "<span onclick='x'>a", "</span>", "a < b"),
        *("[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](${adres})", "[]()", "${a_b} en ${c_d}"),
    ],
)
def test_everything_else_is_text_as_it_was_written(text: str) -> None:
    assert read_styled(text) == ()


def test_a_heading_is_a_line_and_lines_break() -> None:
    assert read_styled("## Kop\ntekst<br>meer") == (
        TextLine((TextSpan("Kop"),), heading=2),
        TextLine((TextSpan("tekst"),)),
        TextLine((TextSpan("meer"),)),
    )
    assert read_styled("\\# geen kop") == (TextLine((TextSpan("# geen kop"),)),)
    assert read_styled('# <span style="color:purple">Kop</span>') == (TextLine((TextSpan("Kop", colour="purple"),), 1),)


def test_a_paragraph_may_be_centred() -> None:
    assert read_styled('<p style="text-align:center">Midden</p>') == (TextLine((TextSpan("Midden"),), align="center"),)


def test_a_colour_that_is_none_is_left_out() -> None:
    assert pieces("<span style='color:url(x)'>a</span>") == [TextSpan("a")]


def test_plain_text_says_where_a_link_goes() -> None:
    assert plain(read_styled("Zie **[DUO](https://duo.nl)**.")) == "Zie DUO (https://duo.nl)."


MARKS = st.text(st.sampled_from("ab *_#[]()<>\\\n$`{}\"'=/:;-") | st.characters(), max_size=60)
TAGS = st.lists(
    st.sampled_from(["**", "*", "_", "__", "<span style='color:red'>", "</span>", "\n", "# ", "a", " ", "${n}", "<p>"]),
    max_size=40,
).map("".join)


@given(MARKS | TAGS)
def test_no_input_is_refused_and_no_letter_is_lost(text: str) -> None:
    read = plain(read_styled(text)) if read_styled(text) else text
    letters = [each for each in text if each in string.ascii_letters]
    tags = {"<span", "style", "color", "red", "</span", "<br", "<p", "</p"}
    if not any(tag in text for tag in tags):
        assert [each for each in read if each in string.ascii_letters] == letters


@given(MARKS | TAGS)
def test_reading_the_plain_text_of_escaped_markdown_gives_the_text_back(text: str) -> None:
    escaped = "".join(f"\\{each}" if each in string.punctuation and each != "$" else each for each in text)
    assert (plain(read_styled(escaped)) or escaped) == text


def test_a_long_text_of_marks_is_read_in_one_pass() -> None:
    many = 20_000
    for text in (" *a" * many + "a** " * many, "[a" * many, "<span>" * many, '<span style="a' * many, "${" * many):
        assert plain(read_styled(text)) or read_styled(text) == ()


GREETING = """
| survey |
| | type | name | label | hint |
| | text | naam | Hoe heet u? | |
| | note | groet | Dag **${naam}**, welkom. | _Zonder_ haast |
| | select_one kleur | kleur | Welke? | |
| choices |
| | list_name | name | label |
| | kleur | r | <span style="color:red">Rood</span> |
"""


def test_a_value_filled_in_is_never_taken_for_markdown() -> None:
    session = hold(form_of(GREETING))
    session.answer("/data/naam", "*Ami_na_*</span><script>")
    text = session.text("/data/groet", "label", same, "nl")
    assert text.text == "Dag *Ami_na_*</span><script>, welkom."
    assert text.styled == (
        TextLine((TextSpan("Dag "), TextSpan("*Ami_na_*</span><script>", bold=True), TextSpan(", welkom."))),
    )


def test_hints_choices_and_translations_are_plain_to_read() -> None:
    session = hold(form_of(GREETING))
    assert session.text("/data/groet", "hint", same, "nl").text == "Zonder haast"
    assert session.choices("/data/kleur", same, "nl")[0].text == "Rood"
    english = session.text("/data/groet", "hint", {"_Zonder_ haast": "No *hurry*"}.get, "en")
    assert (english.text, english.styled[0].pieces[1]) == ("No hurry", TextSpan("hurry", italic=True))


def test_in_the_manner_of_odk_texts_are_as_written() -> None:
    session = hold(form_of(GREETING), conventions=ODK)
    assert session.text("/data/groet", "hint").text == "_Zonder_ haast"


FORMS = """
<itext><translation lang="nl"><text id="/data/a:label"><value>Wat?</value><value form="long">Wat precies?</value>
<value form="short">Wat</value><value form="image">jr://images/nl.png</value><value form="audio">jr://audio/nl.mp3</value>
<value form="video">jr://video/nl.mp4</value><value form="big-image">jr://images/groot.png</value></text>
<text id="/data/a:hint"><value>Kijk.</value><value form="guidance">Want.</value></text>
<text id="x"><value>Iks</value><value form="audio">jr://audio/x.mp3</value></text></translation>
<translation lang="en"><text id="/data/a:label"><value>What?</value><value form="image">jr://images/en.png</value></text>
<text id="x"><value>Eks</value><value form="image">jr://images/x.png</value></text></translation></itext>
<instance><data id="d"><a/></data></instance>
"""
ASKED = """<select1 ref="/data/a"><label ref="jr:itext('/data/a:label')"/><hint ref="jr:itext('/data/a:hint')"/>
<item><label ref="jr:itext('x')"/><value>x</value></item></select1>"""
ROLES: tuple[Role, ...] = (
    *("label", "hint", "guidance"),
    *("long", "short", "image", "audio", "video", "big-image"),
)


def test_every_form_of_a_text_is_within_reach_in_each_language() -> None:
    session = hold(xform(FORMS, ASKED))
    assert [session.text("/data/a", role, same, "nl").text for role in ROLES] == [
        *("Wat?", "Kijk.", "Want."),
        *("Wat precies?", "Wat", "nl.png", "nl.mp3", "nl.mp4", "groot.png"),
    ]
    assert session.text("/data/a", "label", same, "en").text == "What?"
    assert session.text("/data/a", "image", same, "en").text == "en.png"


def test_a_form_that_a_language_lacks_comes_from_the_default_one_and_is_marked() -> None:
    text = hold(xform(FORMS, ASKED)).text("/data/a", "audio", same, "en")
    assert (text.text, text.translated) == ("nl.mp3", False)


def test_a_choice_names_its_picture_and_its_sound() -> None:
    session = hold(xform(FORMS, ASKED))
    dutch, english = (session.choices("/data/a", same, tag)[0] for tag in ("nl", "en"))
    assert (dutch.text, dutch.image, dutch.forms) == ("Iks", None, {"audio": "x.mp3"})
    assert (english.text, english.image, english.forms) == ("Eks", "x.png", {})
