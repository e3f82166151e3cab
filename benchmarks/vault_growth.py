"""What grows with what: appending with nothing, unlocking with dossiers and not with events."""

import statistics
from dataclasses import dataclass
from itertools import cycle

from benchmarks.measure import in_turn, processor_seconds
from benchmarks.results import Result
from benchmarks.vault_append import committing
from benchmarks.vault_reading import people
from benchmarks.vault_world import CONTEXT, QUESTIONS, bodies, folder, plain_database, world

SIZES = (100, 1000, 10_000)
FEW, MANY = 15, 150
APPENDS = 300
ROUNDS = 5
FLAT = 1.5


@dataclass(frozen=True, slots=True)
class _Figures:
    """Medians of a vault: an append over a plain commit beside it, and processor seconds of unlocking to the people."""

    append: float
    unlock: float


def compare() -> list[Result]:
    """Measure vaults of `SIZES` dossiers with `FEW` events, and one in the middle with `MANY`."""
    figures = [_measured(size, FEW) for size in SIZES]
    heavy = _measured(SIZES[1], MANY)
    first, last = figures[0], figures[-1]
    growth, events = last.append / first.append, heavy.unlock / figures[1].unlock
    each, each_before = last.unlock / SIZES[-1], first.unlock / SIZES[0]
    sizes, small = f"{SIZES[0]:,} to {SIZES[-1]:,} dossiers", f"at {SIZES[0]:,} dossiers, over a plain commit"
    flat, least = f"flat: <= {FLAT}", f"<= {FLAT} x"
    per, per_few = "unlock to people, work per dossier of 10,000", "per dossier of 100"
    rich, poor = f"unlock to people, {SIZES[1]:,} x {MANY} events", f"{SIZES[1]:,} x {FEW} events"
    middle = figures[1].unlock
    tree, pages = "the depth of SQLite's index", "opening a key and a sealed summary per dossier"
    return [
        Result(f"append, {sizes}", last.append, small, first.append, flat, growth <= FLAT, "x", tree),
        Result(per, each, per_few, each_before, least, each / each_before <= FLAT, limit=pages),
        Result(rich, heavy.unlock, poor, middle, least, events <= FLAT, limit="larger pages of the same rows"),
    ]


def _measured(dossiers: int, answers: int) -> _Figures:
    bodies_in_turn = cycle(bodies(QUESTIONS))
    with folder() as place, world(place) as full, plain_database(place / "plain.db") as plain:
        made = full.fill(dossiers, answers - 1)
        people(full)
        full.journal.view(made[0])
        commit = committing(plain)
        taken, other = in_turn(lambda: full.journal.append(made[0], next(bodies_in_turn), CONTEXT), commit, APPENDS)
        people(full)
        unlock = [processor_seconds(lambda: people(full)) for _ in range(ROUNDS)]
    return _Figures(statistics.median(taken) / statistics.median(other), statistics.median(unlock))
