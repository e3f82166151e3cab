"""The whole handover as the services do it: two vaults, two organisations, a real server that reads nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.bootstrap.opening import open_services
from desktop.records import AFTER_HANDOVER
from desktop.services.accounts.case_file import read_case
from desktop.services.accounts.practice import fill_practice
from desktop.services.suite import Services
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import open_invitation
from desktop.vault.vault import create_vault
from protocol.identifiers import DossierId
from protocol.times import today
from tests.content import content
from tests.sync.machines import CLOCK, Office
from tests.unit.services.plan_world import CASE, case
from tests.unit.vault.people import PASSPHRASE

CANARY = "Twijfelwoord-kanarie"


@pytest.fixture
def sit_down() -> Iterator[Callable[[Office, str], Services]]:
    """Return a function that gives a worker of an office the use cases over a vault of their own."""
    opened: list[Services] = []

    def sit(office: Office, name: str) -> Services:
        file, code = office.invite()
        vault, _ = create_vault(
            office.folder / name,
            person=name,
            organisation=office.root.card.name,
            passphrase=PASSPHRASE,
            clock=CLOCK,
            cost=Cost.cheap(),
        )
        vault.join(open_invitation(file, code, CLOCK.now()), CLOCK.now())
        opened.append(open_services(vault, content(), CLOCK))
        return opened[-1]

    yield sit
    for services in opened:
        services.close()


def in_step(services: Services) -> None:
    """Exchange with the server until there is nothing left to send or fetch."""
    while True:
        done = services.synchronise.round()
        assert done is not None
        assert set(done.refused) <= {AFTER_HANDOVER}
        if not done.again:
            return


def filled_case(services: Services) -> DossierId:
    """Return a dossier with the demonstration's answers and a canary in a reason."""
    journal = services.journal
    read = read_case(CASE.read_bytes(), today(CLOCK))
    fill_practice(journal, content().form, [read], services.person)
    dossier = journal.dossiers()[0]
    for route, reason in case()["plan"]["reasons"].items():
        services.plan.set_reason(dossier, route, f"{reason} {CANARY}")
    services.plan.propose(dossier, "B1")
    return dossier


def test_a_case_goes_from_the_reception_to_the_municipality(
    azc: Office, town: Office, sit_down: Callable[[Office, str], Services], tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    dossier = filled_case(sender)
    in_step(sender)
    in_step(receiver)
    (municipality,) = sender.handover.municipalities()
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
    sender.handover.choose(dossier, sender.handover.municipalities()[0].id)
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
