"""What a former member still writes is kept apart, and what it says in the record starts nothing at the holder."""

from collections.abc import Callable
from datetime import date

from desktop.records import AFTER_HANDOVER, EventContext, HandoverStep, PlanFieldSet
from desktop.records.events.bodies import MessageWritten
from desktop.services.caseload.summary import ENDED
from desktop.services.suite import Services
from protocol.messages.membership import MembershipStep
from tests.sync.machines import AT_THE_TABLE, Laptop, Office
from tests.sync.membership.hostile import codes_of
from tests.sync.membership.laptops import exchange, filled_case, health_here, in_step, send_first_case, send_off

Join = Callable[..., Laptop]
SitDown = Callable[[Office, str], Services]
LONG_AGO = "2001-01-01"


def test_late_rows_are_kept_apart_also_where_they_were_read_before(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla, dawit = join(azc, "anna"), join(town, "carla"), join(town, "dawit")
    case = anna.open_case()
    anna.answer(case, "Keren")
    anna.offer(case, town.root.card)
    for laptop in (anna, carla):
        laptop.once()
    carla.answer_offer(case, MembershipStep.RECEIVED)
    carla.answer_offer(case, MembershipStep.ACCEPTED)
    anna.answer(case, "Dronten", "/intake/later")
    anna.once()
    dawit.once()
    assert dawit.answers(case, "/intake/later") == {"Dronten"}

    carla.once()
    assert AFTER_HANDOVER in codes_of(carla) | {each.code for each in carla.journal.quarantined(case)}
    dawit.once()
    anna.once()
    anna.answer(case, "een jaar later")
    anna.once()
    assert AFTER_HANDOVER in codes_of(carla)
    dawit.once()

    for laptop in (carla, dawit, join(town, "eva")):
        laptop.once()
        assert laptop.answers(case) == {"Keren"}
        assert laptop.answers(case, "/intake/later") == set()
        assert {each.code for each in laptop.journal.quarantined(case)} == {AFTER_HANDOVER}
        assert laptop.journal.view(case).hidden == {}


def test_nobody_writes_under_the_name_of_another(azc: Office, town: Office, sit_down: SitDown) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    case = filled_case(sender)
    in_step(sender, receiver)
    false = EventContext("Karim", "nl", interpreter=False)
    sender.journal.append(case, MessageWritten(town.root.card.name, "Alles mag mee."), false)
    send_off(sender, case, town)
    in_step(sender, receiver, sender)
    receiver.received.receive(case)

    device = sender.journal.device
    assert {each.author for each in receiver.journal.events(case) if each.device == device} == {"Sanne"}
    (message,) = receiver.messages.talk(case).messages
    assert (message.author, message.organisation, message.own) == ("Sanne", azc.root.card.name, False)


def test_steps_of_a_former_holder_start_no_term_and_no_erasure(azc: Office, town: Office, sit_down: SitDown) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    case = filled_case(sender)
    in_step(sender, receiver)
    sender.journal.append(case, HandoverStep("accepted", "Gemeente Haarlem"), AT_THE_TABLE)
    send_off(sender, case, town)
    in_step(sender, receiver)
    receiver.received.receive(case)
    assert receiver.received.cases()[0].step == "received"
    receiver.received.accept(case)
    in_step(receiver, sender)
    answers = health_here(receiver, case)
    before = receiver.retention.view()

    sender.journal.append(case, PlanFieldSet(ENDED, LONG_AGO), AT_THE_TABLE)
    sender.journal.append(case, HandoverStep("received", "Gemeente Haarlem"), AT_THE_TABLE)
    sender.journal.append(case, HandoverStep("accepted", "Gemeente Haarlem"), AT_THE_TABLE)
    in_step(sender)
    assert AFTER_HANDOVER in exchange(receiver)

    after = receiver.retention.view()
    assert after == before
    assert after.rows == ()
    assert health_here(receiver, case) == answers > 0
    assert receiver.retention.note(case, ENDED, date.fromisoformat(LONG_AGO)).view.due


def test_a_made_up_acceptance_of_the_sender_ends_nothing_at_the_sender(
    azc: Office, town: Office, sit_down: SitDown
) -> None:
    sender, receiver, case = send_first_case(azc, town, sit_down)
    in_step(receiver)
    receiver.journal.append(case, HandoverStep("received", "Gemeente Haarlem"), AT_THE_TABLE)
    receiver.journal.append(case, HandoverStep("accepted", "Gemeente Haarlem"), AT_THE_TABLE)
    in_step(receiver, sender)

    view = sender.handover.view(case)
    assert (view.receipt, view.done("accepted"), view.health_key) == (None, False, True)
    assert sender.retention.view().rows == ()
    sender.handover.withdraw(case)
