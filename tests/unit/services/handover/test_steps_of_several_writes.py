"""Each step of a handover and each erasure, failed once at every write it makes, then started again and taken again."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import case_number
from tests.unit.services.failing_writes import MOST_WRITES, FailingWrites, ProcessDiedError, attempt
from tests.unit.services.plan_world import World, carry, decide, make_world, open_world

NEVER = MOST_WRITES + 1
MONTH = timedelta(days=31)


@dataclass(frozen=True)
class StepCase:
    """One step: what came before it, taking it, and the code that says it was taken already."""

    before: Callable[[World], object]
    take: Callable[[World], object]
    taken: str
    later: timedelta = timedelta()


def _prepare(world: World) -> None:
    decide(world.azc, world.dossier)
    handover = world.azc.services.handover
    handover.choose(world.dossier, handover.recipients()[0].id)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)


def _send(world: World) -> None:
    _prepare(world)
    world.azc.services.handover.send(world.dossier)


def _offer(world: World) -> None:
    _send(world)
    carry(world)


def _receive(world: World) -> None:
    _offer(world)
    world.town.services.received.receive(world.dossier)
    carry(world)


def _accept(world: World) -> None:
    _receive(world)
    world.town.services.received.accept(world.dossier)
    carry(world)
    rows = world.azc.journal.outbox.rows_after(0, 100_000)
    world.azc.journal.outbox.acknowledge(rows[-1].position)


def _erase(world: World) -> None:
    world.azc.services.retention.erase(world.dossier, "azc_copy", case_number(world.dossier))


STEPS = {
    "send": StepCase(_prepare, lambda w: w.azc.services.handover.send(w.dossier), "handover.under_way"),
    "withdraw unsaid": StepCase(_send, lambda w: w.azc.services.handover.withdraw(w.dossier), "handover.not_sent"),
    "withdraw": StepCase(_offer, lambda w: w.azc.services.handover.withdraw(w.dossier), "handover.not_sent"),
    "receive": StepCase(_offer, lambda w: w.town.services.received.receive(w.dossier), "received.wrong_step"),
    "accept": StepCase(_receive, lambda w: w.town.services.received.accept(w.dossier), "received.wrong_step"),
    "return": StepCase(
        _receive, lambda w: w.town.services.received.give_back(w.dossier, "Vraag"), "received.wrong_step"
    ),
    "erase a mistake": StepCase(
        lambda _world: None, lambda w: w.azc.services.mistakes.erase(w.dossier), "retention.no_such_case"
    ),
    "erase": StepCase(_accept, _erase, "retention.not_due", MONTH),
}


@pytest.mark.expects_log
@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize(
    "failure",
    [
        pytest.param(EnvironmentProblem("records.disk_full"), id="full"),
        pytest.param(ProcessDiedError(), id="died", marks=pytest.mark.long),
    ],
)
def test_a_step_that_fails_at_any_write_is_complete_after_the_next_start(
    name: str, failure: BaseException, tmp_path: Path
) -> None:
    case = STEPS[name]
    made = make_world(tmp_path / "made", case.before)
    made.close()
    wanted = _take_at(case, tmp_path, made, NEVER, failure)
    assert 1 <= wanted.writes < MOST_WRITES
    for number in range(1, wanted.writes + 1):
        assert _take_at(case, tmp_path, made, number, failure).state == wanted.state, (name, number)


@dataclass(frozen=True)
class Taken:
    """What a step came to: the state after the next start, and how many writes were made."""

    state: object
    writes: int


def _take_at(case: StepCase, root: Path, made: World, number: int, failure: BaseException) -> Taken:
    """Take the step failing at write `number`, start again, take it again where it was not taken, look."""
    here = root / str(number)
    shutil.copytree(root / "made", here, symlinks=True)
    world = open_world(here, made.dossier, case.later)
    writes = FailingWrites(number, failure)
    raised = attempt(lambda: case.take(world), writes)
    seen = None if raised else _record(world)
    if not raised:
        _refuse_again(case, world)
    world.close()
    world = open_world(here, made.dossier, case.later)
    try:
        if raised:
            _take_unless_taken(case, world)
        state = _state(world)
        assert raised or seen == _record(world), "what was acknowledged stands"
        _refuse_again(case, world)
        carry(world)
        return Taken((state, _state(world)), writes.seen)
    finally:
        world.close()
        shutil.rmtree(here)


def _refuse_again(case: StepCase, world: World) -> None:
    with pytest.raises(UserError) as again:
        case.take(world)
    assert again.value.code == case.taken


def _take_unless_taken(case: StepCase, world: World) -> None:
    try:
        case.take(world)
    except UserError as error:
        assert error.code == case.taken


def _state(world: World) -> object:
    """Return what must be the same however often a step failed."""
    follows = [
        (
            laptop.unsent(world.dossier),
            laptop.said(world.dossier),
            [each.kind for each in laptop.journal.intentions.pending()],
        )
        for laptop in (world.azc, world.town)
    ]
    return _record(world), follows


def _record(world: World) -> object:
    """Return what is durable when a step returns: events, keys, tombstones; the rest may follow at the next start."""
    found = []
    for laptop in (world.azc, world.town):
        journal, known = laptop.journal, world.dossier in laptop.journal.dossiers()
        keyring = journal._cache.open(world.dossier).keyring
        found.append(
            (
                [step.body for step in journal.view(world.dossier).handover] if known else None,
                sorted((key.compartment, key.epoch) for key in keyring),
                [(stone.compartment, stone.reason, stone.done) for stone in journal.erasures.tombstones()],
            )
        )
    return found
