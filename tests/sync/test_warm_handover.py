"""The whole handover as the services do it: two vaults, two organisations, a real server that reads nothing."""

from collections.abc import Callable
from pathlib import Path

from desktop.services.suite import Services
from tests.sync.machines import Office
from tests.sync.membership.laptops import CANARY, filled_case, in_step


def test_a_case_goes_from_the_reception_to_the_municipality(
    azc: Office, town: Office, sit_down: Callable[[Office, str], Services], tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    dossier = filled_case(sender)
    in_step(sender)
    in_step(receiver)
    (municipality,) = sender.handover.recipients()
    sender.handover.choose(dossier, municipality.id)
    sender.handover.tick(dossier, "told", done=True)
    sender.handover.prepare(dossier)
    sender.handover.send(dossier)
    in_step(sender)
    in_step(receiver)

    (arrived,) = receiver.received.cases()
    assert (arrived.readable, arrived.name) == (True, "")
    receiver.received.receive(dossier)
    in_step(receiver)
    in_step(sender)
    view = sender.handover.view(dossier)
    assert view.receipt is not None
    assert not view.health_key

    receiver.received.accept(dossier)
    in_step(receiver)
    in_step(sender)
    assert sender.handover.view(dossier).done("accepted")
    here, there = (services.plan.view(dossier, "ti").plan for services in (sender, receiver))
    assert [goal.text for goal in here.goals] == [goal.text for goal in there.goals]
    assert here.routes == there.routes

    receiver.plan.set_own_words(dossier, "Na de overname geschreven.", "")
    in_step(receiver)
    in_step(sender)
    assert sender.plan.view(dossier).plan.own_words.dutch != "Na de overname geschreven."
    made = receiver.documents.export("support_plan", dossier, "ti", tmp_path / "plan.pdf")
    assert made.path.read_bytes().startswith(b"%PDF")


def test_a_return_reaches_the_sender_and_its_reason_nobody_else(
    azc: Office, town: Office, sit_down: Callable[[Office, str], Services]
) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    dossier = filled_case(sender)
    in_step(sender)
    sender.handover.choose(dossier, sender.handover.recipients()[0].id)
    sender.handover.tick(dossier, "told", done=True)
    sender.handover.prepare(dossier)
    sender.handover.send(dossier)
    for services in (sender, receiver):
        in_step(services)
    receiver.received.receive(dossier)
    in_step(receiver)
    receiver.received.give_back(dossier, f"Is de diplomawaardering aangevraagd? {CANARY}")
    for services in (receiver, sender):
        in_step(services)
    view = sender.handover.view(dossier)
    assert view.came_back
    assert CANARY in view.returned
    kept = azc.server.log.read_bytes()
    database = Path(azc.server.database)
    if database.is_file():
        kept += database.read_bytes()
    assert CANARY.encode() not in kept
