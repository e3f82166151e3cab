"""What the documents say, and that nothing gets lost or runs as markup."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import INTAKE_REPORT, SUPPORT_PLAN
from desktop.documents.bilingual import Bilingual
from desktop.documents.plan_data import plan_data
from desktop.documents.printable_text import clean
from desktop.documents.script_styles import type_data
from desktop.documents.typst_compiler import TEMPLATES
from desktop.i18n.bidi import strip_isolates
from desktop.kernel.resources import asset_directory
from desktop.plan.model.plan_text import free
from desktop.plan.model.support_plan import SupportPlan
from tests.examples import examples
from tests.unit.documents.pages import (
    META,
    MOMENT,
    beside_the_paper,
    heights_of,
    pages_of,
    plan_pdf,
    report_pdf,
    texts,
    words_of,
)
from tests.unit.plan.case import TODAY, plan

NL = texts("nl")


def render(changed: SupportPlan, tag: str = "en") -> bytes:
    return SUPPORT_PLAN.pdf(changed, (NL, texts(tag)), META, MOMENT)


@pytest.mark.parametrize("tag", ["ti", "ar", "en"])
def test_both_languages_are_on_the_page(tag: str) -> None:
    told = words_of(plan_pdf(tag))
    for word in ("Ondersteuningsplan", "Luwam", "Yonas", "Taalschool", "OP", "Afspraken", "afspraken"):
        assert told[word] or told[word.lower()], word
    known = [texts(tag).find(msgid) for msgid in ("maandag", "Geld", "Taal", "luisteren", "lezen", "schrijven")]
    assert sum(word is not None and word in told for word in known) >= 3


@pytest.mark.parametrize("tag", ["ti", "ar", "en"])
def test_pages_are_numbered_in_both_languages(tag: str) -> None:
    pages = pages_of(plan_pdf(tag))
    told = strip_isolates(pages[0])
    assert f"pagina 1 van {len(pages)}" in told
    assert not set("§¶{}") & set(told)


def test_dutch_alone_has_one_column() -> None:
    assert "NL" not in words_of(plan_pdf("nl"))
    assert "maandag" in words_of(plan_pdf("nl"))


def test_same_input_and_moment_give_the_same_bytes() -> None:
    for tag in ("ti", "ar"):
        assert render(plan(), tag) == plan_pdf(tag)
    later = SUPPORT_PLAN.pdf(plan(), (NL, texts("ti")), META, MOMENT + timedelta(days=1))
    assert later != plan_pdf("ti")


@pytest.mark.parametrize("tag", ["ti", "ar", "en", "nl"])
def test_the_layout_comes_to_rest(tag: str) -> None:
    import typst

    data = plan_data(plan(), Bilingual(NL, texts(tag)), META)
    moment = {"year": 2026, "month": 11, "day": 22}
    style = type_data(texts(tag).language.script)
    _pages, warnings = typst.compile_with_warnings(
        str(TEMPLATES / "plan.typ"),
        root=str(TEMPLATES),
        font_paths=[str(asset_directory("fonts"))],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**data, "moment": moment, "type": style}, ensure_ascii=False)},
    )
    assert [warning.message for warning in warnings] == []


def test_the_footer_tells_the_real_status_of_the_translation() -> None:
    data = plan_data(plan(), Bilingual(NL, texts("ti")), META)
    doc = data["doc"]
    assert isinstance(doc, dict)
    assert "nog niet nagekeken" in doc["status"]
    reviewed = plan_data(plan(), Bilingual(NL, replace(texts("ti"), status="reviewed")), META)["doc"]
    assert isinstance(reviewed, dict)
    assert reviewed["status"].startswith("Vertaling: nagekeken")


def test_a_text_without_a_translation_shows_its_dutch_with_a_mark() -> None:
    both = Bilingual(NL, texts("ti"))
    pair = both.pair("Deze zin staat in geen enkele catalogus.")
    assert pair["gap"] is True
    assert pair["other"] == [["Deze zin staat in geen enkele catalogus.", True]]
    assert words_of(render(replace(plan(), own_words=free("Nogniemandvertaald.")), "ti"))["Nogniemandvertaald"] == 2


@pytest.mark.parametrize(
    "nasty",
    [
        '#eval("1+1")',
        "+ eerste punt",
        "= kop",
        "- streep",
        "3. drie",
        "*vet* _schuin_ $x$",
        "@ref <label> \\ //x",
        "#sys.inputs",
    ],
)
def test_text_of_people_is_never_markup(nasty: str) -> None:
    changed = SupportPlan(name=nasty, made=TODAY, own_words=free(nasty), feedback=free(f"x {nasty}"))
    told = "".join(pages_of(render(changed)))
    assert strip_isolates(told).replace(" ", "").count(nasty.replace(" ", "")) >= 2


FOOTER, HEADER = 22 * 72 / 25.4, (297 - 24) * 72 / 25.4
"""Where the text of a page ends and begins, in points from its bottom: text outside would be over the footer or cut."""
LONG = 400
"""Words of an answer: more than half a page of them."""
PLACES = ("mening", "verhaal", "reden", "stap", "wens", "keuze", "reactie", "afspraak")


def long_answer(word: str, count: int = LONG) -> str:
    return " ".join(f"{word}{number}" for number in range(count))


@pytest.mark.parametrize("tag", ["ti", "ar", "nl"])
def test_long_answers_are_not_cut_anywhere(tag: str) -> None:
    opinion, tale, reason, step, wish, choice, reaction, agreed = (free(long_answer(word)) for word in PLACES)
    base = plan()
    goal = replace(base.goals[0], why=reason, actions=(replace(base.goals[0].actions[0], text=step),))
    changed = replace(
        base,
        own_words=opinion,
        story=(tale,),
        goals=(goal, *base.goals[1:3]),
        important=(replace(base.important[0], text=wish),),
        routes=(replace(base.routes[0], reason=choice.source), *base.routes[1:]),
        feedback=reaction,
        agreements=(replace(base.agreements[0], text=agreed),),
    )
    data = render(changed, tag)
    told = set(words_of(data))
    for word in PLACES:
        assert {f"{word}{number}" for number in range(LONG)} <= told, word
    heights = heights_of(data, f"({'|'.join(PLACES)})[0-9]")
    assert len(heights) > 100
    assert min(heights) > FOOTER
    assert max(heights) < HEADER


ENDLESS = ("https://www.example.org/" + "x" * 300, "ወልደገብረሂወት" * 12, "بسماللهالرحمن" * 12, "W" * 90)


@pytest.mark.parametrize("word", ENDLESS, ids=["address", "Ethiopic", "Arabic", "wide"])
@pytest.mark.parametrize("tag", ["ti", "ar", "nl"])
def test_no_word_leaves_the_paper(tag: str, word: str) -> None:
    base = plan()
    goal = replace(base.goals[0], why=free(word), actions=(replace(base.goals[0].actions[0], text=free(word)),))
    changed = replace(
        base,
        name=word,
        own_words=free(word),
        story=(free(word),),
        goals=(goal, *base.goals[1:3]),
        routes=(replace(base.routes[0], reason=word), *base.routes[1:]),
    )
    for kind in (SUPPORT_PLAN, INTAKE_REPORT):
        data = kind.pdf(changed, (NL, texts(tag)), META, MOMENT)
        assert beside_the_paper(data) == []


def test_a_long_conclusion_is_not_cut_in_the_report() -> None:
    base = plan()
    changed = replace(base, routes=tuple(replace(weighing, reason=long_answer("keuze")) for weighing in base.routes))
    told = words_of(INTAKE_REPORT.pdf(changed, (NL, texts("ti")), META, MOMENT))
    assert {f"keuze{number}" for number in range(LONG)} <= set(told)


def test_the_report_holds_what_the_law_asks() -> None:
    told = words_of(report_pdf())
    whole = "".join(pages_of(report_pdf()))
    for part in plan().statutory:
        assert part.basis in whole
        if part.done:
            assert f"{part.done:%d-%m-%Y}" in whole
    assert {"Onderwijsroute", "Zelfredzaamheidsroute", "voor", "tegen", "Advies", "Besluit", "Voorkeur"} <= set(told)
    assert f"{plan().test.score}, nodig is {plan().test.needed}" in whole
    for weighing in plan().routes:
        assert weighing.reason.split()[-1].strip(".") in told


def test_an_empty_plan_has_a_document_too() -> None:
    bare = SupportPlan(name="", made=TODAY)
    for tag in ("ti", "ar", "nl"):
        assert render(bare, tag).startswith(b"%PDF")


def test_hidden_direction_marks_and_control_characters_are_taken_out() -> None:
    assert clean("a\u202eb\u200fc\x00d\r\ne\u2212f\tg") == "abcd\ne-f g"


@pytest.mark.parametrize(
    ("text", "set_"),
    [
        ("goed \U0001f600", "goed [teken U+1F600]"),
        ("\u2611\ufe0f klaar", "[teken U+2611] klaar"),
        ("\u10d0\u10dc\u10d0", "[teken U+10D0 U+10DC U+10D0]"),
        ("ሰላም 😊 Sara", "ሰላም [teken U+1F60A] Sara"),
    ],
)
def test_a_letter_that_no_font_has_stands_as_its_code(text: str, set_: str) -> None:
    assert clean(text) == set_


@pytest.mark.parametrize("tag", ["ti", "ar", "nl"])
def test_a_letter_that_no_font_has_is_read_on_paper(tag: str) -> None:
    small = SupportPlan(name="Selam 😊", made=TODAY, own_words=free("blij 🙂", "سعيد 🙂"), story=(free("🙂"),))
    whole = "".join(pages_of(render(small, tag)))
    assert "U+1F60A" in whole
    assert "U+1F642" in whole


@settings(max_examples=examples(25), deadline=None)
@given(st.text(max_size=80), st.sampled_from(["ti", "ar"]))
def test_any_text_is_set(text: str, tag: str) -> None:
    small = SupportPlan(name="N", made=TODAY, own_words=free(text, text), story=(free(text),))
    assert render(small, tag).startswith(b"%PDF")
