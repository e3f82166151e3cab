from collections.abc import Callable
from dataclasses import dataclass

import pytest

from desktop.records.events.bodies import HandoverStep
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.membership import MembershipBatch, MembershipLog, MembershipStep
from tests.sync.machines import AT_THE_TABLE, CANARY, Laptop, Office, Online

Join = Callable[..., Laptop]


@dataclass(frozen=True, slots=True)
class Handing:
    """A case that is offered by one laptop to the organisation of another."""

    case: DossierId
    anna: Laptop
    anna_online: Online
    carla: Laptop
    carla_online: Online

    def receive(self) -> None:
        """Let the recipient fetch the case and confirm it."""
        self.carla_online.rounds()
        self.carla.answer_offer(self.case, MembershipStep.RECEIVED)
        self.carla_online.rounds()

    def accept(self) -> None:
        """Let the recipient take the case on."""
        self.carla.answer_offer(self.case, MembershipStep.ACCEPTED)
        self.carla_online.rounds()


@pytest.fixture
def handing(azc: Office, town: Office, join: Join) -> Handing:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    anna_online, carla_online = anna.online(), carla.online()
    anna_online.rounds()
    carla_online.rounds()
    case = anna.open_case()
    anna.answer(case, "Keren")
    anna.offer(case, town.root.card)
    anna_online.rounds()
    return Handing(case, anna, anna_online, carla, carla_online)


def test_an_offered_case_arrives_opens_and_is_confirmed(handing: Handing) -> None:
    handing.receive()
    handing.anna_online.rounds()

    assert handing.carla.journal.view(handing.case).name == CANARY
    assert handing.carla.answers(handing.case) == {"Keren"}
    assert handing.anna.step(handing.case) is MembershipStep.RECEIVED
    assert handing.anna.journal.membership.all() == handing.carla.journal.membership.all()


def test_nothing_of_a_case_is_seen_before_it_is_offered(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    anna.once()

    carla.once()

    assert case in anna.journal.dossiers()
    assert carla.journal.dossiers() == ()
    assert carla.journal.membership.all() == {}


def test_an_accepted_case_is_the_municipalitys_and_the_sender_reads_no_further(handing: Handing) -> None:
    handing.receive()
    handing.accept()
    handing.carla.answer(handing.case, "Haarlem")
    handing.carla_online.rounds()

    handing.anna_online.rounds()

    assert handing.anna.step(handing.case) is MembershipStep.ACCEPTED
    assert handing.anna.answers(handing.case) == {"Keren"}
    assert handing.carla.answers(handing.case) == {"Haarlem"}


def test_what_the_sender_had_waiting_arrives_after_the_acceptance_and_is_kept_apart(handing: Handing) -> None:
    handing.receive()
    handing.anna.answer(handing.case, "Dronten", "/intake/later")
    handing.accept()

    handing.anna_online.rounds()
    handing.carla_online.rounds()

    assert handing.carla.answers(handing.case, "/intake/later") == set()
    assert [each.code for each in handing.carla.journal.quarantined(handing.case)] == ["records.after_handover"]


def test_a_returned_case_comes_back_with_its_reason_sealed(handing: Handing) -> None:
    handing.receive()
    reason = HandoverStep("returned", "", "Er is nog geen woning", "")
    handing.carla.journal.append(handing.case, reason, AT_THE_TABLE)
    handing.carla.answer_offer(handing.case, MembershipStep.RETURNED)
    handing.carla_online.rounds()

    handing.anna_online.rounds()

    assert handing.anna.step(handing.case) is MembershipStep.RETURNED
    told = [event.body for event in handing.anna.journal.events(handing.case)]
    assert reason in told


def test_a_withdrawn_case_can_be_offered_again(handing: Handing, town: Office) -> None:
    handing.anna.take(handing.case, MembershipStep.WITHDRAWN, town.root.card.id)
    handing.anna.answer(handing.case, "Haarlem")
    handing.anna_online.rounds()
    handing.carla_online.rounds()
    assert handing.carla.step(handing.case) is MembershipStep.WITHDRAWN
    assert handing.carla.answers(handing.case) == {"Keren"}

    handing.anna.offer(handing.case, town.root.card)
    handing.anna_online.rounds()
    handing.carla_online.rounds()

    assert handing.carla.answers(handing.case) == {"Haarlem"}


def test_a_case_is_offered_once_at_a_time(handing: Handing, town: Office) -> None:
    with pytest.raises(UserError, match=r"membership\.wrong_step"):
        handing.anna.offer(handing.case, town.root.card)


def test_repeating_a_step_is_harmless(handing: Handing) -> None:
    state = handing.anna.journal.membership.of(handing.case)
    assert state is not None
    for statement in state.statements:
        answer = handing.anna_online.client.take_steps(MembershipBatch((statement,)))
        assert (answer.logs, answer.refused) == ((MembershipLog(state.statements),), ())


def test_a_step_out_of_order_is_refused_here_already(handing: Handing) -> None:
    handing.carla_online.rounds()
    with pytest.raises(UserError, match=r"membership\.wrong_step"):
        handing.carla.answer_offer(handing.case, MembershipStep.ACCEPTED)


def test_a_step_of_the_other_side_is_refused_here_already(handing: Handing) -> None:
    with pytest.raises(UserError, match=r"membership\.not_yours"):
        handing.anna.answer_offer(handing.case, MembershipStep.RECEIVED)


def test_an_offer_to_who_is_not_served_here_is_given_up_and_said(handing: Handing, town: Office) -> None:
    case = handing.anna.open_case("Amina")
    handing.anna.take(case, MembershipStep.OFFERED, OrganisationId("f" * 32))

    done = handing.anna_online.rounds()

    assert "membership.recipient_unknown" in {code for each in done for code in each.refused}
    assert "membership.given_up" in {each.code for each in done[-1].state.notices}
    assert handing.anna.step(case) is None
    handing.anna.offer(case, town.root.card)
    handing.anna_online.rounds()
    assert handing.anna.step(case) is MembershipStep.OFFERED


def test_a_sender_the_recipient_does_not_know_is_not_believed(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    anna, carla = join(azc, "anna"), join(town, "carla")
    carla_online = carla.online()
    carla_online.rounds()
    case = anna.open_case()
    anna.offer(case, town.root.card)
    anna.once()

    (done,) = carla_online.rounds()

    assert "trust.organisation_unknown" in done.refused
    assert carla.journal.membership.all() == {}
    assert case not in carla.journal.dossiers()
