from datetime import UTC, datetime, timedelta

import pytest

from desktop.i18n.messages import all_messages
from desktop.i18n.messages.handover import MESSAGES
from desktop.services.handover.handover_parts import HandoverView, LateEntries, ReceivedCase, TalkPlan
from desktop.services.interview.attachments import take_in
from protocol.errors import UserError
from protocol.identifiers import OrganisationId
from protocol.limits import DIRECTORY_DAYS
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.messages.message import to_bytes
from tests.unit.media.samples import pdf
from tests.unit.services.plan_world import AZC, TOWN, World, carry, decide

TALK = TalkPlan(datetime(2026, 11, 26, 10, 0, tzinfo=UTC), "video", "Karim", "Tolk Tigrinya, 11:00–12:00")


def make_ready(world: World) -> None:
    decide(world.azc, world.dossier)
    handover = world.azc.services.handover
    handover.choose(world.dossier, town_of(world))
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)


def town_of(world: World) -> OrganisationId:
    town = world.town.vault.organisation_id
    assert town is not None
    return town


def send(world: World) -> None:
    make_ready(world)
    world.azc.services.handover.send(world.dossier)
    carry(world)


def shown(world: World) -> HandoverView:
    return world.azc.services.handover.view(world.dossier)


def the_case(world: World) -> ReceivedCase:
    (case,) = world.town.services.received.cases()
    return case


def states(view: HandoverView) -> list[str]:
    return [step.state for step in view.steps]


def test_only_municipalities_the_directory_vouches_for_are_offered(world: World) -> None:
    assert [each.name for each in shown(world).known] == [TOWN]
    with pytest.raises(UserError) as caught:
        world.azc.services.handover.choose(world.dossier, OrganisationId("0" * 32))
    assert caught.value.code == "trust.organisation_unknown"


def test_a_package_needs_reasons_for_all_routes_and_a_person_who_was_told(world: World) -> None:
    handover = world.azc.services.handover
    with pytest.raises(UserError) as without:
        handover.prepare(world.dossier)
    assert without.value.code == "handover.no_goal"
    handover.choose(world.dossier, town_of(world))
    codes = {item.code for item in shown(world).missing}
    assert codes == {"plan.route_not_proposed", "plan.route_without_reason", "handover.not_told"}
    with pytest.raises(UserError) as early:
        handover.prepare(world.dossier)
    assert early.value.code == "handover.not_complete"
    decide(world.azc, world.dossier)
    handover.tick(world.dossier, "told", done=True)
    assert states(handover.prepare(world.dossier).view)[:3] == ["done", "done", "now"]


def test_sending_works_without_a_network_and_waits(world: World) -> None:
    make_ready(world)
    with pytest.raises(UserError):
        world.azc.services.handover.withdraw(world.dossier)
    view = world.azc.services.handover.send(world.dossier).view
    assert (view.waiting, view.done("offered"), view.receipt) == (True, True, None)
    assert world.azc.unsent(world.dossier)[-1] is MembershipStep.OFFERED
    with pytest.raises(UserError) as twice:
        world.azc.services.handover.send(world.dossier)
    assert twice.value.code == "handover.under_way"


def test_on_the_word_of_an_old_directory_no_case_goes_out(world: World) -> None:
    make_ready(world)
    world.azc.clock.moment += timedelta(days=DIRECTORY_DAYS + 1)
    with pytest.raises(UserError, match=r"trust\.directory_old") as caught:
        world.azc.services.handover.send(world.dossier)
    assert dict(caught.value.details) == {"days": str(DIRECTORY_DAYS + 1)}
    assert world.azc.services.synchronise.state().directory_days == DIRECTORY_DAYS + 1


def test_a_case_is_sent_only_when_it_is_complete_at_that_moment(world: World) -> None:
    handover, plan = world.azc.services.handover, world.azc.services.plan
    make_ready(world)
    handover.tick(world.dossier, "told", done=False)
    _refuse_to_send(world, "handover.not_complete")
    handover.tick(world.dossier, "told", done=True)
    plan.set_reason(world.dossier, "B1", "")
    _refuse_to_send(world, "handover.not_complete")
    plan.undo(world.dossier)
    assert handover.send(world.dossier).view.done("offered")


def test_a_case_is_sent_only_after_its_package_was_closed(world: World) -> None:
    decide(world.azc, world.dossier)
    handover = world.azc.services.handover
    handover.choose(world.dossier, town_of(world))
    handover.tick(world.dossier, "told", done=True)
    assert shown(world).missing == ()
    _refuse_to_send(world, "handover.not_prepared")


def _refuse_to_send(world: World, code: str) -> None:
    with pytest.raises(UserError) as caught:
        world.azc.services.handover.send(world.dossier)
    assert caught.value.code == code
    assert MembershipStep.OFFERED not in world.azc.said(world.dossier)
    assert world.azc.journal.passing.grants(world.dossier, town_of(world)) == ()


def test_what_goes_along_follows_the_legal_tags_of_the_form(world: World) -> None:
    rows = {row.key: row for row in shown(world).shares}
    assert rows.keys() == {"data", "report", "plan", "health", "notes"}
    assert [key for key, row in rows.items() if row.school] == ["plan"]
    attachments = world.azc.services.attachments
    upload = attachments.begin(world.dossier, "", take_in("cv.pdf", pdf()), "cv")
    while not upload.row_id:
        attachments.step(upload)
    assert "attachments" in {row.key for row in shown(world).shares}


