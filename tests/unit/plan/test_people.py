"""The people of a plan: ages of children, who counts, what the panel leaves out; and their week beside the lessons."""

from datetime import date

import pytest

from desktop.plan.derive.people import Child, children, months_between, panel, person_name
from desktop.plan.derive.timetable import child_weeks, clashes, week
from desktop.plan.model.edits import sort_edits
from desktop.plan.model.support_plan import HalfDay
from tests.unit.plan.case import TODAY, answered, blank, plan, region

WEDNESDAY_AFTERNOON = (2, "afternoon")


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (None, ""),
        (0, "0 maanden"),
        (5, "5 maanden"),
        (6, "0,5 jaar"),
        (12, "1 jaar"),
        (30, "2,5 jaar"),
        (47, "3,5 jaar"),
        (48, "4 jaar"),
        (54, "4 jaar"),
    ],
)
def test_an_age_counts_half_years_until_school(months: int | None, words: str) -> None:
    assert Child("Ada", months, "").age == words


def test_a_month_is_whole_when_its_day_comes() -> None:
    assert months_between(date(2024, 1, 31), date(2024, 2, 29)) == 0
    assert months_between(date(2024, 1, 29), date(2024, 2, 29)) == 1
    assert months_between(date(2022, 11, 22), TODAY) == 48


def test_only_children_that_live_here_count_also_without_a_name_or_a_birthday() -> None:
    facts = answered(
        kinderen_aantal="3",
        kind=[
            {"kind_naam": "Ada", "kind_hier": "nee", "kind_geboren": "2020-01-01"},
            {"kind_geboren": "2024-05-20"},
            {"kind_naam": "Cas", "kind_hier": "ja"},
        ],
    )
    family = children(facts, TODAY)
    assert [(child.name, child.months) for child in family] == [("kind 2", 30), ("Cas", None)]
    assert family[1].below_school_age, "of unknown age: a place may be needed"
    shown = {fact.label.dutch: fact.value for fact in panel(facts, TODAY, family)}
    assert shown["Kinderen"] == "kind 2, 2,5 jaar, Cas"


def test_a_child_that_is_not_born_yet_is_no_months_old() -> None:
    facts = answered(kinderen_aantal="1", kind=[{"kind_naam": "Ada", "kind_geboren": "2026-11-20"}])
    assert [child.months for child in children(facts, date(2026, 9, 1))] == [0]


def test_the_panel_leaves_out_what_was_not_answered() -> None:
    assert {fact.label.dutch for fact in panel(blank(), TODAY, ())} == {"Plan gemaakt op"}


def test_an_estimated_birthday_says_so() -> None:
    certain = answered(geboren="1990-11-23")
    estimated = answered(geboren="1990-01-01", geboren_onzeker="geschat")
    shown = [next(fact.value for fact in panel(facts, TODAY, ())) for facts in (certain, estimated)]
    assert shown[0].endswith("(35 jaar)")
    assert not shown[0].startswith("ongeveer")
    assert shown[1].startswith("ongeveer")
    assert shown[1].endswith("(36 jaar)")


@pytest.mark.parametrize(
    ("born", "shown"),
    [("1990-XX-XX", "1990 (35 of 36 jaar)"), ("1990-01-XX", "01-1990 (36 jaar)"), ("2026-XX-XX", "2026 (0 jaar)")],
)
def test_a_day_that_is_unknown_is_shown_as_unknown_with_every_age_it_may_be(born: str, shown: str) -> None:
    facts = answered(geboren=born, geboren_onzeker="dag")
    assert next(fact.value for fact in panel(facts, TODAY, ())) == shown


def test_a_child_of_which_only_the_year_is_known_may_be_either_age() -> None:
    facts = answered(kinderen_aantal="1", kind=[{"kind_naam": "Ada", "kind_geboren": "2022-XX-XX"}])
    (child,) = children(facts, TODAY)
    assert child.age == "3 of 4 jaar"
    assert child.below_school_age, "it may be: a place may be needed"


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"voornamen": "Luwam", "achternaam": "Voorbeeld", "roepnaam": "Lu"}, "Luwam Voorbeeld"),
        ({"achternaam": "Voorbeeld", "roepnaam": "Lu"}, "Voorbeeld"),
        ({"voornamen": "Luwam", "roepnaam": "Lu"}, "Lu"),
        ({"voornamen": "Luwam"}, "Luwam"),
        ({}, ""),
    ],
)
def test_a_name_is_whole_or_what_somebody_is_called(given: dict[str, str], name: str) -> None:
    assert person_name(answered(**given)) == name


def test_a_child_is_where_its_age_allows() -> None:
    route = plan().region_route
    family = (Child("Baby", 15, ""), Child("Peuter", 30, ""), Child("Kleuter", 60, ""), Child("Onbekend", None, ""))
    baby, toddler, pupil, unknown = child_weeks(region(), route, family, sort_edits({}))
    assert "vve" in {half_day.kind for half_day in toddler.half_days}
    assert [half_day.kind for half_day in unknown.half_days] == [half_day.kind for half_day in toddler.half_days]
    assert [half_day.kind for half_day in baby.half_days] == [
        "care" if half_day.kind == "vve" else half_day.kind for half_day in toddler.half_days
    ]
    at_home = [(half_day.day, half_day.part) for half_day in pupil.half_days if half_day.kind == "home"]
    assert at_home == [WEDNESDAY_AFTERNOON]
    assert {half_day.kind for half_day in pupil.half_days} == {"home", "school"}


def test_without_a_route_every_half_day_is_free_and_nothing_clashes() -> None:
    free_week = week(region(), None, sort_edits({}))
    assert {half_day.kind for half_day in free_week} == {"free"}
    family = child_weeks(region(), None, (Child("Peuter", 30, ""),), sort_edits({}))
    assert {half_day.kind for half_day in family[0].half_days} == {"home"}
    assert clashes(free_week, family) == ()


def test_an_edit_moves_one_half_day_and_keeps_what_it_does_not_name() -> None:
    route = plan().region_route
    before = week(region(), route, sort_edits({}))
    after = week(
        region(), route, sort_edits({"week/0/morning": {"label": "Zwemles"}, "week/1/morning": {"kind": "own"}})
    )
    assert (after[0].kind, after[0].label.dutch) == (before[0].kind, "Zwemles")
    assert (after[2].kind, after[2].label) == ("own", before[2].label)
    assert isinstance(after[0], HalfDay)
    assert after[3:] == before[3:]
