"""The statements of this device on their way to the server: let go, heard, or given up."""

from collections.abc import Collection, Iterable

from desktop.records import Journal
from desktop.services.sync.page_intake import PageResult, is_announced
from desktop.services.sync.steps import NEVER_TAKEN, NOT_YET, StepAnswers
from protocol.identifiers import DossierId
from protocol.messages.membership import MembershipStatement


class OwnSteps:
    """What one round after the other says of the dossiers of one vault."""

    def __init__(self, journal: Journal) -> None:
        self._membership = journal.membership
        self._attempted: list[MembershipStatement] = []
        self.announced: frozenset[DossierId] = frozenset()

    def let_go(self) -> tuple[MembershipStatement, ...]:
        """Return what is to be said in the next round. Store thread."""
        return self._membership.let_go()

    def attempt(self, statement: MembershipStatement) -> None:
        """Remember that `statement` goes out now. Network thread."""
        self._attempted.append(statement)

    def land(self, heard: Iterable[MembershipStatement] = ()) -> frozenset[DossierId]:
        """Keep what the server has and may have, at the end of a round; return what it was about. Store thread."""
        self._membership.land(self._attempted, heard)
        about = frozenset(DossierId(each.dossier) for each in self._attempted)
        self._attempted.clear()
        return about

    def give_up(self, answers: StepAnswers, taken: PageResult) -> frozenset[DossierId]:
        """Forget what the server will never take; return where anything was given up. Store thread.

        `announced` are afterwards those of them where a person is to hear it.
        """
        never = (statement for statement, code in answers.refused if code in NEVER_TAKEN)
        given_up = [each for each in never if self._membership.give_up(each)]
        self.announced = taken.announced | {DossierId(each.dossier) for each in given_up if is_announced(each)}
        return taken.given_up | {DossierId(each.dossier) for each in given_up}


def still_waiting(answers: StepAnswers, given_up: Collection[DossierId]) -> tuple[str, ...]:
    """Return the codes of statements that wait for what another device has yet to send again."""
    return tuple(code for each, code in answers.refused if code == NOT_YET and each.dossier not in given_up)
