"""Runs a script over a form: each step with all that it changed, and each expectation that did not come true.

Deterministic: clock, random source and properties come from the script. Nothing is read or written here.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from desktop.forms.errors import FormError
from desktop.forms.model.form import Form
from desktop.forms.script.expectations import ExpectationContext, Failure, check_expectation
from desktop.forms.script.place_names import NodeSnapshot, ScriptPlaces
from desktop.forms.script.script_files import moment_of
from desktop.forms.script.steps import FIRST_MOMENT, FIRST_SEED, Script, ScriptStep
from desktop.forms.session.outcomes import FormProblem, Outcome
from desktop.forms.session.session import Session
from desktop.forms.session.session_texts import Translate
from protocol.identifiers import InstanceId
from protocol.times import SettableClock

Translations = Callable[[str], Translate | None]
"""Gives what translates a form into a language it does not speak itself, or None when nothing does."""

MOST_ROWS = 1_000
"""Rows that one step may add."""

_AWAITING = frozenset({"expect problem", "expect message"})


@dataclass(frozen=True, slots=True)
class Change:
    """Something that is different after a step. `what` is value, relevant, required, readonly or rows.

    `place` reads as in a script; `ref` is the address as of this moment.
    """

    ref: str
    place: str
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step that was taken. `place` reads as in a script; `refused` has the message in the language being spoken.

    `unasked` tells that an answer was given to a question that is not asked now: it is kept until it is.
    """

    step: ScriptStep
    place: str
    changes: tuple[Change, ...] = ()
    refused: FormProblem | None = None
    message: str = ""
    unasked: bool = False
    failure: Failure | None = None


class ScriptRun:
    """One run of one script. `session` is the interview as it stands; `now` and `seed` tell in which world it runs."""

    def __init__(
        self,
        form: Form,
        script: Script,
        translations: Translations,
        now: datetime | None = None,
        seed: int | None = None,
    ) -> None:
        """Begin the interview; `now` and `seed` go before those of the script."""
        self._script = script
        self._translations = translations
        self.now = now or script.now or FIRST_MOMENT
        self.seed = seed if seed is not None else (script.seed if script.seed is not None else FIRST_SEED)
        self.zone = ZoneInfo(script.zone)
        self._clock = SettableClock(self.now)
        self.session = Session(
            form,
            clock=self._clock,
            random=random.Random(self.seed),  # noqa: S311  # repeats on purpose, guards nothing
            properties=script.properties,
            zone=self.zone,
        )
        self.places = ScriptPlaces(self.session)
        self._table = ExpectationContext(self.session, self.places)

    def steps(self) -> Iterator[StepResult]:
        """Take the steps one by one. Raises FormError with the line of a step that cannot be taken; it ends the run."""
        for index, step in enumerate(self._script.steps):
            following = self._script.steps[index + 1] if index + 1 < len(self._script.steps) else None
            try:
                yield self._look(step) if step.is_expectation else self._act(step, following)
            except FormError as error:
                raise error.located(line=step.line, step=step.verb) from error

    def _look(self, step: ScriptStep) -> StepResult:
        place, failure = check_expectation(step, self._table)
        return StepResult(step, place, failure=failure)

    def _act(self, step: ScriptStep, following: ScriptStep | None) -> StepResult:
        before = self.places.states()
        ref = self._ref_of(step)
        unasked = step.verb == "answer" and not self.session.state(ref).relevant
        place = self.places.short(ref) if ref else ""
        outcome = self._do(step, ref)
        self._table.problem = problem = outcome.problem
        if outcome.accepted:
            self._table.changed = outcome.changed
        message = self._table.message() if problem is not None else ""
        failure = None
        if problem is not None and not (following is not None and following.verb in _AWAITING and not following.at):
            failure = Failure("accepted", problem.code)
        changes = tuple(self._changes(before, self.places.states()))
        return StepResult(step, place, changes, problem, message, unasked, failure)

    def _ref_of(self, step: ScriptStep) -> str:
        if step.verb == "add":
            return self.places.repeat(step.at)
        if step.verb == "go to":
            return self.places.ref(step.at)
        return self.places.one(step.at) if step.verb in {"answer", "clear", "remove"} else ""

    def _do(self, step: ScriptStep, ref: str) -> Outcome:
        session = self.session
        if step.verb in {"answer", "clear"}:
            return session.answer(ref, step.value if step.verb == "answer" else "")
        if step.verb == "add":
            return self._add(step, ref)
        if step.verb == "remove":
            return session.remove_repeat(ref)
        if step.verb == "undo":
            return self._undo(step)
        if step.verb == "language":
            return self._speak(step.value)
        if step.verb == "go to":
            session.go_to(ref)
        else:
            self._clock.moment = moment_of(step, self._script.zone)
        return Outcome(accepted=True)

    def _add(self, step: ScriptStep, ref: str) -> Outcome:
        wanted = step.value or "1"
        if not wanted.isdecimal() or not 0 < int(wanted) <= MOST_ROWS:
            raise step.error("script.value", value=step.value)
        changed: dict[str, None] = {}
        for _ in range(int(wanted)):
            number = len(self.session.instances(ref)) + 1
            _, outcome = self.session.add_repeat(ref, self._free(ref, number))
            changed.update(dict.fromkeys(outcome.changed))
        return Outcome(accepted=True, changed=tuple(changed))

    def _free(self, ref: str, number: int) -> InstanceId:
        """Return an identity that no row has yet, the same in every run."""
        taken = set(self.session.instances(ref))
        while f"{ref}[r{number}]" in taken:
            number += 1
        return InstanceId(f"r{number}")

    def _undo(self, step: ScriptStep) -> Outcome:
        outcome = self.session.undo()
        if not outcome.accepted:
            raise step.error("script.nothing_to_undo")
        return outcome

    def _speak(self, tag: str) -> Outcome:
        own = self.session.form.texts.language(tag)
        translate = self._translations(tag) if own is None else None
        if own is None and translate is None:
            raise FormError("forms.unknown_language", language=tag)
        return self.session.set_language(tag, translate) if translate is not None else self.session.set_language(tag)

    def _changes(self, before: dict[str, NodeSnapshot], after: dict[str, NodeSnapshot]) -> Iterator[Change]:
        new = NodeSnapshot("", relevant=True, required=False, readonly=False)
        for ref, now in after.items():
            then = before.get(ref, new)
            place = self.places.short(ref)
            if then.rows != now.rows and now.rows is not None:
                yield Change(ref, place, "rows", str(then.rows or 0), str(now.rows))
            if then.value != now.value:
                yield Change(ref, place, "value", then.value, now.value)
            if ref not in before:
                continue
            for what in ("relevant", "required", "readonly"):
                old, present = getattr(then, what), getattr(now, what)
                if old != present:
                    yield Change(ref, place, what, _yes(old), _yes(present))


def _yes(flag: bool) -> str:  # noqa: FBT001  # the value itself
    return "yes" if flag else "no"
