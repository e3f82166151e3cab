"""Bundles between laptops that also know a server: rows of colleagues go along under the signature they came under."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.bootstrap.opening import open_services
from desktop.services.suite import Services
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import open_invitation
from desktop.vault.vault import Vault, create_vault
from protocol.identifiers import DossierId
from tests.content import content
from tests.sync.machines import CLOCK, Office
from tests.sync.membership.laptops import filled_case, in_step
from tests.unit.services.bundles.sticks import give, made, take
from tests.unit.vault.people import PASSPHRASE


@dataclass(frozen=True, slots=True)
class Seat:
    """A worker with a vault and the use cases over it."""

    vault: Vault
    services: Services


SitDown = Callable[[Office, str], Seat]


@pytest.fixture
def sit_down() -> Iterator[SitDown]:
    """Return a function that gives a worker of an office a vault of their own."""
    opened: list[Seat] = []

    def sit(office: Office, name: str) -> Seat:
        file, code = office.invite()
        root, organisation = office.folder / name, office.root.card.name
        vault, _ = create_vault(
            root, person=name, organisation=organisation, passphrase=PASSPHRASE, clock=CLOCK, cost=Cost.cheap()
        )
        vault.join(open_invitation(file, code, CLOCK.now()), CLOCK.now())
        opened.append(Seat(vault, open_services(vault, content(), CLOCK)))
        return opened[-1]

    yield sit
    for seat in opened:
        seat.services.close()


def test_rows_of_a_colleague_go_along(azc: Office, town: Office, sit_down: SitDown, tmp_path: Path) -> None:
    azc.know(town)
    town.know(azc)
    first, second, receiver = sit_down(azc, "Sanne"), sit_down(azc, "Bram"), sit_down(town, "Karim")
    case = filled_case(first.services)
    for seat in (first, second, receiver):
        in_step(seat.services)
    second.services.plan.set_own_words(case, "Bram schreef dit.", "")
    in_step(second.services)
    in_step(first.services)
    send(first.services, case)

    making = made(first, receiver.vault.membership.card.id)
    assert (len(making.plans[0].streams), making.unproven) == (2, 0)
    (bundle,) = give(first, receiver, tmp_path / "stick")
    came = take(receiver, bundle)

    assert (came.refused, came.waiting) == ({}, 0)
    receiver.services.bundles.incoming.receive([case])
    assert receiver.services.plan.view(case).plan.own_words.dutch == "Bram schreef dit."


def test_rows_that_came_in_without_a_signature_stay_behind_until_they_are_read_again(
    azc: Office, town: Office, sit_down: SitDown
) -> None:
    azc.know(town)
    town.know(azc)
    first, second, receiver = sit_down(azc, "Sanne"), sit_down(azc, "Bram"), sit_down(town, "Karim")
    case = filled_case(second.services)
    for seat in (second, first, receiver):
        in_step(seat.services)
    send(first.services, case)
    store = first.services.journal._store
    with store.atomic():
        store.run("delete from segments")
    recipient = receiver.vault.membership.card.id
    behind = made(first, recipient)
    assert behind.unproven == len(first.services.journal.passing.rows(case, second.vault.device.id, 1, 9999))

    first.services.synchronise.fetch_again()
    in_step(first.services)
    assert made(first, recipient).unproven == 0


def test_after_the_stick_the_server_hears_it_too(azc: Office, town: Office, sit_down: SitDown, tmp_path: Path) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    case = filled_case(sender.services)
    in_step(sender.services)
    in_step(receiver.services)
    send(sender.services, case)
    take(receiver, give(sender, receiver, tmp_path / "there")[0])
    receiver.services.bundles.incoming.receive([case])
    take(sender, give(receiver, sender, tmp_path / "back")[0])
    assert sender.services.handover.view(case).receipt is not None

    in_step(sender.services)
    in_step(receiver.services)
    receiver.services.received.accept(case)
    in_step(receiver.services)
    in_step(sender.services)
    assert sender.services.handover.view(case).done("accepted")


def test_what_the_receiver_says_waits_until_the_server_heard_of_the_case(
    azc: Office, town: Office, sit_down: SitDown, tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver = sit_down(azc, "Sanne"), sit_down(town, "Karim")
    case = filled_case(sender.services)
    in_step(sender.services)
    in_step(receiver.services)
    send(sender.services, case)
    take(receiver, give(sender, receiver, tmp_path / "there")[0])
    receiver.services.bundles.incoming.receive([case])

    early = receiver.services.synchronise.round()
    assert early is not None
    assert early.state.online
    in_step(sender.services)
    assert sender.services.handover.view(case).receipt is None
    receiver.services.synchronise.round()
    in_step(receiver.services)
    in_step(sender.services)
    assert sender.services.handover.view(case).receipt is not None


def test_a_colleague_of_the_receiver_reads_by_the_server_what_came_on_a_stick(
    azc: Office, town: Office, sit_down: SitDown, tmp_path: Path
) -> None:
    azc.know(town)
    town.know(azc)
    sender, receiver, colleague = sit_down(azc, "Sanne"), sit_down(town, "Karim"), sit_down(town, "Els")
    case = filled_case(sender.services)
    in_step(sender.services)
    in_step(receiver.services)
    send(sender.services, case)
    take(receiver, give(sender, receiver, tmp_path / "there")[0])
    receiver.services.bundles.incoming.receive([case])
    receiver.services.received.accept(case)
    receiver.services.plan.set_own_words(case, "Na het aannemen.", "")

    receiver.services.synchronise.round()
    in_step(sender.services)
    for _ in range(2):
        receiver.services.synchronise.round()
    in_step(receiver.services)
    in_step(colleague.services)
    assert colleague.services.plan.view(case).plan.own_words.dutch == "Na het aannemen."
    in_step(sender.services)
    assert sender.services.handover.view(case).done("accepted")


def send(services: Services, case: DossierId) -> None:
    """Send a case to the only municipality that is known."""
    services.handover.choose(case, services.handover.recipients()[0].id)
    services.handover.tick(case, "told", done=True)
    services.handover.prepare(case)
    services.handover.send(case)
