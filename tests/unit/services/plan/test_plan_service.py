from datetime import date, timedelta

import pytest

from desktop.i18n.messages import all_messages
from desktop.kernel.changes import Aspect
from desktop.plan.model.support_plan import LeadPhase
from desktop.records import PlanFieldSet
from desktop.services.plan.edit_diff import draft_of
from desktop.services.plan.plan_parts import ActionDraft, GoalDraft, HalfDayDraft, RegionOffer
from protocol.errors import UserError
from tests.unit.services.plan_world import AZC, TOWN, World, carry, decide


def fields_set(world: World) -> list[str]:
    """Return the fields that were set since the case got its workbook."""
    bodies = [event.body for event in world.azc.journal.events(world.dossier)]
    fields = [body.field for body in bodies if isinstance(body, PlanFieldSet)]
    return [field for field in fields if not field.startswith("workbook/")]


def test_every_argument_leads_back_to_an_answer_that_was_given(world: World) -> None:
    view = world.azc.services.plan.view(world.dossier)
    for weighing in view.weighings():
        for argument in weighing.arguments:
            assert view.links_of(argument.sources), argument.id
    assert [weighing.route for weighing in view.weighings()] == ["B1", "O", "Z"]


def test_the_plan_holds_nothing_of_the_health_compartment(world: World) -> None:
    view = world.azc.services.plan.view(world.dossier)
    assert not [ref for ref in view.links if "gezondheid/" in ref]


def test_a_reason_and_a_proposal_are_durable_events(world: World) -> None:
    plan = world.azc.services.plan
    done = plan.set_reason(world.dossier, "B1", "  Past bij haar tempo. ")
    plan.propose(world.dossier, "B1")
    assert Aspect.PLAN in done.changes.aspects
    assert fields_set(world) == ["route/B1/reason", "route/proposed"]
    weighing = plan.view(world.dossier).weighings()[0]
    assert (weighing.reason, weighing.proposed) == ("Past bij haar tempo.", True)


def test_the_same_value_again_writes_nothing(world: World) -> None:
    plan = world.azc.services.plan
    plan.set_reason(world.dossier, "Z", "Minder passend.")
    plan.set_reason(world.dossier, "Z", "Minder passend.")
    assert fields_set(world) == ["route/Z/reason"]


def test_an_untouched_goal_keeps_following_the_rules(world: World) -> None:
    plan = world.azc.services.plan
    goal = plan.view(world.dossier).plan.goals[0]
    plan.save_goal(world.dossier, draft_of(goal))
    assert fields_set(world) == []


