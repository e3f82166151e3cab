"""A receipt lets the sender's key to health go; what withholds, forges or shortens it lets nothing go."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from desktop.records import HEALTH
from desktop.services.suite import Services
from protocol.errors import UserError
from protocol.identifiers import DeviceId
from protocol.messages.membership import MembershipStep
from protocol.messages.stream_cuts import StreamCut, pack_cuts
from tests.membership_logs import next_statement, signed
from tests.sync.machines import Laptop, Office
from tests.sync.membership.hostile import give_back, log_of, say, withhold
from tests.sync.membership.laptops import exchange, health_here, in_step, send_first_case

Join = Callable[..., Laptop]
SitDown = Callable[[Office, str], Services]


def test_a_server_that_withholds_the_health_key_gets_no_receipt_and_costs_nothing(
    azc: Office, town: Office, sit_down: SitDown
) -> None:
    sender, receiver, case = send_first_case(azc, town, sit_down)
    before = health_here(sender, case)
    assert before > 0
    kept = withhold(town, case, HEALTH)
    in_step(receiver)

    (arrived,) = receiver.received.cases()
    assert not arrived.readable
    with pytest.raises(UserError, match=r"received\.not_arrived"):
        receiver.received.receive(case)
    in_step(receiver, sender)
    assert sender.handover.view(case).health_key
    assert health_here(sender, case) == before

    give_back(town, case, kept)
    in_step(receiver)
    receiver.received.receive(case)
    in_step(receiver, sender)
    assert not sender.handover.view(case).health_key
    assert health_here(receiver, case) == before


def _shorter(whole: dict[DeviceId, StreamCut]) -> dict[DeviceId, StreamCut]:
    return {device: StreamCut(1, cut.digest) for device, cut in whole.items()}


def _elsewhere(whole: dict[DeviceId, StreamCut]) -> dict[DeviceId, StreamCut]:
    return {device: StreamCut(cut.sequence, bytes(32)) for device, cut in whole.items()}


@pytest.mark.parametrize(
    ("heads", "compartments"),
    [
        (lambda _whole: {}, ("core", "health")),
        (_shorter, ("core", "health")),
        (_elsewhere, ("core", "health")),
        (lambda whole: whole, ("core",)),
    ],
    ids=["no heads", "short", "other rows", "core only"],
)
def test_a_receipt_that_proves_too_little_lets_no_key_go(
    azc: Office,
    town: Office,
    sit_down: SitDown,
    join: Join,
    heads: Callable[[dict[DeviceId, StreamCut]], dict[DeviceId, StreamCut]],
    compartments: tuple[str, ...],
) -> None:
    sender, receiver, case = send_first_case(azc, town, sit_down)
    before = health_here(sender, case)
    in_step(receiver)
    mallory = join(town, "mallory")
    mallory.once()
    device = mallory.vault.device
    whole = dict(sender.journal.membership.heads(case))
    state = log_of(town, case)
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        made = replace(next_statement(state, step, device), heads=pack_cuts(heads(whole)), compartments=compartments)
        made = signed(made, device)
        assert say(mallory, made) == []
        state = state.after(made)
        in_step(sender)
        assert sender.handover.view(case).health_key
        assert health_here(sender, case) == before


def test_the_sender_can_take_back_what_the_server_withholds(azc: Office, town: Office, sit_down: SitDown) -> None:
    sender, receiver, case = send_first_case(azc, town, sit_down)
    withhold(town, case, HEALTH)
    in_step(receiver)

    sender.handover.withdraw(case)
    in_step(sender, receiver)

    assert sender.handover.view(case).health_key
    with pytest.raises(UserError, match=r"received\.wrong_step"):
        receiver.received.receive(case)
    assert exchange(receiver) == set()
