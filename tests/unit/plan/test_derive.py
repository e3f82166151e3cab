"""The plan of the demonstration cases, and what holds for every plan."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.plan.derive.derive import derive
from desktop.plan.derive.profile import SELF_RELIANCE
from desktop.plan.model.edits import sort_edits, validate_edit
from desktop.plan.model.support_plan import SupportPlan
from protocol.canonical import JsonValue
from protocol.errors import UserError
from tests.examples import examples
from tests.unit.plan.case import TODAY, SessionAnswers, answers, blank, demo_case, edits, interview, plan, region


def derived(changes: Mapping[str, JsonValue], base: bool = True) -> SupportPlan:  # noqa: FBT001, FBT002  # a test's shorthand
    return derive(shared(), {**(edits() if base else {}), **changes}, region(), TODAY, caseworker="Sanne de Wit")


_SHARED: list[SessionAnswers] = []


def shared() -> SessionAnswers:
    if not _SHARED:
        _SHARED.append(answers())
    return _SHARED[0]


def codes(found: SupportPlan) -> set[str]:
    return {item.code for item in found.missing}


@pytest.mark.parametrize("case", ["haarlem", "roermond"])
def test_goals_follow_from_answers_and_name_them(case: str) -> None:
    goals = plan(case).goals
    assert len(goals) >= 6
    facts = answers(case)
    assert any(goal.derived and goal.sources for goal in goals)
    for goal in goals:
        assert goal.derived == (goal.id in {rule.name for rule in region().goals})
        for ref in goal.sources:
            assert facts.session.state(ref).value


def test_a_goal_goes_when_its_answer_goes() -> None:
    facts = answers()
    node = next(each for each in interview().outline().walk() if each.name == "taalmaatje")
    assert "taalmaatje" in {goal.id for goal in plan().goals}
    facts.session.answer(node.path, "nee")
    without = derive(facts, edits(), region(), TODAY)
    assert "taalmaatje" not in {goal.id for goal in without.goals}


@pytest.mark.parametrize("case", ["haarlem", "roermond"])
def test_all_three_routes_are_weighed_with_reasons_on_both_sides(case: str) -> None:
    routes = plan(case).routes
    assert {weighing.route for weighing in routes} == {"B1", "O", "Z"}
    for weighing in routes:
        assert weighing.for_
        assert weighing.against
        assert weighing.reason


def test_a_plan_that_does_not_fit_the_person_yet_is_not_signed() -> None:
    assert plan("haarlem").may_be_signed
    assert {item.code for item in plan("roermond").missing if item.blocking} == {"plan.not_agreed"}
    assert "plan.reaction_missing" in {
        item.code for item in derived({"feedback/agrees": None}).missing if item.blocking
    }


def test_nothing_is_proposed_or_concluded_by_the_program() -> None:
    bare = derived({}, base=False)
    assert bare.proposed_route is None
    assert not any(weighing.proposed or weighing.reason for weighing in bare.routes)
    assert {"plan.route_not_proposed", "plan.route_without_reason"} <= codes(bare)
    assert not bare.may_be_signed
    assert bare.week
    assert bare.year is None


def test_a_route_without_a_reason_against_blocks_signing() -> None:
    against = {f"argument/{item.id}/removed": True for item in plan().routes[0].against}
    found = derived(against)
    assert "plan.route_without_against" in codes(found)
    mended = derived({**against, "argument/own1": {"route": "O", "sign": "against", "topic": "wish", "text": "Nee."}})
    assert "plan.route_without_against" not in codes(mended)


def test_a_proposal_against_the_test_needs_a_written_reason() -> None:
    assert "plan.deviation_without_reason" in codes(derived({"route/proposed": "Z"}))
    assert "plan.deviation_without_reason" not in codes(derived({"route/proposed": "Z", "route/deviation": "Omdat."}))


def test_a_reason_without_a_route_or_words_is_no_reason() -> None:
    found = derived(
        {
            "argument/lost": {"sign": "for", "topic": "wish", "text": "Waarvoor?"},
            "argument/mute": {"route": "Z", "sign": "for", "topic": "wish", "text": " "},
            "argument/own": {"route": "Z", "text": "Zij wil dit."},
        }
    )
    written = [argument for weighing in found.routes for argument in weighing.arguments if not argument.derived]
    assert [(each.id, each.route, each.sign, each.topic) for each in written] == [("own", "Z", "neutral", "other")]


def test_a_route_shows_its_reasons_those_for_it_first() -> None:
    for weighing in plan().routes:
        order = [argument.sign for argument in weighing.arguments]
        assert order == sorted(order, key=["for", "against", "neutral"].index)
        assert len(order) == len(weighing.for_) + len(weighing.against) + len(weighing.neutral)


def test_in_short_says_where_a_child_goes_when_no_goal_does() -> None:
    assert "child" not in {point.id for point in plan().in_short}
    found = derived({"goal/opvang_kind/removed": True})
    assert next(point.text.dutch for point in found.in_short if point.id == "child") == (
        "Yonas gaat naar de opvang terwijl ik leer."
    )
    at_home = {f"child/1/{day}/{part}": {"kind": "home"} for day in range(5) for part in ("morning", "afternoon")}
    found = derived({"goal/opvang_kind/removed": True, **at_home})
    assert "child" not in {point.id for point in found.in_short}


@pytest.mark.parametrize(
    ("place", "receiver", "shown"),
    [
        ("", "", "gemeente"),
        ("Roermond", "", "gemeente Roermond"),
        ("Gemeente Roermond", "", "Gemeente Roermond"),
        ("Roermond", "Bo de Boer", "Bo de Boer"),
    ],
)
def test_the_municipality_has_a_name_even_before_one_is_known(place: str, receiver: str, shown: str) -> None:
    rules = replace(region(), settings=replace(region().settings, municipality=place))
    found = derive(blank(), {}, rules, TODAY, municipality=receiver)
    assert {helper.id: helper.name for helper in found.helpers}["municipality"] == shown


def test_a_plan_without_goals_blocks_signing() -> None:
    found = derive(blank(), {}, replace(region(), goals=()), TODAY)
    assert {item.code: item.blocking for item in found.missing}["plan.no_goals"]


def test_a_proposed_route_without_a_start_is_shown() -> None:
    rules = replace(region(), routes=tuple(replace(route, start_dates=()) for route in region().routes))
    found = derive(shared(), edits(), rules, TODAY)
    assert found.start is None
    assert "plan.start_missing" in codes(found)
    assert "plan.start_missing" not in codes(derive(shared(), {}, rules, TODAY)), "nothing is proposed yet"


def test_edits_change_add_and_remove_goals_and_actions() -> None:
    found = derived(
        {
            "goal/taal/text": "Ik spreek met de juf.",
            "goal/taal/text_other": "I talk to the teacher.",
            "goal/taal/action/1/removed": True,
            "goal/taal/action/x1/text": "Ik bel de school.",
            "goal/taal/action/x1/due": "2027-02-01",
            "goal/geld/removed": True,
            "goal/own-1/text": "Ik leer fietsen.",
            "goal/own-1/domain": "participation",
            "goal/own-1/lead": [{"holder": "person", "name": "", "start": ""}],
        }
    )
    goals = {goal.id: goal for goal in found.goals}
    assert goals["taal"].text.dutch == "Ik spreek met de juf."
    assert goals["taal"].text.other == "I talk to the teacher."
    assert goals["taal"].actions[-1].due == date(2027, 2, 1)
    assert "1" not in {action.id for action in goals["taal"].actions}
    assert "geld" not in goals
    assert not goals["own-1"].derived
    assert goals["own-1"].lead[0].name == "Luwam"


def test_an_edit_of_a_goal_that_no_longer_follows_is_shown() -> None:
    assert "plan.goal_no_longer_follows" in codes(derived({"goal/schulden/text": "Ik heb een plan."}))


def test_an_unknown_edit_is_left_out_and_shown() -> None:
    found = derived({"goal/taal/colour": "red", "week/9/morning": {"kind": "own", "label": "x"}})
    ignored = {item.field for item in found.missing if item.code == "plan.edit_ignored"}
    assert ignored == {"goal/taal/colour", "week/9/morning"}
    assert replace(found, missing=()) == replace(derived({}), missing=())


def test_dates_fall_on_lesson_days_after_the_start() -> None:
    found = plan()
    assert found.start == date(2027, 1, 11)
    lead = next(goal for goal in found.goals if goal.id == "lezen").lead
    assert [phase.holder for phase in lead] == ["other", "together", "person"]
    assert lead[1].start == date(2027, 3, 30)
    assert found.year is not None
    assert date(2027, 3, 29) in {closed.day for closed in found.year.closed_days}
    assert sum(1 for week in found.year.weeks if week.lesson) == 40


def test_the_week_of_the_child_stands_beside_that_of_the_parent() -> None:
    found = plan()
    assert [child.name for child in found.children] == ["Yonas"]
    assert len(found.week) == len(found.children[0].half_days) == 10
    moved = derived({"child/1/0/morning": {"kind": "home", "label": ""}})
    (clash,) = (item for item in moved.missing if item.code.startswith("plan.child_without_care"))
    assert (clash.code, clash.details, clash.field) == (
        "plan.child_without_care_morning",
        {"child": "Yonas", "weekday": "0"},
        "week/0/morning",
    )
    assert not any(code.startswith("plan.child_without_care") for code in codes(derived({})))


def test_the_portrait_is_told_by_the_answers() -> None:
    found = plan()
    assert found.name == "Luwam Voorbeeld"
    assert {fact.label.dutch: fact.value for fact in found.facts}["Kind"] == "Yonas, 2,5 jaar"
    assert [skill.name.dutch for skill in found.language_skills][0:2] == ["Nederlands", "Tigrinya"]
    assert len(found.self_reliance) == len(SELF_RELIANCE)
    assert 1 <= len(found.in_short) <= 4
    assert found.competences


def test_statutory_parts_have_a_day_when_they_were_done() -> None:
    parts = {part.key: part for part in plan().statutory}
    assert len(parts) == 8
    assert all(part.done for part in parts.values() if part.applies)
    empty = derive(blank(), {}, region(), TODAY)
    assert not any(part.done for part in empty.statutory)
    assert "plan.statutory_part_open" in codes(empty)


def test_health_is_nowhere_in_the_plan() -> None:
    health = {
        node.name for node in interview().outline().walk() if node.tags.get("compartment") == "health" and node.name
    }
    told = str(asdict(plan()))
    assert health
    assert not any(f"/{name}" in told for name in health)
    for step in demo_case("haarlem")["steps"]:
        if step.get("ask") in health and isinstance(step.get("answer"), str) and len(step["answer"]) > 6:
            assert step["answer"] not in told


_FIELDS = st.one_of(
    st.sampled_from(
        [
            *("route/proposed", "route/B1/reason", "route/region", "route/start", "week/0/morning", "goal/taal/text"),
            *("goal/taal/lead", "goal/taal/action/1/due", "goal/nieuw/text", "argument/a1", "argument/a1/removed"),
            *("helper/caseworker", "agreement/komen", "read_aloud", "signature/person", "own_words", "feedback/agrees"),
            *("child/1/2/afternoon", "self_reliance/geld", "goal/taal/domain", "story", "agreement/x", "helper/x"),
        ]
    ),
    st.text(max_size=30),
)
_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 5),
        st.text(max_size=20),
        st.sampled_from(["B1", "O", "Z", "2027-03-29", "2027-02-30", "work", "werk", "studie", "yes", "5"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["kind", "label", "holder", "name", "start", "text", "route", "sign", "topic", "date"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=examples(150), deadline=None)
@given(st.dictionaries(_FIELDS, _VALUES, max_size=8))
def test_no_edits_break_a_plan(changes: dict[str, JsonValue]) -> None:
    found = derived(changes, base=False)
    assert {weighing.route for weighing in found.routes} == {"B1", "O", "Z"}
    assert len(found.week) == 10
    ignored = {item.field for item in found.missing if item.code == "plan.edit_ignored"}
    assert ignored == set(sort_edits(changes).ignored)


@given(st.text(max_size=40), _VALUES)
def test_a_field_is_valid_or_a_coded_error(field: str, value: JsonValue) -> None:
    try:
        validate_edit(field, value)
    except UserError as error:
        assert error.code in {"plan.unknown_field", "plan.wrong_value"}


def test_what_nobody_chose_or_read_aloud_is_told_until_somebody_does() -> None:
    unchosen = codes(derived({"route/region": None, "route/start": None, "read_aloud": None}))
    told = {"plan.region_route_not_chosen", "plan.start_not_chosen", "plan.not_read_aloud"}
    assert told <= unchosen
    chosen: dict[str, JsonValue] = {
        "route/region": "vak",
        "route/start": "2027-04-12",
        "read_aloud": {"language": "ti"},
    }
    assert not told & codes(derived(chosen))


def test_the_page_says_as_many_half_days_as_the_week_has() -> None:
    found = derived({"week/0/morning": {"kind": "language", "label": ""}, "week/4/afternoon": None})
    lessons = sum(half_day.kind == "language" for half_day in found.week)
    assert dict(found.in_short[0].text.values)["dagdelen"] == str(lessons)
    assert found.region_route is not None
    assert lessons != found.region_route.half_days
