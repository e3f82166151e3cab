"""The life of what stands in one answer control, from the first letter to the record. Pure; no screen, no clock.

Guarantees, whatever the order of typing, pauses, results and pages: what a person typed stays until it is in the
record or until they change it. A refused value stays with its sentence until it is changed. A pause alone never
refuses, and never writes over an answer that came in meanwhile: only leaving the control, Enter and Next insist on a
verdict. What another answer takes the place of, such as "rather not say", comes back when that answer is taken back.
"""

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from desktop.i18n import with_plain_figures
from desktop.services.interview.page_parts import REMOVES_ROWS, ProblemText
from protocol.identifiers import DossierId

AnswerPhase = Literal["pristine", "typing", "conflicting", "sent", "refused", "kept"]
"""`pristine`: as in the record; `typing`: changed, not offered; `conflicting`: changed, and meanwhile the record got
another answer, which a pause does not replace; `sent`: offered, no result yet; `refused`: the form does not take it;
`kept`: what was typed is in the record."""

_AS_RECORDED = frozenset({"pristine", "kept"})


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of a value that was offered: in the record, refused by the form, or neither (the disk failed)."""

    dossier: DossierId
    ref: str
    value: str
    kept: bool
    problem: ProblemText | None = None


@dataclass(slots=True)
class AnswerState:
    """What stands in one control (`value`) beside what the record has (`recorded`), both in XForms lexical form.

    `was_warned`: what the value offered last takes off the interview was told, and it is offered once more.
    """

    recorded: str = ""
    value: str = ""
    phase: AnswerPhase = "pristine"
    problem: ProblemText | None = None
    was_warned: bool = False
    _insisted: bool = False
    _contested: bool = False
    _aside: str = ""
    _under_way: deque[str] = field(default_factory=deque)

    def type(self, value: str) -> None:
        """Take over what a person changed the control to."""
        if value == self.value and self.phase != "refused":
            return
        self.value, self.problem, self._insisted = value, None, False
        if self._under_way and value == self._under_way[-1]:
            self.phase = "sent"
        elif not self._under_way and value == self.recorded:
            self.phase, self._contested = "pristine", False
        else:
            self.phase = "conflicting" if self._contested else "typing"

    def offer(self, *, insist: bool) -> str | None:
        """Return the value to keep now, None when there is nothing to keep.

        Without `insist`, after a pause, a refusal is not told and the value goes on being typed.
        """
        self._insisted = self._insisted or insist
        if self.phase != "typing" and not (insist and self.phase in {"refused", "conflicting"}):
            return None
        self.was_warned = self.phase == "refused" and self.problem is not None and self.problem.code == REMOVES_ROWS
        self.phase, self._contested = "sent", False
        self._under_way.append(self.value)
        return self.value

    def refuse(self, problem: ProblemText) -> None:
        """Refuse what stands in the control without offering it: it is not finished."""
        self.phase, self.problem = "refused", problem

    def settle(self, outcome: AnswerOutcome) -> None:
        """Take the result of an offer; results come in the order of the offers."""
        if outcome.value not in self._under_way:
            return
        self._under_way.remove(outcome.value)
        if outcome.kept:
            self.recorded = outcome.value
        if self.phase != "sent" or outcome.value != self.value:
            return
        if outcome.kept:
            self.phase, self.problem = "kept", None
        elif outcome.problem is not None and self._insisted:
            self.phase, self.problem = "refused", outcome.problem
        else:
            self.phase, self.problem = "typing", None
        self._insisted = False

    def show(self, recorded: str) -> None:
        """Take what the record has now; it replaces `value` only where nothing newer was typed."""
        changed = with_plain_figures(recorded) != with_plain_figures(self.recorded)
        self.recorded = recorded
        if self.phase in _AS_RECORDED:
            self.phase = "kept" if self.phase == "kept" and self.value == recorded else "pristine"
            self.value = recorded
        elif self.phase in {"typing", "conflicting"} and self.value == recorded:
            self.phase, self._contested = "kept", False
        elif changed and self.phase != "sent":
            self._contested = True
            self.phase = "refused" if self.phase == "refused" else "conflicting"

    def give_up(self) -> None:
        """Let another answer take the place of what stands here, which is set aside: the record is shown next."""
        self._aside = self.value
        self.phase, self.problem, self._insisted, self._contested = "kept", None, False, False

    def take_up(self) -> bool:
        """Bring back what was set aside, now that its place is free again; tell whether there was anything."""
        value, self._aside = self._aside, ""
        if not value or self.phase not in _AS_RECORDED or self.recorded:
            return False
        self.phase, self.value = "typing", value
        return True

    def recover(self) -> None:
        """Go back to typing where another answer was to take the place and could not be kept."""
        if self.phase == "kept" and self.value != self.recorded:
            self.phase, self._aside = "typing", ""


class AnswerStates:
    """The states of the controls of one interview page, by dossier and question, for as long as the page exists.

    A card may come and go, by moving on or because another device changed what is asked: its state stays.
    """

    def __init__(self) -> None:
        self._states: dict[tuple[DossierId, str], AnswerState] = {}
        self._dossier = DossierId("")

    def enter(self, dossier: DossierId) -> None:
        """Let `at` mean the questions of `dossier`."""
        self._dossier = dossier

    def at(self, ref: str, recorded: str) -> AnswerState:
        """Return the state of the control of the question at `ref`."""
        return self._states.setdefault((self._dossier, ref), AnswerState(recorded, recorded))

    def was_warned(self, ref: str) -> bool:
        """Tell whether the value under way at `ref` is offered once more after what it takes away was told."""
        state = self._states.get((self._dossier, ref))
        return state is not None and state.was_warned

    def half_typed(self) -> dict[str, str]:
        """Return what was typed in any dossier and is not in the record, by dossier and question in one name."""
        return {
            f"{dossier}{ref}": state.value
            for (dossier, ref), state in self._states.items()
            if state.phase not in _AS_RECORDED and state.value
        }

    def put_back(self, name: str, value: str) -> None:
        """Go on with what was half typed before the page went; a name without dossier is of the present one."""
        dossier, slash, rest = name.partition("/")
        state = AnswerState()
        self._states.setdefault((DossierId(dossier) or self._dossier, slash + rest), state).type(value)

    def settle(self, outcome: AnswerOutcome) -> None:
        """Hand a result to the control it is for."""
        state = self._states.get((outcome.dossier, outcome.ref))
        if state is not None:
            state.settle(outcome)

    def recover(self) -> None:
        """Go back to typing wherever something could not be kept."""
        for state in self._states.values():
            state.recover()