def test_a_goal_is_changed_removed_and_brought_back(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    before = plan.view(dossier).plan.goals[0]
    draft = draft_of(before)
    lead = (LeadPhase("person", "Luwam", date(2027, 2, 1)),)
    done = plan.save_goal(dossier, GoalDraft(draft.id, "Ik lees brieven.", "…", lead=lead, actions=draft.actions[:1]))
    changed = done.view.plan.goals[0]
    assert (changed.text.dutch, changed.lead, len(changed.actions)) == ("Ik lees brieven.", lead, 1)
    gone = plan.remove_goal(dossier, before.id).view.plan
    assert before.id not in [goal.id for goal in gone.goals]
    assert plan.undo(dossier).view.plan.goals[0] == changed
    assert plan.undo(dossier).view.plan.goals[0] == before


def test_an_added_goal_gets_its_steps_in_the_order_of_adding(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    steps = (ActionDraft("", "Rijschool zoeken", "Luwam", date(2027, 3, 1)),)
    draft = GoalDraft("", "Ik haal mijn rijbewijs.", "መምርሒ ፍቓድ", actions=steps, domain="participation")
    added = plan.save_goal(dossier, draft).view.plan.goals[-1]
    assert (added.text.dutch, added.text.other, added.derived) == (draft.text, draft.other, False)
    assert [(step.text.dutch, step.who, step.due) for step in added.actions] == [
        ("Rijschool zoeken", "Luwam", date(2027, 3, 1))
    ]
    ticked = plan.tick_action(dossier, added.id, added.actions[0].id, done=True).view.plan.goals[-1]
    assert ticked.actions[0].done


def test_a_goal_without_a_sentence_is_refused(world: World) -> None:
    with pytest.raises(UserError) as caught:
        world.azc.services.plan.save_goal(world.dossier, GoalDraft("", " "))
    assert caught.value.code == "plan.goal_empty"


def test_a_half_day_is_planned_by_hand_and_given_back_to_the_route(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    decide(world.azc, dossier)
    before = plan.view(dossier).half_day(2, "afternoon")
    view = plan.set_week(dossier, (HalfDayDraft(2, "afternoon", "participation", "Buurthuis"),)).view
    half = view.half_day(2, "afternoon")
    assert half is not None
    assert (half.kind, half.label.dutch) == ("participation", "Buurthuis")
    view = plan.set_week(dossier, (HalfDayDraft(2, "afternoon", None),)).view
    assert view.half_day(2, "afternoon") == before


def test_the_persons_words_keep_the_language_they_were_said_in(world: World) -> None:
    view = world.azc.services.plan.set_own_words(world.dossier, "Ik wil werken.", "ክሰርሕ እደሊ።").view
    assert view.pair(view.plan.own_words).other == "ክሰርሕ እደሊ።"
    assert view.words_in.tag == "ti"


def test_a_wrong_value_is_refused_and_writes_nothing(world: World) -> None:
    with pytest.raises(UserError) as caught:
        world.azc.services.plan.set_feedback(world.dossier, "maybe")
    assert caught.value.code == "plan.wrong_value"
    assert fields_set(world) == []


def test_a_plan_names_the_organisation_of_its_caseworker_and_no_other(world: World) -> None:
    town = world.town.services
    case, _ = town.caseload.begin("Amina", ("ar",))
    assert town.plan.sender(world.town.journal.view(case)) == TOWN
    helpers = {each.id: each.function for each in town.plan.plan(case).helpers}
    assert helpers["caseworker"] == TOWN
    assert {each.id: each.function for each in world.azc.services.plan.plan(world.dossier).helpers}["caseworker"] == AZC


def test_what_the_region_offers_is_chosen_and_never_taken_for_chosen(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    assert plan.view(dossier).region_offer == RegionOffer()
    view = plan.propose(dossier, "O").view
    assert ([route.name for route in view.region_offer.routes], view.region_offer.chosen) == (["studie"], "")
    assert view.region_offer.start is None
    codes = {item.code for item in view.plan.missing}
    assert ("plan.start_not_chosen" in codes, "plan.region_route_not_chosen" in codes) == (True, False)
    view = plan.propose(dossier, "B1").view
    assert "plan.region_route_not_chosen" in {item.code for item in view.plan.missing}
    view = plan.choose_region_route(dossier, "vak").view
    view = plan.choose_start(dossier, date(2027, 8, 30)).view
    assert (view.region_offer.chosen, view.region_offer.start, view.plan.start) == (
        "vak",
        date(2027, 8, 30),
        date(2027, 8, 30),
    )
    assert not {item.code for item in view.plan.missing} & {"plan.start_not_chosen", "plan.region_route_not_chosen"}
    with pytest.raises(UserError, match=r"plan\.wrong_value"):
        plan.choose_region_route(dossier, "elders")


def test_a_start_that_is_past_stays_where_it_was_chosen(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    plan.propose(dossier, "O")
    plan.choose_start(dossier, date(2027, 1, 11))
    world.azc.clock.moment += timedelta(days=120)
    view = plan.view(dossier)
    assert view.region_offer.starts == (date(2027, 1, 11), date(2027, 8, 30), date(2028, 1, 10))
    assert view.plan.start == date(2027, 1, 11)
    plan.propose(dossier, "B1")
    assert plan.choose_region_route(dossier, "vak").view.plan.start == date(2027, 1, 11)
    plan.choose_start(dossier, date(2027, 1, 12))
    assert plan.choose_region_route(dossier, "werk").view.region_offer.start is None


def test_signing_waits_for_what_is_missing(world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    with pytest.raises(UserError) as caught:
        plan.sign(dossier, "person", "Luwam Voorbeeld", "op het scherm")
    assert caught.value.code == "plan.not_ready"
    decide(world.azc, dossier)
    with pytest.raises(UserError) as nameless:
        plan.sign(dossier, "person", "  ", "op het scherm")
    assert nameless.value.code == "plan.name_missing"
    signed = plan.sign(dossier, "person", "Luwam Voorbeeld", "op het scherm").view.plan.signatures[0]
    assert (signed.name, signed.date) == ("Luwam Voorbeeld", date(2026, 11, 21))


def test_two_laptops_that_wrote_without_seeing_each_other_are_both_kept(world: World) -> None:
    dossier, handover = world.dossier, world.azc.services.handover
    decide(world.azc, dossier)
    town = world.town.vault.organisation_id
    assert town is not None
    handover.choose(dossier, town)
    handover.tick(dossier, "told", done=True)
    handover.prepare(dossier)
    handover.send(dossier)
    carry(world)
    world.azc.services.plan.set_reason(dossier, "B1", "Van het azc.")
    world.town.services.plan.set_reason(dossier, "B1", "Van de gemeente.")
    carry(world)
    for laptop in (world.azc, world.town):
        (dispute,) = laptop.services.plan.view(dossier).disputes
        assert dispute.field == "route/B1/reason"
        assert {(side.text, side.author) for side in dispute.sides} == {
            ("Van het azc.", "Sanne de Wit"),
            ("Van de gemeente.", "Karim Jansen"),
        }
    settled = world.azc.services.plan.settle(dossier, "route/B1/reason", "Van de gemeente.").view
    assert settled.disputes == ()
    assert settled.weighings()[0].reason == "Van de gemeente."


def test_every_code_has_a_message() -> None:
    codes = {"plan.goal_empty", "plan.not_ready", "plan.name_missing"}
    assert codes <= all_messages().keys()
