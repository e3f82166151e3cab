"""Whoever lies and whatever comes in first: who holds the same rows sees the same, and nothing is hidden by a lie.

Three laptops write in one case, honestly or saying to have seen what they like, and take in some of each other's rows;
the first has a key to health that the others lack. A fourth gets everything at the end, in any order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.records import HEALTH, AnswerGiven, Event, Register, SealedRow
from desktop.records.events.envelope import Claim
from protocol.identifiers import DeviceId, DossierId
from tests.examples import examples
from tests.made_up_claims import MADE_UP, claim_to, write_claiming
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop
from tests.unit.records.claims import answers

WRITERS = 3
_who = st.integers(0, WRITERS - 1)


@dataclass(frozen=True)
class _Step:
    """What somebody does: answers, takes in the first `number` rows of another, or says to have seen one of them.

    A guess names the row as it is, which its author may not have; a lie makes one up.
    """

    who: int
    kind: str
    other: int
    number: int


STEPS = st.lists(
    st.builds(_Step, _who, st.sampled_from(["core", HEALTH, "take", "take", "guess", "lie"]), _who, st.integers(0, 9)),
    max_size=16,
)


@pytest.fixture(scope="module")
def laptops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Laptop]]:
    """Return three writers and a reader."""
    made = [new_laptop(tmp_path_factory.mktemp("claims"), AZC, str(number)) for number in range(WRITERS + 1)]
    yield made
    for laptop in made:
        laptop.journal.close()
        laptop.vault.lock()


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, data=st.data(), at_once=st.integers(1, 12))
def test_who_holds_the_same_rows_sees_the_same(
    laptops: list[Laptop], steps: list[_Step], data: st.DataObject, at_once: int
) -> None:
    dossier = _begun(laptops)
    for step in steps:
        _carry_out(step, laptops, dossier)
    rows = [row for laptop in laptops for row in _rows(laptop, dossier)]
    mixed = data.draw(st.permutations(rows))
    for at in range(0, len(mixed), at_once):
        laptops[WRITERS].journal.accept_rows(mixed[at : at + at_once])
    for laptop in laptops[:WRITERS]:
        laptop.journal.accept_rows(rows)
    found = [_seen_here(laptop, dossier) for laptop in laptops]
    for laptop in laptops:
        laptop.reopen()
    assert [_seen_here(laptop, dossier) for laptop in laptops] == found
    assert found == found[:1] * len(laptops)
    _judge(laptops[WRITERS], dossier, rows)


def _begun(laptops: Sequence[Laptop]) -> DossierId:
    """Return a new case of the first that the others have a key to."""
    first, *others = laptops
    dossier = first.new_dossier()
    wraps = [wrap for wrap in first.journal.outbox.wraps_waiting(10_000) if wrap.dossier == dossier]
    for laptop in others:
        laptop.journal.accept_logs([first.log(dossier)])
        laptop.journal.keys.import_wraps(wraps)
    return dossier


def _carry_out(step: _Step, laptops: Sequence[Laptop], dossier: DossierId) -> None:
    journal, other = laptops[step.who].journal, laptops[step.other]
    value = answers.given(f"{step.who}.{step.number}")
    if step.kind in {"core", HEALTH}:
        part = step.kind if step.who == 0 else "core"
        journal.append(dossier, value if part == "core" else AnswerGiven("/gezond", "given", "ja"), CONTEXT, part)
        return
    rows = _rows(other, dossier)
    if step.kind == "take":
        journal.accept_rows(rows[: step.number])
        return
    known = [claim_to(row) for row in rows if row.sequence == step.number and step.kind == "guess"]
    claim = known[0] if known else Claim(step.number + 1, MADE_UP)
    write_claiming(journal, dossier, value, CONTEXT, {other.journal.device: claim})


def _rows(laptop: Laptop, dossier: DossierId) -> list[SealedRow]:
    return [row for row in laptop.rows() if row.dossier == dossier]


def _seen_here(laptop: Laptop, dossier: DossierId) -> tuple[object, ...]:
    """Return what stands in the core and what was replaced, what each author had seen, and what does not count."""
    core = [event for event in laptop.journal.events(dossier) if event.compartment == "core"]
    return _register(laptop, dossier), core, set(laptop.journal.doubtful_claims(dossier))


def _register(laptop: Laptop, dossier: DossierId) -> Register:
    return laptop.journal.view(dossier).register(answers.REF)


def _judge(reader: Laptop, dossier: DossierId, rows: Sequence[SealedRow]) -> None:
    """Work out again, from the rows alone, what each author had seen and what stands."""
    there = {(row.device, row.sequence): claim_to(row) for row in rows}
    events = sorted(reader.journal.events(dossier), key=_place)
    seen: dict[DeviceId, dict[DeviceId, int]] = {}
    for event in events:
        mine = seen.setdefault(event.device, {})
        for about, claim in event.claims.items():
            if there.get((about, claim.sequence)) == claim:
                mine[about] = max(mine.get(about, 0), claim.sequence)
        assert event.seen == mine
    given_here = [event for event in events if event.body.KIND == "answer_given"]
    standing = [one for one in given_here if not any(_replaces(other, one) for other in given_here)]
    assert sorted(_place(entry.event) for entry in _register(reader, dossier)) == [_place(one) for one in standing]
    assert standing or not given_here


def _replaces(new: Event, old: Event) -> bool:
    if new.device == old.device:
        return new.sequence > old.sequence
    return new.seen.get(old.device, 0) >= old.sequence


def _place(event: Event) -> tuple[DeviceId, int]:
    return event.device, event.sequence
