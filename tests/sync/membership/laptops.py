"""Workers with the use cases of the product over a vault of their own, and a case they hand over between them."""

from collections.abc import Callable

from desktop.bootstrap.opening import open_services
from desktop.records import AFTER_HANDOVER
from desktop.services.accounts.case_file import read_case
from desktop.services.accounts.practice import fill_practice
from desktop.services.suite import Services
from protocol.identifiers import DossierId
from protocol.times import today
from tests.content import content
from tests.sync.machines import CLOCK, Office
from tests.unit.services.plan_world import CASE, case

CANARY = "Twijfelwoord-kanarie"


def open_laptop(office: Office, name: str) -> Services:
    """Return the use cases over a new vault of a worker of `office`; whoever asks closes them."""
    return open_services(office.joined_vault(name), content(), CLOCK)


def exchange(services: Services) -> set[str]:
    """Exchange with the server until there is nothing left to send or fetch, and return what was refused."""
    refused: set[str] = set()
    while True:
        done = services.synchronise.round()
        assert done is not None
        refused |= set(done.refused)
        if not done.again:
            return refused


def in_step(*laptops: Services) -> None:
    """Let one after the other exchange all there is with the server; nothing is refused but what came too late."""
    for services in laptops:
        assert exchange(services) <= {AFTER_HANDOVER}


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


def send_off(sender: Services, dossier: DossierId, recipient: Office) -> None:
    """Choose the municipality, tell the person, prepare and send, without a word to the server yet."""
    sender.handover.choose(dossier, recipient.root.card.id)
    sender.handover.tick(dossier, "told", done=True)
    sender.handover.prepare(dossier)
    sender.handover.send(dossier)


def send_first_case(
    sender_office: Office, recipient: Office, sit_down: Callable[[Office, str], Services]
) -> tuple[Services, Services, DossierId]:
    """Return a sender and a receiver that know each other, and a case that was sent and that the server heard of."""
    sender_office.know(recipient)
    recipient.know(sender_office)
    sender, receiver = sit_down(sender_office, "Sanne"), sit_down(recipient, "Karim")
    dossier = filled_case(sender)
    in_step(sender, receiver)
    send_off(sender, dossier, recipient)
    in_step(sender)
    return sender, receiver, dossier


def health_here(services: Services, dossier: DossierId) -> int:
    """Return how many health answers can be read here."""
    return sum(event.compartment == "health" for event in services.journal.events(dossier))
