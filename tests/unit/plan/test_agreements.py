"""Who helps, what is agreed and who signs: the region's rules with the caseworker's changes over them."""

from dataclasses import replace
from datetime import date

from desktop.plan.derive.agreements import (
    agreements,
    feedback,
    helpers,
    read_aloud,
    report_feedback,
    report_read_aloud,
    signatures,
    words,
)
from desktop.plan.derive.derive import derive
from desktop.plan.derive.goals import RoleNames, goals
from desktop.plan.derive.schedule import schedule
from desktop.plan.model.edits import sort_edits
from desktop.plan.model.support_plan import NOT_READ_ALOUD, Goal, Helper
from desktop.plan.region.region_rules import ALWAYS
from protocol.canonical import JsonValue
from tests.unit.plan.case import TODAY, answered, blank, edits, plan, region

NAMING = RoleNames("Luwam", "Sanne de Wit", "azc Duinrand", "gemeente Haarlem", region())
NO_EDITS = sort_edits({})


def helpers_after(**changes: JsonValue) -> dict[str, Helper]:
    renamed = {name.replace("__", "/"): value for name, value in changes.items()}
    return {helper.id: helper for helper in helpers(blank(), sort_edits(renamed), NAMING, ())}


def goals_with(lead: str, changes: dict[str, JsonValue]) -> dict[str, Goal]:
    rules = replace(region(), goals=tuple(replace(rule, lead=lead) for rule in region().goals))
    naming = replace(NAMING, region=rules)
    facts = answered(kinderen_aantal="0", nl_spreken="a1", nl_luisteren="a1")
    found = goals(facts, sort_edits(changes), schedule(rules, None, None), naming)
    return {goal.id: goal for goal in found}


def test_agreements_are_reworded_added_and_removed() -> None:
    found = agreements(blank(), NO_EDITS, region())
    first = found[0]
    changed = agreements(
        blank(),
        sort_edits(
            {
                f"agreement/{first.id}": {"text": "Ik bel als ik ziek ben.", "other": "I call when I am ill."},
                "agreement/own": {"text": "Wij praten op vrijdag."},
                "agreement/empty": {"text": ""},
                f"agreement/{found[1].id}/removed": True,
            }
        ),
        region(),
    )
    by_id = {point.id: point for point in changed}
    assert (by_id[first.id].icon, by_id[first.id].text.dutch) == (first.icon, "Ik bel als ik ziek ben.")
    assert by_id[first.id].text.other == "I call when I am ill."
    assert (by_id["own"].icon, by_id["own"].text.dutch) == ("talk", "Wij praten op vrijdag.")
    assert {point.id for point in found} - set(by_id) == {found[1].id}
    assert "empty" not in by_id


def test_no_region_can_leave_out_privacy_and_disagreeing() -> None:
    assert {"privacy", "disagree"} <= {point.id for point in agreements(blank(), NO_EDITS, region())}
    bare = agreements(blank(), NO_EDITS, replace(region(), agreements=()))
    assert [point.id for point in bare] == ["interpreter", "privacy", "disagree"]


def test_a_region_without_words_explains_those_of_every_plan() -> None:
    assert "PIP" in {word.word for word in words(replace(region(), words=()))}
    assert [word.word for word in words(region())] == [rule.word for rule in region().words]


def test_helpers_change_name_by_name_and_go() -> None:
    before = helpers_after()
    after = helpers_after(
        helper__caseworker={"phone": "06 0000 0000"},
        helper__own={"role": "mijn buurvrouw", "name": "Fenna"},
        helper__nobody={"role": "tolk"},
        helper__municipality__removed=True,
    )
    assert after["caseworker"] == replace(before["caseworker"], phone="06 0000 0000")
    assert (after["own"].role.dutch, after["own"].name, after["own"].phone) == ("mijn buurvrouw", "Fenna", "")
    assert {"nobody", "municipality"}.isdisjoint(after)
    assert helpers_after(helper__own={"name": "Fenna"})["own"].role.dutch == "helpt mij"


def test_a_partner_without_a_condition_is_listed_when_a_goal_names_it() -> None:
    shown = {helper.id for helper in plan().helpers}
    named = "\n".join(
        text
        for goal in plan().goals
        for text in (*(phase.name for phase in goal.lead), *(action.who for action in goal.actions))
    )
    always = [partner for partner in region().partners if partner.phone and partner.when.compiled is None]
    assert always
    assert {partner.name for partner in always if partner.label in named} == {
        partner.name for partner in always if partner.name in shown
    }


