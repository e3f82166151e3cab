"""A case of which a part does not open: its receipt says so, the sender keeps its key, and both are told."""

from dataclasses import replace

import pytest

from desktop.records import HEALTH, AnswerGiven, Journal
from desktop.services.dossier.authors import context_of
from desktop.services.handover.receipts import unopened
from desktop.services.rights.retention import RetentionService
from protocol.errors import UserError
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.membership_logs import take_step
from tests.unit.protocol.membership.logs import OFFERED, log_of
from tests.unit.services.handover.test_handover_service import make_ready, send, the_case
from tests.unit.services.plan_world import Laptop, World, carry, decide
from tests.unit.vault.people import MOMENT


@pytest.fixture
def world(world: World) -> World:
    """The case with a plan that was decided."""
    decide(world.azc, world.dossier)
    return world


def _answer_under_another_key(world: World) -> None:
    """Write about health under fresh keys, and something after it."""
    journal, dossier, vault = world.azc.journal, world.dossier, world.azc.vault
    context = context_of(journal.view(dossier), vault.person)
    take_step(journal, dossier, (MembershipStep.RENEWED, vault.membership.card.id, MOMENT), context)
    for _ in range(2):
        journal.append(dossier, AnswerGiven("/brede_intake/gezondheid", "given", "ja"), context, HEALTH)


def _lose_the_other_key(journal: Journal, world: World) -> None:
    keys = [key for key in journal._cache.require(world.dossier).keyring if key.compartment == HEALTH]
    lost = max(keys, key=lambda key: key.epoch)
    assert len(keys) == 2
    with journal._store.atomic():
        journal._store.run("delete from dossier_keys where mark = ?", [lost.key_id])
    journal._cache.forget(world.dossier)


def town_log(world: World) -> MembershipLog:
    """Return what was said of the case, as the municipality has it."""
    state = world.town.journal.membership.of(world.dossier)
    assert state is not None
    return MembershipLog(state.statements)


def _due(laptop: Laptop) -> set[str]:
    services = laptop.services
    retention: RetentionService = services.retention
    return {row.term.rule.key for row in retention.view().rows}


def test_health_that_does_not_open_is_named_in_the_receipt_and_its_key_stays(world: World) -> None:
    _answer_under_another_key(world)
    send(world)
    _lose_the_other_key(world.town.journal, world)
    received = world.town.services.received

    case = the_case(world)
    assert (case.readable, case.partial, case.unopened) == (False, True, (HEALTH,))
    with pytest.raises(UserError, match=r"received\.not_arrived"):
        received.receive(world.dossier)
    received.receive(world.dossier, partly=True)
    assert (the_case(world).unopened, the_case(world).partial) == ((HEALTH,), False)
    assert the_case(world).name
    carry(world)

    view = world.azc.services.handover.view(world.dossier)
    assert (view.unopened, view.health_key, view.receipt is not None) == ((HEALTH,), True, True)
    assert "health_key" not in _due(world.azc)
    world.azc.services.handover.settle()
    assert HEALTH in world.azc.journal.compartments(world.dossier)

    received.give_back(world.dossier, "De gezondheid opent hier niet.")
    carry(world)
    view = world.azc.services.handover.view(world.dossier)
    assert (view.came_back, view.unopened, view.health_key) == (True, (), True)


def test_what_opens_after_all_is_proven_by_the_acceptance(world: World) -> None:
    _answer_under_another_key(world)
    send(world)
    wraps = world.azc.journal.outbox.wraps_waiting(1000)
    _lose_the_other_key(world.town.journal, world)
    world.town.services.received.receive(world.dossier, partly=True)
    mine = [wrap for wrap in wraps if wrap.recipient == world.town.vault.organisation_id]
    assert world.town.journal.keys.import_wraps(mine, world.town.book.directory()).refused == ()
    world.town.services.received.accept(world.dossier)
    carry(world)

    assert world.azc.services.handover.view(world.dossier).unopened == ()
    assert HEALTH not in world.azc.journal.compartments(world.dossier)


@pytest.mark.parametrize(("damaged", "partial"), [(True, True), (False, False)])
def test_a_stream_that_ends_in_a_damaged_row_can_be_received_and_one_under_way_cannot(
    world: World, *, damaged: bool, partial: bool
) -> None:
    make_ready(world)
    world.azc.services.handover.send(world.dossier)
    azc, town = world.azc, world.town
    state = azc.journal.membership.of(world.dossier)
    assert state is not None
    town.journal.accept_logs([MembershipLog(state.statements)])
    mine = azc.journal.passing.grants(world.dossier, town.vault.membership.card.id)
    town.journal.keys.import_wraps(mine, town.book.directory())
    *rows, last = azc.journal.outbox.rows_after(0, 10_000)
    broken = replace(last, sealed=bytes(len(last.sealed)))
    writers = {azc.vault.device.id: azc.vault.membership.card.id}
    town.journal.accept_rows([*rows, *([broken] if damaged else [])], writers)

    assert (the_case(world).readable, the_case(world).partial) == (False, partial)
    if damaged:
        town.services.received.receive(world.dossier, partly=True)
        azc.journal.accept_logs([town_log(world)])
        azc.services.handover.settle()
        assert azc.services.handover.view(world.dossier).unopened == ("core", HEALTH)
        assert HEALTH in azc.journal.compartments(world.dossier)
        return
    with pytest.raises(UserError, match=r"received\.not_arrived"):
        town.services.received.receive(world.dossier, partly=True)


def test_a_compartment_that_does_not_exist_holds_no_receipt_up() -> None:
    transfer = log_of(OFFERED).transfer
    assert transfer is not None
    offered = transfer.statement(MembershipStep.OFFERED)
    assert offered is not None
    assert unopened(transfer, {"core"}) == (HEALTH,)
    assert unopened(transfer, {"core", HEALTH}) == ()