def test_nobodys_name_is_shown_before_the_case_is_received(world: World) -> None:
    send(world)
    case = the_case(world)
    assert (case.step, case.name, case.sender, case.readable) == ("offered", "", AZC, True)
    world.town.services.received.receive(world.dossier)
    assert the_case(world).name == "Luwam"


def test_the_health_key_is_let_go_with_the_receipt_and_not_before(world: World) -> None:
    send(world)
    assert "health" in world.azc.journal.compartments(world.dossier)
    world.town.services.received.receive(world.dossier)
    assert "health" in world.azc.journal.compartments(world.dossier)
    carry(world)
    assert world.azc.journal.compartments(world.dossier) == {"core"}
    assert world.town.journal.compartments(world.dossier) == {"core", "health"}
    view = shown(world)
    assert view.receipt is not None
    assert not view.health_key
    assert states(view) == ["done", "done", "done", "done", "now", "later"]


def test_a_case_whose_keys_are_under_way_cannot_be_received(world: World) -> None:
    make_ready(world)
    world.azc.services.handover.send(world.dossier)
    state = world.azc.journal.membership.of(world.dossier)
    assert state is not None
    world.town.journal.accept_logs([MembershipLog(state.statements)])
    assert not the_case(world).readable
    with pytest.raises(UserError) as caught:
        world.town.services.received.receive(world.dossier)
    assert caught.value.code == "received.not_arrived"


def test_the_talk_of_three_is_planned_and_held_on_both_laptops(world: World) -> None:
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    planned = world.azc.services.handover.plan_talk(world.dossier, TALK).view
    assert planned.talk == TALK
    carry(world)
    assert the_case(world).talk == TALK.moment
    held = world.azc.services.handover.hold_talk(world.dossier).view
    assert held.talk_held
    assert [item.key for item in held.items if item.done] == ["told", "talk_held"]


def test_after_acceptance_the_sender_reads_no_further(world: World) -> None:
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    world.town.services.received.accept(world.dossier)
    world.town.services.plan.set_own_words(world.dossier, "Alleen voor de gemeente.", "")
    carry(world)
    assert world.azc.services.plan.view(world.dossier).plan.own_words.dutch != "Alleen voor de gemeente."
    assert world.azc.journal.view(world.dossier).hidden["core"] >= 1
    assert shown(world).done("accepted")
    with pytest.raises(UserError) as late:
        world.azc.services.handover.withdraw(world.dossier)
    assert late.value.code == "handover.accepted_already"


def test_a_return_carries_its_reason_sealed_and_the_case_can_go_again(world: World) -> None:
    send(world)
    received, reason = world.town.services.received, "Is de diplomawaardering aangevraagd?"
    received.receive(world.dossier)
    with pytest.raises(UserError) as empty:
        received.give_back(world.dossier, "  ")
    assert empty.value.code == "received.reason_missing"
    received.give_back(world.dossier, reason)
    carry(world)
    view = shown(world)
    assert view.returned == reason
    assert states(view)[3] == "returned"
    state = world.azc.journal.membership.of(world.dossier)
    assert state is not None
    assert all(reason.encode() not in to_bytes(each) for each in state.statements)
    world.azc.services.handover.prepare(world.dossier)
    world.azc.services.handover.send(world.dossier)
    carry(world)
    assert the_case(world).step == "offered"
    received.receive(world.dossier)
    received.accept(world.dossier)
    carry(world)
    assert shown(world).done("accepted")


def test_taking_back_shuts_the_municipality_out_of_what_follows(world: World) -> None:
    send(world)
    view = world.azc.services.handover.withdraw(world.dossier).view
    assert states(view)[:2] == ["done", "now"]
    world.azc.services.plan.set_own_words(world.dossier, "Nieuw na het terughalen.", "")
    carry(world)
    case = the_case(world)
    assert case.step == "withdrawn"
    assert world.town.journal.view(world.dossier).hidden["core"] >= 1
    with pytest.raises(UserError) as caught:
        world.town.services.received.receive(world.dossier)
    assert caught.value.code == "received.wrong_step"


def test_taking_back_before_anything_was_said_leaves_nothing_to_say(world: World) -> None:
    make_ready(world)
    handover = world.azc.services.handover
    handover.send(world.dossier)
    handover.withdraw(world.dossier)
    assert MembershipStep.OFFERED not in world.azc.said(world.dossier)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
    carry(world)
    assert the_case(world).step == "offered"


def test_a_ticked_item_tells_when(world: World) -> None:
    handover = world.azc.services.handover
    item = handover.tick(world.dossier, "paper_plan", done=True).view.items[2]
    assert (item.key, item.done, item.moment) == ("paper_plan", True, world.azc.clock.now())
    assert handover.tick(world.dossier, "paper_plan", done=False).view.items[2].moment is None


def test_every_code_has_a_message_that_names_the_next_step() -> None:
    assert MESSAGES.keys() <= all_messages().keys()
    assert all(text.count(". ") >= 1 for text in MESSAGES.values())


def test_what_the_sender_wrote_after_the_handover_is_told_to_who_holds_the_case(world: World) -> None:
    send(world)
    received = world.town.services.received
    received.receive(world.dossier)
    received.accept(world.dossier)
    world.azc.services.messages.write(world.dossier, "Nog iets")
    world.azc.services.messages.write(world.dossier, "En nog iets")
    carry(world)

    carry(world)

    assert "health" not in world.azc.journal.compartments(world.dossier), "which is a row too, and no entry"
    assert len(world.town.journal.quarantined(world.dossier)) > 2
    told = (LateEntries(AZC, 2),)
    assert (the_case(world).late, world.town.services.handover.view(world.dossier).late) == (told, told)
    assert shown(world).late == ()
