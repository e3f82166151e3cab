"""The decision (PIP): what it says of what was filled in, and what keeps it from being issued."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.i18n import load_catalogue
from desktop.plan.derive.derive import derive
from desktop.plan.derive.hours import is_asylum
from desktop.plan.law.deadlines import TermFacts
from desktop.plan.model.frozen_plan import PlanColumns
from desktop.plan.pip.decide import decide, young_children
from desktop.plan.pip.decision import PipDecision, PipDraft
from desktop.plan.pip.frozen_decision import FrozenDecision, freeze_decision, says_the_same
from desktop.plan.region.region_reader import national_region
from protocol.errors import UserError
from tests.unit.plan.case import TODAY, answered, answers, edits, interview
from tests.unit.plan.pip.pip_case import DATED, FILLED, TOWN, basis, decision, missing

COLUMNS = PlanColumns(load_catalogue("nl", "plan").find, load_catalogue("ti", "plan").find, "ti", rtl=False)


def _says(found: PipDecision, key: str) -> list[str]:
    return [text.dutch for part in found.parts if part.key == key for text in part.text]


def test_a_decision_says_what_was_filled_in_each_with_its_article() -> None:
    found = decision()
    assert (found.authority.municipality, found.dated, found.first, found.hours) == (TOWN, DATED, DATED, 900)
    assert (found.route, found.level, found.literacy, found.asylum) == ("B1", "B1", "AA", True)
    assert _says(found, "route") == ["Uw leerroute is de B1-route."]
    assert _says(found, "level") == ["U leert Nederlands tot niveau B1."]
    assert _says(found, "hours")[0] == "Ongeveer 900 uur les in taal en KNM."
    assert _says(found, "hours")[1].startswith("De lessen beginnen op 11-01-2027: 40 weken, 8 dagdelen per week, bij ")
    assert _says(found, "pvt") == ["12 uur. U tekent daarna de participatieverklaring."]
    assert _says(found, "child") == [FILLED["pip/vve/1"]]
    assert _says(found, "talks") == ["5 gesprekken over hoe het gaat."]
    assert _says(found, "participation") == list(found.attachments)
    assert len(found.attachments) == 2
    assert all(part.article for part in (*found.parts, *found.reasons))
    assert [part.key for part in found.reasons] == ["B1", "O", "Z"]
    assert found.objection_date is not None
    assert found.objection_date.day == date(2027, 1, 6)
    assert [day.key for day in found.dates] == ["term_start", "route_change", "extension", "term_end"]
    assert missing() == {}


def test_nothing_is_said_that_was_not_filled_in() -> None:
    empty = decision(dict.fromkeys(FILLED))
    assert {part.key for part in empty.parts} == {"route", "level", "literacy"}
    assert (empty.dated, empty.first, empty.dates, empty.objection_date, empty.hours) == (None, None, (), None, 0)
    none = decision({**dict.fromkeys(FILLED), "route/proposed": None})
    assert (none.parts[0].key, none.route) == ("literacy", None) if none.parts else none.parts == ()


@pytest.mark.parametrize("field", sorted(set(FILLED) - {"pip/explained", "pip/vve/1"}))
def test_each_field_that_is_missing_is_named_and_blocks(field: str) -> None:
    assert missing({field: None}) == {f"pip.lacks_{field.removeprefix('pip/')}": field}


def test_agreements_about_each_young_child_and_how_it_was_explained_are_asked() -> None:
    assert missing({"pip/vve/1": None}) == {"pip.lacks_vve": "pip/vve/1"}
    assert missing({"pip/explained": None}) == {"pip.lacks_explained": "pip/explained"}
    assert young_children(answers(), DATED) == ((1, "Yonas"),)


def test_what_the_person_did_not_answer_is_asked() -> None:
    codes = missing(facts=answered(roepnaam="Selam"))
    assert {"pip.lacks_target_group", "pip.lacks_literacy"} <= codes.keys()
    assert "pip.lacks_route_hours" not in codes


def test_a_plan_that_was_not_weighed_is_not_decided_on() -> None:
    assert "plan.route_not_proposed" in missing({"route/proposed": None})
    assert "plan.route_without_reason" in missing({"route/Z/reason": None})


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"route/proposed": "O"}, "map", "De MAP hoort niet bij de onderwijsroute."),
        ({"route/proposed": "O"}, "route", "Uw leerroute is de onderwijsroute."),
        ({"route/proposed": "Z"}, "self_reliance", "800 uur les in taal en KNM, en een eindgesprek met de gemeente."),
        ({"route/proposed": "Z", "pip/level": "A2"}, "level", "U mag examens Nederlands doen op niveau A2."),
        ({"pip/literacy": "A"}, "literacy", "U krijgt les om te leren lezen en schrijven (alfabetisering A)."),
        ({"pip/literacy": "NVT"}, "literacy", "U hebt geen aparte les in lezen en schrijven nodig."),
        ({"pip/finish_school": "yes"}, "school", "U mag de opleiding die u nu volgt eerst afmaken."),
        (
            {"pip/finish_school": "no"},
            "school",
            "U begint met deze leerroute en wacht niet tot uw opleiding klaar is.",
        ),
        (
            {"pip/participation": None, "pip/no_participation": "yes"},
            "participation",
            "Er zijn nu geen besluiten op grond van de Participatiewet.",
        ),
        ({"pip/exception": "Ziekte"}, "exception", "Ziekte"),
        ({"pip/map_hours": "60"}, "map", "60 uur over acht thema's. Daarna hebt u een eindgesprek met de gemeente."),
    ],
)
def test_what_is_decided_otherwise(changes: dict[str, str | None], key: str, words: str) -> None:
    assert words in _says(decision(changes), key)


def test_the_activities_of_the_self_reliance_route_are_for_asylum_alone() -> None:
    assert len(_says(decision({"route/proposed": "Z"}), "self_reliance")) == 2
    family = answered(doelgroep="gezin", doelgroep_detail="gezinshereniger")
    assert len(_says(decision({"route/proposed": "Z"}, facts=family), "self_reliance")) == 1
    assert not is_asylum(family)
    assert is_asylum(answered(doelgroep="gezin", doelgroep_detail="gezinshereniger_asiel"))


def test_a_route_without_a_start_says_only_its_hours() -> None:
    assert len(_says(decision({"route/proposed": "Z", "route/region": None}), "hours")) in {1, 2}
    found = decision({"route/proposed": "O"}, facts=answered())
    assert len(_says(found, "hours")) >= 1


def test_a_plan_without_a_workbook_of_the_region_promises_no_lessons() -> None:
    fields = {**edits(), **FILLED, "route/region": ""}
    plan = derive(answers(), fields, national_region(interview()), TODAY)
    found = decide(answers(), replace(basis(answers(), {}), plan=plan))
    assert plan.region_route is None
    assert len(_says(found, "hours")) == 1


def test_a_deviation_from_the_test_is_among_the_reasons() -> None:
    found = decision({"route/deviation": "De toets viel op een slechte dag."})
    assert found.reasons[-1].key == "deviation"


def test_the_first_decision_fixes_the_term_and_the_next_does_not_move_it() -> None:
    first = decision()
    later = decision({"pip/dated": "2027-06-01", "pip/sent": "2027-06-01"}, first=first.first)
    assert (later.first, later.dates) == (DATED, first.dates)
    elsewhere = decision(terms=TermFacts(first_plan=date(2026, 5, 4)))
    assert elsewhere.first == date(2026, 5, 4)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"pip/pvt_hours": "11"}, "pip.pvt_too_short"),
        ({"pip/sent": "2026-11-23"}, "pip.sent_too_early"),
    ],
)
def test_what_may_not_be_said(changes: dict[str, str | None], code: str) -> None:
    assert list(missing(changes)) == [code]


def test_a_decision_is_not_dated_before_the_one_before() -> None:
    before = decision({"pip/dated": "2026-12-01", "pip/sent": "2026-12-01"})
    assert list(missing(before=before)) == ["pip.dated_too_early"]


def test_the_route_changes_within_a_year_and_a_half_or_in_a_special_case() -> None:
    before = decision()
    in_time = {"route/proposed": "Z", "pip/dated": "2028-05-25", "pip/sent": "2028-05-25"}
    late = {**in_time, "pip/dated": "2028-05-26", "pip/sent": "2028-05-26"}
    assert "pip.route_change_late" not in missing(in_time, before=before)
    assert missing(late, before=before)["pip.route_change_late"] == "pip/exception"
    assert "pip.route_change_late" not in missing({**late, "pip/exception": "Ziekte"}, before=before)
    assert "pip.route_change_late" not in missing({**late, "pip/dated": None}, before=before)
    assert "pip.route_change_late" not in missing(late, before=replace(before, route=None))
    to_b1 = {**late, "route/proposed": "B1"}
    assert "pip.route_change_late" not in missing(to_b1, before=replace(before, route="O"))


def test_what_is_issued_keeps_every_word_and_is_read_back() -> None:
    made = decision()
    kept = freeze_decision(made, COLUMNS)
    again = kept.decision()
    assert again.parts[0].text[0].dutch == "Uw leerroute is de B1-route."
    assert "B1" in again.parts[0].text[0].other
    assert (again.dated, again.route, again.authority) == (made.dated, made.route, made.authority)
    assert says_the_same(made, again)
    assert says_the_same(made, replace(again, plan_number=3, plan_seal="AB"))
    assert not says_the_same(made, decision({"pip/talks": "4"}))
    assert kept.digest == FrozenDecision("ti", kept.text).digest


@pytest.mark.parametrize("text", ["", "[]", "{", '{"dated": "gisteren"}', '{"parts": 1}', "[" * 100_000])
def test_a_kept_decision_that_is_damaged_says_so(text: str) -> None:
    with pytest.raises(UserError, match=r"pip\.decision_damaged"):
        FrozenDecision("ti", text).decision()


def test_a_draft_may_be_issued_when_nothing_blocks() -> None:
    assert PipDraft(PipDecision(), ()).may_be_issued
    assert edits()["route/proposed"] == "B1"
