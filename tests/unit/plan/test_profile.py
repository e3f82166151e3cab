"""What the person told, as sentences: each from the answers there are, none from answers there are not."""

import pytest

from desktop.plan.derive.facts import brief, fill_from, holds
from desktop.plan.derive.profile import (
    competences,
    experience,
    important,
    language_skills,
    own_words,
    self_reliance,
    story,
)
from desktop.plan.model.edits import sort_edits
from desktop.plan.model.plan_text import PlanText
from desktop.plan.region.region_rules import ALWAYS, Condition
from tests.unit.plan.case import answered, blank, interview

NO_EDITS = sort_edits({})
JOB = {"baan_naam": "Brood bakken", "baan_sector": "horeca", "baan_land": "ER", "baan_van": "2010", "baan_tot": "2014"}
UNDATED = {"baan_naam": "Koken", "baan_sector": "horeca", "baan_land": "SD"}


def sentences(**given: object) -> list[str]:
    return [text.dutch for text in story(answered(**given), NO_EDITS)]  # type: ignore[arg-type]  # as `answered`


def test_without_answers_nothing_is_said() -> None:
    facts = blank()
    assert story(facts, NO_EDITS) == ()
    assert (important(facts), competences(facts), experience(facts), language_skills(facts)) == ((), (), (), ())
    assert self_reliance(facts, NO_EDITS) == ()
    assert not own_words(facts, NO_EDITS)


def test_a_job_says_its_years_and_its_country_only_when_both_are_known() -> None:
    assert sentences(gewerkt="ja", baan=[JOB, {"baan_sector": "zorg"}, UNDATED]) == [
        "Ik werkte 4 jaar in Eritrea: Brood bakken.",
        "Ik deed dit werk: Koken.",
    ]


def test_a_job_of_unknown_length_never_lasted_no_years() -> None:
    facts = answered(gewerkt="ja", baan=[{**UNDATED, "baan_van": "2020"}], talent_handen="koken")
    assert [point.text.dutch for point in experience(facts)] == ["Koken: telt als werkervaring."]
    assert [card.evidence.dutch for card in competences(facts)] == ["in mijn werk: Koken"]


def test_a_proof_of_a_job_is_told_and_no_proof_is_not() -> None:
    facts = answered(gewerkt="ja", baan=[{**JOB, "baan_bewijs": "certificaat"}, {**JOB, "baan_bewijs": "niets"}])
    assert [(point.icon, point.text.dutch) for point in experience(facts)] == [
        ("hand", "Brood bakken, 4 jaar. Bewijs: Certificaat of diploma."),
        ("hand", "Brood bakken, 4 jaar: telt als werkervaring."),
    ]


def test_a_school_is_told_with_its_years_when_they_are_known() -> None:
    school = {"school_soort": "basis", "school_afloop": "afgerond"}
    facts = answered(school=[{**school, "school_van": "2000", "school_tot": "2006"}, school, {"school_soort": "basis"}])
    shown = [point.text.dutch for point in experience(facts)]
    assert len(shown) == 2
    assert shown[0].startswith("Basisschool, 6 jaar. ")
    assert shown[1].startswith("Basisschool. ")


def test_going_to_no_school_is_said_in_words() -> None:
    assert sentences(schooljaren="0") == ["Ik ging niet naar school."]
    assert sentences(schooljaren="6") == ["Ik ging 6 jaar naar school."]


def test_a_family_that_is_otherwise_is_not_described() -> None:
    assert sentences(gezinsvorm="alleen") == ["Ik ben hier alleen."]
    assert sentences(gezinsvorm="anders") == []


def test_a_partner_elsewhere_and_a_journey_made_alone_are_said() -> None:
    assert sentences(partner="ja", partner_plek="buitenland") == ["Mijn man, vrouw of partner is in een ander land."]
    assert sentences(partner="ja", partner_plek="hier") == []
    young = sentences(geboren="2004-01-01", alleen_gekomen="ja")
    assert "Ik kwam als kind alleen naar Nederland." in young


def test_the_words_of_the_caseworker_replace_the_whole_story() -> None:
    own = sort_edits({"story": "Zij kan veel.", "story/other": "She can do a lot."})
    (text,) = story(answered(schooljaren="6"), own)
    assert (text.dutch, text.other) == ("Zij kan veel.", "She can do a lot.")


def test_a_talent_is_proved_by_a_job_of_its_sector_or_by_the_talk() -> None:
    facts = answered(
        talent_mensen="uitleggen samenwerken", talent_handen="koken", gewerkt="ja", baan=[JOB], kan_samen="altijd"
    )
    cards = {card.name.dutch: card.evidence.dutch for card in competences(facts)}
    assert "4 jaar: Brood bakken" in cards.values()
    assert cards["Samenwerken"] == "verteld in het gesprek", "named once, as the talent that was chosen"


