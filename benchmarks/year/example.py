"""One case from the interview to the end of its first months, made by two real laptops on the real server."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.sync.world import ANSWER
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStep
from tests.sync.machines import Laptop, Online, ServerProcess, found_office

ANSWERS = 200
"""At the reception location: 150 of the interview, and the plan."""

LATER_ANSWERS = 100
"""At the municipality: talks, steps, messages."""

AT_A_TIME = 2
"""How many answers go in one message: a round begins a second and a half after an answer."""


@dataclass(frozen=True, slots=True)
class Example:
    """A case on the server, and the two organisations it was at."""

    dossier: DossierId
    reception: str
    municipality: str


def make_example(
    server: ServerProcess, folder: Path, answers: int = ANSWERS, later_answers: int = LATER_ANSWERS
) -> Example:
    """Let a reception location take the case in and hand it over, and a municipality go on with it."""
    azc = found_office(server, folder / "azc", "AZC", "reception")
    town = found_office(server, folder / "town", "Gemeente", "municipality")
    azc.know(town)
    town.know(azc)
    anna, carla = azc.laptop("anna"), town.laptop("carla")
    here, there = anna.online(), carla.online()
    case = anna.open_case()
    _write(anna, here, case, answers)
    anna.offer(case, town.root.card)
    here.rounds()
    there.rounds()
    for step in (MembershipStep.RECEIVED, MembershipStep.ACCEPTED):
        carla.answer_offer(case, step)
        there.rounds()
    here.rounds()
    _write(carla, there, case, later_answers)
    for laptop in (anna, carla):
        laptop.close()
    return Example(case, azc.root.card.id, town.root.card.id)


def _write(laptop: Laptop, online: Online, case: DossierId, answers: int) -> None:
    for number in range(answers):
        laptop.answer(case, ANSWER, f"/intake/vraag_{number}")
        if number % AT_A_TIME:
            online.rounds()
