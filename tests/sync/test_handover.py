from collections.abc import Callable
from dataclasses import dataclass

import pytest

from desktop.records.events.bodies import HandoverStep
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.offers import Offer, OfferStep
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
    offer: Offer

    def receive(self) -> Offer:
        """Let the recipient fetch the case and confirm it."""
        self.carla_online.rounds()
        (offered,) = self.carla_online.correspondence.offers()
        return self.carla_online.step(offered, OfferStep.RECEIVED)


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
    anna.journal.keys.export_wraps(case, [town.root.card])
    anna_online.rounds()
    offer = anna_online.offer(case, azc.root.card.id, town.root.card.id)
    return Handing(case, anna, anna_online, carla, carla_online, offer)


def test_an_offered_case_arrives_opens_and_is_confirmed(handing: Handing) -> None:
    handing.receive()
    handing.anna_online.rounds()

    assert handing.carla.journal.view(handing.case).name == CANARY
    assert handing.carla.answers(handing.case) == {"Keren"}
    assert [offer.step for offer in handing.anna_online.correspondence.offers()] == [OfferStep.RECEIVED]


def test_nothing_of_a_case_is_seen_before_it_is_offered(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    town.know(azc)
    anna, carla = join(azc, "anna"), join(town, "carla")
    case = anna.open_case()
    anna.journal.keys.export_wraps(case, [town.root.card])
    anna.once()

    carla.once()

    assert carla.journal.dossiers() == ()


def test_an_accepted_case_is_the_municipalitys_and_the_sender_reads_no_further(handing: Handing) -> None:
    accepted = handing.carla_online.step(handing.receive(), OfferStep.ACCEPTED)
    handing.carla.journal.keys.new_epoch(handing.case, [])
    handing.carla.answer(handing.case, "Haarlem")
    handing.carla_online.rounds()

    handing.anna_online.rounds()

    assert accepted.step is OfferStep.ACCEPTED
    assert [offer.step for offer in handing.anna_online.correspondence.offers()] == [OfferStep.ACCEPTED]
    assert handing.anna.answers(handing.case) == {"Keren"}
    assert handing.carla.answers(handing.case) == {"Haarlem"}


def test_what_the_sender_had_waiting_still_arrives_after_the_acceptance(handing: Handing) -> None:
    received = handing.receive()
    handing.anna.answer(handing.case, "Dronten", "/intake/later")
    handing.carla_online.step(received, OfferStep.ACCEPTED)

    handing.anna_online.rounds()
    handing.carla_online.rounds()

    assert handing.carla.answers(handing.case, "/intake/later") == {"Dronten"}


def test_a_returned_case_comes_back_with_its_reason_sealed(handing: Handing) -> None:
    received = handing.receive()
    reason = HandoverStep("returned", "", "Er is nog geen woning", "")
    handing.carla.journal.append(handing.case, reason, AT_THE_TABLE)
    handing.carla_online.rounds()
    handing.carla_online.step(received, OfferStep.RETURNED)

    handing.anna_online.rounds()

    assert [offer.step for offer in handing.anna_online.correspondence.offers()] == [OfferStep.RETURNED]
    told = [event.body for event in handing.anna.journal.events(handing.case)]
    assert reason in told


def test_a_withdrawn_case_can_be_offered_again(handing: Handing, azc: Office, town: Office) -> None:
    withdrawn = handing.anna_online.step(handing.offer, OfferStep.WITHDRAWN)
    handing.anna.answer(handing.case, "Haarlem")
    handing.anna_online.rounds()
    handing.carla_online.rounds()
    assert withdrawn.step is OfferStep.WITHDRAWN
    assert handing.carla.answers(handing.case) == {"Keren"}

    handing.anna_online.offer(handing.case, azc.root.card.id, town.root.card.id)
    handing.carla_online.rounds()

    assert handing.carla.answers(handing.case) == {"Haarlem"}


def test_a_case_is_offered_once_at_a_time(handing: Handing, azc: Office, town: Office) -> None:
    with pytest.raises(UserError, match=r"offer\.already_open"):
        handing.anna_online.offer(handing.case, azc.root.card.id, town.root.card.id)


def test_repeating_the_newest_step_is_harmless(handing: Handing, azc: Office, town: Office) -> None:
    name = handing.offer.statements[0].offer
    again = handing.anna_online.offer(handing.case, azc.root.card.id, town.root.card.id, name)

    assert again == handing.offer


def test_a_step_out_of_order_is_refused(handing: Handing) -> None:
    with pytest.raises(UserError, match=r"offer\.wrong_step"):
        handing.carla_online.step(handing.offer, OfferStep.ACCEPTED)


def test_a_step_of_the_other_side_is_refused(handing: Handing) -> None:
    with pytest.raises(EnvironmentProblem, match=r"offer\.not_yours"):
        handing.anna_online.step(handing.offer, OfferStep.RECEIVED)


def test_a_case_of_another_organisation_cannot_be_offered(handing: Handing, azc: Office, town: Office) -> None:
    with pytest.raises(EnvironmentProblem, match=r"sync\.not_member"):
        handing.carla_online.offer(handing.case, town.root.card.id, azc.root.card.id)


def test_an_unknown_recipient_is_refused(handing: Handing, azc: Office) -> None:
    with pytest.raises(EnvironmentProblem, match=r"offer\.recipient_unknown"):
        handing.anna_online.offer(handing.case, azc.root.card.id, OrganisationId("f" * 32))


def test_a_sender_the_recipient_does_not_know_is_not_believed(azc: Office, town: Office, join: Join) -> None:
    azc.know(town)
    anna, carla = join(azc, "anna"), join(town, "carla")
    carla_online = carla.online()
    carla_online.rounds()
    case = anna.open_case()
    anna.journal.keys.export_wraps(case, [town.root.card])
    anna_online = anna.online()
    anna_online.rounds()
    anna_online.offer(case, azc.root.card.id, town.root.card.id)

    (done,) = carla_online.rounds()

    assert set(done.refused) == {"trust.organisation_unknown"}
    assert carla_online.correspondence.offers() == ()
    assert case not in carla.journal.dossiers()
