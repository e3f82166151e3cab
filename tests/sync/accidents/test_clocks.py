"""Laptops with a wrong clock, before a real server that has the right one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from desktop.bootstrap.opening import open_services
from desktop.services.handover.handover_parts import TalkPlan
from desktop.services.suite import Services
from desktop.services.sync.clock_check import ClockDoubt, ClockWarning
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncService, SyncState
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from protocol.times import SettableClock
from tests.content import content
from tests.sync.machines import CLOCK, Laptop, Office
from tests.sync.membership.laptops import filled_case, in_step

Join = Callable[..., Laptop]
_CENTURY = timedelta(days=26_700)


class ShiftedClock(SettableClock):
    """The clock of a machine that somebody set wrong: it goes on, `apart` from the right time."""

    def __init__(self, apart: timedelta) -> None:
        super().__init__(CLOCK.now())
        self.apart = apart

    def now(self) -> datetime:
        """Return the wrong time."""
        return CLOCK.now() + self.apart


def _at(laptop: Laptop, clock: ShiftedClock, address: str = "") -> SyncService:
    connection = Connection(address or laptop.address, laptop.vault.device, clock, pause=lambda _: None)
    laptop.connections.append(connection)
    return SyncService(laptop.journal, laptop.vault, KnownDirectory(laptop.vault), clock, Client(connection))


def _state_after_a_round(service: SyncService) -> SyncState:
    request = service.prepare()
    assert request is not None
    try:
        response = service.exchange(request)
    except OpmaatError as error:
        return service.failed(error)
    return service.apply_response(response).state


def _near(warning: ClockWarning | None, doubt: ClockDoubt) -> bool:
    return warning is not None and warning.doubt is doubt and abs(warning.known - CLOCK.now()) < timedelta(minutes=1)


@pytest.mark.parametrize("apart", [timedelta(seconds=30), timedelta(seconds=-30)])
def test_half_a_minute_is_nothing(azc: Office, join: Join, apart: timedelta) -> None:
    state = _state_after_a_round(_at(join(azc, "anna"), ShiftedClock(apart)))

    assert (state.problem, state.clock) == (None, None)


@pytest.mark.parametrize("apart", [timedelta(minutes=3), timedelta(minutes=-3)])
def test_some_minutes_are_told_while_the_server_still_takes_everything(
    azc: Office, join: Join, apart: timedelta
) -> None:
    state = _state_after_a_round(_at(join(azc, "anna"), ShiftedClock(apart)))

    assert (state.problem, state.online) == (None, True)
    assert _near(state.clock, ClockDoubt.DIFFERS)


@pytest.mark.parametrize(
    "apart", [timedelta(minutes=7), timedelta(minutes=-7), _CENTURY, -_CENTURY, timedelta(seconds=10**9)]
)
def test_more_is_refused_and_told_with_the_time_of_the_server(azc: Office, join: Join, apart: timedelta) -> None:
    anna = join(azc, "anna")
    anna.once()
    clock = ShiftedClock(apart)
    service = _at(anna, clock)
    state = _state_after_a_round(service)

    assert state.problem == "sync.clock_differs"
    assert _near(state.clock, ClockDoubt.DIFFERS)

    clock.apart = timedelta()
    state = _state_after_a_round(service)
    assert (state.problem, state.clock) == (None, None)


@pytest.mark.parametrize(("apart", "doubt"), [(_CENTURY, ClockDoubt.AHEAD), (-_CENTURY, ClockDoubt.BACK)])
def test_who_writes_without_a_network_in_another_century_is_told_at_once(
    azc: Office, join: Join, free_port: int, apart: timedelta, doubt: ClockDoubt
) -> None:
    anna = join(azc, "anna")
    anna.once()
    clock = ShiftedClock(timedelta())
    service = _at(anna, clock, f"http://127.0.0.1:{free_port}")
    assert _state_after_a_round(service).clock is None

    clock.apart = apart
    anna.open_case()

    assert _near(service.state().clock, doubt)


@pytest.fixture
def sit_down() -> Iterator[Callable[[Laptop, ShiftedClock], Services]]:
    """Return a function that gives the use cases over the vault of a laptop, at a clock."""
    opened: list[Services] = []

    def sit(laptop: Laptop, clock: ShiftedClock) -> Services:
        laptop.journal.close()
        opened.append(open_services(laptop.vault, content(), clock))
        return opened[-1]

    yield sit
    for services in opened:
        services.close()


def _begin(services: Services, dossier: DossierId) -> None:
    services.handover.choose(dossier, services.handover.recipients()[0].id)
    services.handover.tick(dossier, "told", done=True)
    services.handover.prepare(dossier)


@pytest.mark.parametrize(
    "last_word", ["withdrawn", *(pytest.param(each, marks=pytest.mark.long) for each in ("prepared", "planned"))]
)
def test_steps_taken_in_2099_do_not_block_the_next_ones(
    azc: Office, town: Office, join: Join, sit_down: Callable[[Laptop, ShiftedClock], Services], last_word: str
) -> None:
    azc.know(town)
    town.know(azc)
    wrong = ShiftedClock(timedelta())
    bert = sit_down(join(azc, "bert"), wrong)
    anna = sit_down(join(azc, "anna"), ShiftedClock(timedelta()))
    karim = sit_down(join(town, "karim"), ShiftedClock(timedelta()))
    dossier = filled_case(bert)
    for services in (bert, karim, anna):
        in_step(services)

    if last_word == "withdrawn":
        _begin(bert, dossier)
        bert.handover.send(dossier)
        in_step(bert)
        wrong.apart = _CENTURY
        bert.handover.withdraw(dossier)
    else:
        wrong.apart = _CENTURY
        _begin(bert, dossier)
    if last_word == "planned":
        bert.handover.plan_talk(dossier, TalkPlan(wrong.now(), "video", "Karim"))
    wrong.apart = timedelta()
    in_step(bert)
    in_step(anna)
    if last_word == "withdrawn":
        _begin(anna, dossier)
    assert anna.handover.view(dossier).done("prepared")
    anna.handover.send(dossier)
    in_step(anna)
    in_step(karim)
    karim.received.receive(dossier)
    karim.received.accept(dossier)
    in_step(karim)
    in_step(anna)

    assert anna.handover.view(dossier).done("accepted")