def test_a_skill_that_always_succeeds_is_a_card_and_another_is_not() -> None:
    shown = competences(answered(kan_op_tijd="altijd", kan_samen="soms"))
    assert [(card.name.dutch, card.evidence.dutch) for card in shown] == [("Op tijd komen", "dat lukt altijd")]


def test_languages_come_with_dutch_first_and_its_day_of_test() -> None:
    facts = answered(
        moedertaal="ti",
        andere_talen="ar nl ti",
        nl_luisteren="a1",
        nl_bron="toets",
        nl_toets_datum="2026-11-03",
        lezen_eigen="vlot",
    )
    dutch, mother, other = language_skills(facts)
    assert (dutch.listening.dutch, dutch.speaking.dutch) == ("A1", "niet gevraagd")
    assert dutch.note.dutch == "toets 03-11-2026"
    assert (mother.listening.dutch, mother.reading.dutch) == ("moedertaal", "Vlot")
    assert (other.speaking.dutch, other.writing.dutch) == ("spreek ik", "niet gevraagd")


def test_without_a_test_dutch_says_how_it_is_known() -> None:
    (dutch,) = language_skills(answered(nl_spreken="a2", nl_bron="gezien"))
    assert dutch.note.dutch == "Dat zag de begeleider"


def test_scores_come_with_the_target_that_was_agreed() -> None:
    found = self_reliance(answered(zr_geld="2", zr_dag="4"), sort_edits({"self_reliance/geld": "3"}))
    assert [(row.domain, row.now, row.target) for row in found] == [("geld", 2, 3), ("dag", 4, 0)]


def test_what_is_typed_stands_before_what_was_answered() -> None:
    facts = answered(gemeente_weten_nl="Ik heb haast.", gemeente_weten="I am in a hurry.", over_1_jaar="Werken.")
    told = own_words(facts, NO_EDITS)
    assert (told.dutch, told.other) == ("Ik heb haast.", "I am in a hurry.")
    assert own_words(facts, sort_edits({"own_words": "Anders."})).dutch == "Anders."
    assert own_words(facts, sort_edits({"own_words/other": "Other."})).other == "Other."
    assert [(point.id, point.text.dutch) for point in important(facts)] == [("year", "Werken.")]


@pytest.mark.parametrize(
    ("expression", "true"),
    [
        ("2 - 2", False),
        ("1 - 2", True),
        ("number('x')", False),
        ("'nee'", True),
        ("''", False),
        ("${schooljaren} > 5", True),
        ("${schooljaren} > 6", False),
        ("${trots}", False),
    ],
)
def test_a_condition_is_true_as_xpath_says(expression: str, true: bool) -> None:  # noqa: FBT001  # a row of the table
    condition = Condition(expression, interview().compile(expression), ())
    assert holds(answered(schooljaren="6"), condition) is true
    assert holds(blank(), ALWAYS)


def test_an_answer_inside_a_sentence_is_as_short_and_small_as_it_reads() -> None:
    facts = answered(nl_spreken="a1", lezen_eigen="vlot", geboorteland="ER", trots="Mijn kind")
    assert fill_from(facts, "Ik spreek ${nl_spreken}.").dutch == "Ik spreek A1."
    assert fill_from(facts, "Ik lees ${lezen_eigen}.").dutch == "Ik lees vlot."
    assert fill_from(facts, "${lezen_eigen}: zo lees ik.").dutch == "Vlot: zo lees ik."
    assert fill_from(facts, "Ik kom uit ${geboorteland}.").dutch == "Ik kom uit Eritrea."
    assert fill_from(facts, "Trots op ${trots}.").dutch == "Trots op Mijn kind."
    assert fill_from(facts, "Ik kan ${wat_helpt}.").dutch == "Ik kan …."
    assert brief(PlanText("Niets")).dutch == "Niets"


def test_work_in_a_country_that_is_not_listed_is_told_with_its_name() -> None:
    job = {
        "baan_naam": "Bakker",
        "baan_land": "other",
        "baan_land_other": "Zomië",
        "baan_van": "2015",
        "baan_tot": "2018",
    }
    told = [line.dutch for line in story(answered(gewerkt="ja", baan=[job]), sort_edits({}))]
    assert "Ik werkte 3 jaar in Zomië: Bakker." in told


def test_two_languages_that_are_not_listed_are_two_languages() -> None:
    facts = answered(moedertaal="mis", andere_talen="ar mis")
    assert len(language_skills(facts)) == 3
