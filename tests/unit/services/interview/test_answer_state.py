"""The life of a typed answer: no letter is lost in any order of events, and a pause alone never refuses."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from desktop.services.interview.answer_state import AnswerOutcome, AnswerState, AnswerStates
from desktop.services.interview.page_parts import ProblemText
from protocol.identifiers import DossierId

CASE, REF = DossierId("case"), "/form/question"
REFUSED = ProblemText("forms.constraint", "Nee.", "No.")
VALUES = ("", "1", "12", "123")


def outcome(value: str, *, kept: bool, problem: ProblemText | None = None) -> AnswerOutcome:
    return AnswerOutcome(CASE, REF, value, kept, problem)


def sent(value: str, *, insist: bool) -> AnswerState:
    state = AnswerState()
    state.type(value)
    assert state.offer(insist=insist) == value
    return state


def test_a_kept_value_follows_the_record_again() -> None:
    state = sent("12", insist=True)
    state.settle(outcome("12", kept=True))
    state.show("12")
    assert (state.phase, state.value) == ("kept", "12")
    state.show("99")
    assert (state.phase, state.value) == ("pristine", "99")


def test_a_pause_alone_never_refuses_and_leaving_does() -> None:
    state = sent("12", insist=False)
    state.settle(outcome("12", kept=False, problem=REFUSED))
    assert (state.phase, state.problem, state.value) == ("typing", None, "12")
    assert state.offer(insist=True) == "12"
    state.settle(outcome("12", kept=False, problem=REFUSED))
    state.show("")
    assert (state.phase, state.problem, state.value) == ("refused", REFUSED, "12")


def test_leaving_while_a_pause_is_being_judged_insists() -> None:
    state = sent("12", insist=False)
    assert state.offer(insist=True) is None
    state.settle(outcome("12", kept=False, problem=REFUSED))
    assert state.phase == "refused"


def test_a_refused_value_stays_until_it_is_changed_and_is_offered_again_on_leaving() -> None:
    state = sent("12", insist=True)
    state.settle(outcome("12", kept=False, problem=REFUSED))
    assert state.offer(insist=False) is None
    assert state.offer(insist=True) == "12"
    state.settle(outcome("12", kept=False, problem=REFUSED))
    assert state.phase == "refused"
    state.type("123")
    assert (state.phase, state.problem) == ("typing", None)


def test_a_failed_disk_leaves_the_text_to_be_offered_again() -> None:
    state = sent("12", insist=True)
    state.settle(outcome("12", kept=False))
    assert (state.phase, state.offer(insist=False)) == ("typing", "12")


def test_another_answer_takes_the_place_and_its_failure_gives_it_back() -> None:
    state = AnswerState()
    state.type("12")
    state.give_up()
    state.recover()
    assert (state.phase, state.value) == ("typing", "12")
    state.give_up()
    state.show("")
    assert (state.phase, state.value) == ("pristine", "")


def test_what_another_answer_took_the_place_of_comes_back_when_the_place_is_free() -> None:
    state = AnswerState()
    state.type("1990--")
    state.give_up()
    state.show("")
    assert (state.value, state.take_up()) == ("", True)
    assert (state.phase, state.value) == ("typing", "1990--")
    assert not state.take_up()
    state.give_up()
    state.show("2")
    assert (state.take_up(), state.value) == (False, "2")


def test_another_answer_that_came_in_meanwhile_is_not_replaced_by_a_pause() -> None:
    state = AnswerState()
    state.type("12")
    state.show("99")
    assert (state.phase, state.value, state.offer(insist=False)) == ("conflicting", "12", None)
    state.type("123")
    assert (state.phase, state.offer(insist=False)) == ("conflicting", None)
    assert state.offer(insist=True) == "123"
    state.settle(outcome("123", kept=True))
    assert state.phase == "kept"


def test_what_came_in_while_an_answer_was_under_way_is_not_written_over_by_a_pause() -> None:
    state = AnswerState("1", "1")
    state.type("12")
    assert state.offer(insist=False) == "12"
    state.type("123")
    state.show("7")
    assert state.phase == "conflicting"
    state.type("1234")
    assert (state.phase, state.offer(insist=False)) == ("conflicting", None)
    assert state.offer(insist=True) == "1234"


def test_typing_what_came_in_meanwhile_ends_the_conflict() -> None:
    state = AnswerState()
    state.type("1")
    state.show("12")
    state.type("12")
    assert (state.phase, state.value) == ("pristine", "12")
    state.type("1")
    state.show("123")
    state.show("1")
    assert (state.phase, state.value) == ("kept", "1")


def test_a_refused_value_stays_refused_when_another_answer_comes_in() -> None:
    state = sent("12", insist=True)
    state.settle(outcome("12", kept=False, problem=REFUSED))
    state.show("99")
    assert (state.phase, state.value) == ("refused", "12")
    state.type("123")
    assert state.phase == "conflicting"


def test_figures_of_another_keyboard_are_no_other_answer() -> None:
    state = sent("١٢", insist=False)
    state.type("١٢٣")
    state.settle(outcome("١٢", kept=True))
    state.show("12")
    assert state.phase == "typing"


def test_what_is_not_in_the_record_is_told_and_put_back() -> None:
    states = AnswerStates()
    states.enter(CASE)
    states.at("/form/kept", "7")
    states.at(REF, "").type("12")
    states.enter(DossierId("other"))
    assert states.half_typed() == {f"{CASE}{REF}": "12"}
    later = AnswerStates()
    later.put_back(f"{CASE}{REF}", "12")
    later.enter(CASE)
    later.put_back("/form/by/an/earlier/version", "3")
    for address, value in ((REF, "12"), ("/form/by/an/earlier/version", "3")):
        state = later.at(address, "")
        state.show("")
        assert (state.phase, state.value) == ("typing", value)


def test_an_unfinished_value_is_refused_where_it_stands() -> None:
    state = AnswerState()
    state.type("2024--")
    state.refuse(REFUSED)
    state.show("")
    assert (state.phase, state.value, state.problem) == ("refused", "2024--", REFUSED)


def test_each_question_of_each_case_has_a_state_of_its_own() -> None:
    states = AnswerStates()
    states.enter(CASE)
    state = states.at(REF, "")
    state.type("12")
    state.offer(insist=True)
    states.enter(DossierId("other"))
    assert states.at(REF, "5").value == "5"
    states.settle(outcome("12", kept=False, problem=REFUSED))
    states.settle(AnswerOutcome(CASE, "/form/unknown", "1", kept=True))
    states.enter(CASE)
    assert (states.at(REF, "").value, states.at(REF, "").phase) == ("12", "refused")
    state.type("1")
    state.give_up()
    states.recover()
    assert states.at(REF, "").phase == "typing"


STEPS = st.one_of(
    st.tuples(st.just("type"), st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(("pause", "leave", "result", "page")), st.just("")),
    st.tuples(st.just("foreign"), st.sampled_from(VALUES)),
)


class World:
    """A control, a store that answers in order, and what a person must be able to rely on."""

    def __init__(self, refused: frozenset[str], failing: frozenset[str]) -> None:
        self.state, self.record = AnswerState(), ""
        self.refused, self.failing = refused, failing
        self.queue: deque[str] = deque()
        self.typed: str | None = None
        self.paused_only = True

    def step(self, kind: str, value: str) -> None:
        """Let one thing happen."""
        if kind == "type":
            if value != self.state.value:
                self.typed, self.paused_only = value, True
            self.state.type(value)
        elif kind in {"pause", "leave"}:
            self.paused_only = self.paused_only and kind == "pause"
            offered = self.state.offer(insist=kind == "leave")
            if offered is not None:
                self.queue.append(offered)
        elif kind == "result" and self.queue:
            self._answer(self.queue.popleft())
        elif kind == "foreign":
            self.record = value
        if kind in {"page", "foreign"} and not self.queue:
            self.state.show(self.record)

    def _answer(self, value: str) -> None:
        kept = value not in self.refused | self.failing
        self.record = value if kept else self.record
        if kept and value == self.typed:
            self.typed = None
        self.state.settle(outcome(value, kept=kept, problem=REFUSED if value in self.refused else None))

    def check(self) -> None:
        """Look at the guarantees."""
        if self.typed is not None and self.state.phase not in {"pristine", "kept"}:
            assert self.state.value == self.typed
        if self.state.phase == "refused":
            assert self.state.problem is REFUSED
            assert not self.paused_only
            assert self.state.value in self.refused
        if self.state.phase == "conflicting":
            assert self.state.offer(insist=False) is None
        if self.state.phase == "kept":
            assert self.state.value not in self.refused or self.state.value == self.state.recorded
        if self.state.phase in {"pristine", "kept"} and not self.queue:
            assert self.state.value == self.state.recorded


@given(st.frozensets(st.sampled_from(VALUES)), st.frozensets(st.sampled_from(VALUES)), st.lists(STEPS, max_size=40))
def test_no_order_of_events_loses_a_letter(
    refused: frozenset[str], failing: frozenset[str], steps: list[tuple[str, str]]
) -> None:
    world = World(refused, failing - refused)
    for kind, value in steps:
        world.step(kind, value)
        world.check()
    if world.state.phase in {"typing", "conflicting", "refused"}:
        before = world.state.value
        world.state.show(world.record)
        world.state.show("other")
        assert before in {world.state.value, world.record}
