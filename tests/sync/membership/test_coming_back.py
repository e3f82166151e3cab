"""A case that is returned brings its health answers back, and one that moves on takes them along."""

from collections.abc import Callable
from pathlib import Path

from desktop.records import HEALTH
from desktop.services.suite import Services
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from tests.sync.machines import Office, ServerProcess, found_office
from tests.sync.membership.hostile import grants_kept, log_of, statements_kept, tell
from tests.sync.membership.laptops import exchange, health_here, in_step, send_first_case, send_off

SitDown = Callable[[Office, str], Services]


def _received(azc: Office, town: Office, sit_down: SitDown) -> tuple[Services, Services, DossierId]:
    sender, receiver, case = send_first_case(azc, town, sit_down)
    in_step(receiver)
    receiver.received.receive(case)
    in_step(receiver, sender)
    assert not sender.handover.view(case).health_key
    return sender, receiver, case


def test_a_returned_case_brings_health_back_and_can_be_sent_again(azc: Office, town: Office, sit_down: SitDown) -> None:
    sender, receiver, case = _received(azc, town, sit_down)
    assert health_here(sender, case) == 0
    there = health_here(receiver, case)
    old = grants_kept(azc, case)

    receiver.received.give_back(case, "Is er al een woning?")
    in_step(receiver, sender, sender, receiver)
    assert sender.handover.view(case).health_key
    assert health_here(sender, case) == there > 0
    assert log_of(azc, case).statements[-1].step is MembershipStep.RENEWED
    back = [each for each in grants_kept(azc, case) if each not in old]
    assert HEALTH in {each.compartment for each in back}

    send_off(sender, case, town)
    in_step(sender, receiver)
    receiver.received.receive(case)
    in_step(receiver, sender)
    assert not sender.handover.view(case).health_key
    assert health_here(sender, case) == 0
    assert health_here(receiver, case) == there

    sender.synchronise.fetch_again()
    codes = exchange(sender)
    assert "records.erased" in codes
    again = sender.journal.keys.import_wraps(back)
    assert {code for _each, code in again.refused} <= {"records.erased", "trust.organisation_unknown"}
    assert not sender.handover.view(case).health_key
    assert health_here(sender, case) == 0


def test_a_case_moves_on_to_a_third_organisation_and_the_first_learns_no_more(
    azc: Office, town: Office, shared_server: ServerProcess, tmp_path: Path, sit_down: SitDown
) -> None:
    third = found_office(shared_server, tmp_path / "third", "Gemeente Zwolle", "municipality")
    azc.know(third)
    town.know(third)
    third.know(azc, town)
    sender, receiver, case = _received(azc, town, sit_down)
    there = health_here(receiver, case)
    receiver.received.accept(case)
    in_step(receiver, sender)
    next_one = sit_down(third, "Zoe")
    in_step(next_one, receiver)
    before = sender.journal.membership.of(case)

    send_off(receiver, case, third)
    in_step(receiver, next_one)
    (arrived,) = next_one.received.cases()
    assert arrived.readable
    next_one.received.receive(case)
    in_step(next_one, receiver)
    assert health_here(next_one, case) == there
    assert not receiver.handover.view(case).health_key
    assert health_here(receiver, case) == 0
    next_one.received.accept(case)
    in_step(next_one, receiver, sender)

    assert receiver.handover.view(case).done("accepted")
    assert next_one.journal.membership.of(case) == log_of(azc, case)
    assert receiver.journal.membership.of(case) == log_of(azc, case)
    tell(azc, case)
    sender.synchronise.fetch_again()
    in_step(sender)
    assert sender.journal.membership.of(case) == before
    assert statements_kept(azc, case) == 7
    assert third.root.card.id not in str(sender.journal.membership.of(case))

    next_one.plan.set_own_words(case, "Na de tweede overname.", "")
    in_step(next_one, receiver, sender)
    for former in (sender, receiver):
        assert former.plan.view(case).plan.own_words.dutch != "Na de tweede overname."