def test_reading_aloud_of_the_plan_is_what_was_written_down_of_it() -> None:
    assert read_aloud(NO_EDITS) == NOT_READ_ALOUD
    record = sort_edits({"read_aloud": {"language": "ar", "date": "2026-12-01", "interpreter": "88"}})
    found = read_aloud(record)
    assert (found.language, found.date, found.interpreter) == ("ar", date(2026, 12, 1), "88")


def test_reading_aloud_of_the_report_is_what_was_answered() -> None:
    read = report_read_aloud(answered(praattaal="ti", samenvatting_hoe="voorgelezen"))
    assert (read.language, read.date) == ("ti", TODAY)
    assert report_read_aloud(answered(praattaal="ti", samenvatting_hoe="gelezen")) == NOT_READ_ALOUD


def test_the_places_to_sign_have_names_and_no_signature() -> None:
    places = {place.role: (place.name, place.date, place.how) for place in signatures(NAMING)}
    assert (places["person"], places["caseworker"]) == (("Luwam", None, ""), ("Sanne de Wit", None, ""))


def test_a_reaction_to_the_report_is_none_to_the_plan() -> None:
    facts = answered(samenvatting_klopt="deels", samenvatting_anders="Meer uren.")
    text, agrees = report_feedback(facts)
    assert (text.dutch, agrees) == ("Meer uren.", "partly")
    assert report_feedback(blank())[1] == ""
    assert feedback(NO_EDITS)[1] == ""
    text, agrees = feedback(sort_edits({"feedback": "Goed zo.", "feedback/agrees": "yes"}))
    assert (text.dutch, agrees) == ("Goed zo.", "yes")


def test_a_goal_follows_only_from_what_was_answered() -> None:
    assert goals(blank(), NO_EDITS, schedule(region(), None, None), NAMING) == ()
    assert all(goal.sources for goal in goals_with("person", {}).values())


def test_a_goal_of_a_region_for_everybody_follows_the_first_answer_of_any() -> None:
    for_all = replace(region().goals[0], name="allen", when=ALWAYS, sources=())
    rules = replace(region(), goals=(for_all, *region().goals))
    naming, plan = replace(NAMING, region=rules), schedule(rules, None, None)
    assert goals(blank(), NO_EDITS, plan, naming) == ()
    assert "allen" in {goal.id for goal in goals(answered(schulden="nee"), NO_EDITS, plan, naming)}


def test_a_goal_the_person_leads_has_one_phase() -> None:
    for goal in goals_with("person", {}).values():
        assert [(phase.holder, phase.name, phase.start) for phase in goal.lead] == [("person", "Luwam", None)]


def test_an_edit_of_a_lead_or_an_action_changes_only_what_it_names() -> None:
    name, before = next((name, goal) for name, goal in goals_with("caseworker", {}).items() if goal.actions)
    area = f"goal/{name}"
    after = goals_with(
        "caseworker",
        {
            f"{area}/lead": [{"holder": "other", "name": "Fenna", "start": "2027-02-01"}],
            f"{area}/funding": "Bijzondere bijstand",
            f"{area}/action/1/paid_from": "",
            f"{area}/action/1/done": True,
            f"{area}/action/own/who": "Fenna",
            "goal/never/why": "Een doel zonder tekst is geen doel.",
        },
    )
    changed = after[name]
    assert [(phase.holder, phase.name, phase.start) for phase in changed.lead] == [
        ("other", "Fenna", date(2027, 2, 1)),
    ]
    assert changed.funding.dutch == "Bijzondere bijstand"
    assert changed.actions[0].done
    assert not changed.actions[0].paid_from
    assert (changed.text, changed.actions[1:], changed.actions[0].who) == (
        before.text,
        before.actions[1:],
        before.actions[0].who,
    )
    assert "never" not in after


def test_names_of_a_workbook_become_names_of_people() -> None:
    partner = region().partners[0]
    assert NAMING.names(("person", partner.name, "person", "Jan")) == f"Luwam, {partner.label}, Jan"


def test_a_route_of_the_region_must_carry_out_the_proposed_one() -> None:
    other = next(route for route in region().routes if route.legal_route == "Z")
    found = derive(blank(), {**edits(), "route/proposed": "B1", "route/region": other.name}, region(), TODAY)
    assert found.region_route is not None
    assert found.region_route.legal_route == "B1"
