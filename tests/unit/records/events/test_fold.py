"""The view depends on what happened, not on the order in which the devices' events came in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from desktop.records import (
    AnswerGiven,
    Body,
    ChecklistTicked,
    ConflictSettled,
    DossierOpened,
    DossierView,
    EntryWithdrawn,
    Event,
    HandoverStep,
    KeyDropped,
    LaterMarked,
    MilestoneRecorded,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    TaskKept,
    TranslationFlagged,
    empty,
    fold,
    fold_all,
)
from desktop.records.events.bodies import FromNewerVersion
from desktop.records.events.envelope import to_milliseconds
from desktop.records.events.fold import HiddenRow
from protocol.identifiers import DeviceId, DossierId, InstanceId
from tests.unit.vault.people import MOMENT

DOSSIER = DossierId("d" * 32)
A, B, C = DeviceId("a" * 32), DeviceId("b" * 32), DeviceId("c" * 32)


def event(
    device: DeviceId, sequence: int, body: Body, seen: Mapping[DeviceId, int] | None = None, minute: int = 0
) -> Event:
    """Return an event of `device`."""
    return Event(
        address=(DOSSIER, "core", 1, device),
        sequence=sequence,
        milliseconds=to_milliseconds(MOMENT + timedelta(minutes=minute)),
        author=device[0],
        language="nl",
        interpreter=False,
        claims={},
        seen=seen or {},
        body=body,
        version=body.VERSION,
    )


def values(view: DossierView, ref: str = "/q") -> list[object]:
    """Return the concurrent values at `ref`."""
    return [entry.value for entry in view.register(ref)]


def test_two_who_did_not_see_each_other_are_both_kept_and_shown() -> None:
    view = fold_all(empty(DOSSIER), [event(A, 1, AnswerGiven("/q", "given", "1")), event(B, 1, _answer("2"))])
    assert values(view) == ["1", "2"]
    assert view.conflicts() == ("/q",)


def test_nobody_takes_the_own_value_away_by_saying_it_was_seen() -> None:
    view = fold_all(empty(DOSSIER), [event(A, 1, _answer("1"), {A: 9}), event(B, 1, _answer("2"))])
    assert values(view) == ["1", "2"]


def test_an_entry_tells_who_gave_it_when_and_where() -> None:
    given = event(B, 3, _answer("1"), {A: 2}, minute=4)
    (entry,) = fold_all(empty(DOSSIER), [given]).register("/q")
    assert (entry.device, entry.sequence, entry.time, entry.author) == (B, 3, given.time, "b")
    assert (entry.language, entry.interpreter, entry.seen, entry.order) == ("nl", False, {A: 2}, given.order)


def test_the_same_answer_twice_is_no_conflict() -> None:
    view = fold_all(empty(DOSSIER), [event(A, 1, _answer("1")), event(B, 1, _answer("1"))])
    assert (len(view.answers["/q"]), view.conflicts()) == (2, ())


def test_a_later_answer_of_the_same_device_replaces_its_own_only() -> None:
    view = fold_all(empty(DOSSIER), [event(A, 1, _answer("1")), event(B, 1, _answer("2")), event(A, 2, _answer("3"))])
    assert sorted(map(str, values(view))) == ["2", "3"]
    assert [entry.value for entry in view.answers["/q"].past] == ["1"]


def test_a_choice_replaces_every_value_its_author_had_seen_and_no_other() -> None:
    events = [event(A, 1, _answer("1")), event(B, 1, _answer("2"))]
    settled = event(C, 1, ConflictSettled("/q", "given", "2", "navraag"), {A: 1, B: 1})
    view = fold_all(empty(DOSSIER), [*events, settled])
    assert (values(view), view.conflicts(), view.answers["/q"][0].note) == (["2"], (), "navraag")
    late = fold(view, event(B, 2, _answer("4"), {A: 1}))
    assert late.conflicts() == ("/q",)


def test_a_settled_plan_field_is_settled_in_the_plan() -> None:
    events = [event(A, 1, PlanFieldSet("week", ["x"])), event(B, 1, PlanFieldSet("week", ["y"]))]
    view = fold_all(empty(DOSSIER), events)
    assert view.conflicts() == ("week",)
    settled = fold(view, event(A, 2, ConflictSettled("week", "given", ["y"]), {B: 1}))
    assert (settled.conflicts(), settled.plan["week"][0].value) == ((), ["y"])


def test_a_task_that_two_moved_without_each_other_is_kept_twice_and_a_correction_once() -> None:
    def task(due: str) -> TaskKept:
        return TaskKept("t", "bellen", "a", "Haarlem", due, "open")

    made, moved = event(A, 1, task("2026-12-01")), event(A, 2, task("2026-12-02"), {B: 1}, minute=5)
    elsewhere = event(B, 1, task("2026-12-03"), {A: 1}, minute=9)
    both = fold_all(empty(DOSSIER), [made, elsewhere, event(A, 2, task("2026-12-02"), minute=5)])
    assert both.tasks["t"].conflict
    assert [entry.value["due"] for entry in both.tasks["t"]] == ["2026-12-02", "2026-12-03"]  # type: ignore[call-overload,index]
    assert both.conflicts() == ()
    after = fold_all(empty(DOSSIER), [made, elsewhere, moved])
    assert [entry.value["due"] for entry in after.tasks["t"]] == ["2026-12-02"]  # type: ignore[call-overload,index]


def test_the_place_of_an_interview_is_the_latest_in_time_however_it_came_in() -> None:
    late, early = event(A, 1, PlaceKept("/q", "ti"), minute=9), event(B, 1, PlaceKept("/r", "nl"), minute=3)
    for events in ([late, early], [early, late]):
        place = fold_all(empty(DOSSIER), events).place
        assert place is not None
        assert (place.ref, place.language) == ("/q", "ti")


def test_a_step_comes_after_what_its_author_had_seen_whatever_a_clock_says() -> None:
    wrong = event(B, 1, HandoverStep("withdrawn", "Haarlem"), {A: 1}, minute=99_999_999)
    events = [
        event(A, 1, HandoverStep("chosen", "Haarlem")),
        wrong,
        event(A, 2, HandoverStep("chosen", "Zwolle"), {B: 1}, minute=5),
        event(C, 1, HandoverStep("prepared", "Zwolle"), {A: 2, B: 1}, minute=4),
    ]
    for order in permutations(events):
        view = fold_all(empty(DOSSIER), order)
        assert [step.body.step for step in view.handover] == ["chosen", "withdrawn", "chosen", "prepared"]


def test_steps_that_nobody_put_in_order_are_in_the_order_of_time() -> None:
    events = [event(A, 1, HandoverStep("chosen", "A"), minute=7), event(B, 1, HandoverStep("chosen", "B"), minute=3)]
    assert [step.body.organisation for step in fold_all(empty(DOSSIER), events).handover] == ["B", "A"]


def test_an_interview_stops_where_it_was_seen_last_whatever_a_clock_says() -> None:
    wrong = event(A, 1, PlaceKept("/q", "ti"), minute=99_999_999)
    right = event(B, 1, PlaceKept("/r", "nl"), {A: 1}, minute=3)
    for order in permutations([wrong, right]):
        place = fold_all(empty(DOSSIER), order).place
        assert place is not None
        assert place.ref == "/r"


def test_an_old_value_that_arrives_late_does_not_come_back() -> None:
    first, second = event(A, 1, _answer("1")), event(B, 1, _answer("2"), {A: 1})
    third = event(C, 1, _answer("3"), {B: 1})
    assert values(fold_all(empty(DOSSIER), [third, second, first])) == ["3"]
    assert values(fold_all(empty(DOSSIER), [first, second, third])) == ["3"]


def test_what_was_replaced_is_in_the_order_of_time_however_it_came_in() -> None:
    fast = event(A, 1, _answer("1"), minute=20)
    events = [fast, event(B, 1, _answer("2"), {A: 1}, minute=5), event(B, 2, _answer("3"), {A: 1}, minute=6)]
    one_by_one = empty(DOSSIER)
    for each in events:
        one_by_one = fold(one_by_one, each)
    assert one_by_one == fold_all(empty(DOSSIER), events) == fold_all(empty(DOSSIER), events[::-1])
    assert [entry.value for entry in one_by_one.answers["/q"].past] == ["2", "1"]


def test_an_instance_added_again_is_there_and_keeps_its_place() -> None:
    one, two = InstanceId("1" * 8), InstanceId("2" * 8)
    events = [
        event(A, 1, RepeatAdded("/k", one)),
        event(A, 2, RepeatAdded("/k", two), minute=1),
        event(A, 3, RepeatRemoved("/k", one), minute=2),
    ]
    view = fold_all(empty(DOSSIER), events)
    assert view.repeats == {"/k": (two,)}
    assert fold(view, event(A, 4, RepeatAdded("/k", one), minute=3)).repeats == {"/k": (one, two)}


def test_the_name_can_be_corrected() -> None:
    view = fold_all(
        empty(DOSSIER),
        [event(A, 1, DossierOpened("Salem", ("ti",))), event(A, 2, DossierOpened("Selam", ("ti", "en")))],
    )
    assert (view.name, view.languages) == ("Selam", ("ti", "en"))


def test_what_cannot_be_read_is_counted() -> None:
    view = fold_all(
        empty(DOSSIER), [HiddenRow("health"), HiddenRow("health"), event(A, 3, FromNewerVersion("later", 4))]
    )
    assert (view.hidden, view.newer, view.name, view.languages) == ({"health": 2}, 1, "", ())


def test_folding_changes_nothing_that_was_there() -> None:
    before = fold(empty(DOSSIER), event(A, 1, _answer("1")))
    after = fold(before, event(A, 2, _answer("2")))
    assert (values(before), values(after)) == (["1"], ["2"])


def test_two_corrections_that_did_not_know_of_each_other_stand_side_by_side() -> None:
    first = event(A, 1, MilestoneRecorded("e1", "pvt_signed", "2027-01-29"))
    here = event(A, 2, MilestoneRecorded("e1", "pvt_signed", "2027-01-28"))
    there = event(B, 1, EntryWithdrawn("e1", "vergissing"), {A: 1}, minute=3)
    view = fold_all(empty(DOSSIER), [first, here, there])
    assert view.progress["e1"].conflict
    assert [entry.status for entry in view.progress["e1"]] == ["given", "cleared"]
    settled = fold(view, event(B, 2, MilestoneRecorded("e1", "pvt_signed", "2027-01-28"), {A: 2}, minute=4))
    assert [entry.value for entry in settled.progress["e1"]] == [
        {"kind": "progress_milestone", "entry": "e1", "milestone": "pvt_signed", "day": "2027-01-28"}
    ]


def _answer(value: str) -> AnswerGiven:
    return AnswerGiven("/q", "given", value)


REFS = st.sampled_from(["/q", "/r"])
TEXTS = st.sampled_from(["1", "2", "3"])
INSTANCES = st.sampled_from([InstanceId("1" * 8), InstanceId("2" * 8)])
BODIES: st.SearchStrategy[Body] = st.one_of(
    st.builds(AnswerGiven, ref=REFS, status=st.sampled_from(["given", "unknown"]), value=TEXTS),
    st.builds(ConflictSettled, address=REFS, status=st.just("given"), value=TEXTS, note=TEXTS),
    st.builds(NoteWritten, ref=REFS, text=TEXTS),
    st.builds(LaterMarked, ref=REFS, later=st.booleans()),
    st.builds(TranslationFlagged, ref=REFS, language=st.just("ti"), remark=TEXTS),
    st.builds(RepeatAdded, repeat=REFS, instance=INSTANCES),
    st.builds(RepeatRemoved, repeat=REFS, instance=INSTANCES),
    st.builds(PlaceKept, ref=REFS, language=TEXTS),
    st.builds(PlanFieldSet, field=TEXTS, value=st.one_of(TEXTS, st.none())),
    st.builds(HandoverStep, step=st.just("chosen"), organisation=TEXTS),
    st.builds(ChecklistTicked, item=TEXTS, done=st.booleans()),
    st.builds(DossierOpened, name=TEXTS, languages=st.just(("ti",))),
    st.builds(KeyDropped, compartment=st.just("health")),
    st.builds(
        TaskKept,
        entry=TEXTS,
        text=TEXTS,
        owner=TEXTS,
        organisation=TEXTS,
        due=st.just("2026-12-01"),
        state=st.sampled_from(["open", "done"]),
    ),
    st.builds(MilestoneRecorded, entry=TEXTS, milestone=st.just("map_talk"), day=TEXTS),
    st.builds(EntryWithdrawn, entry=TEXTS, reason=TEXTS),
)


@dataclass
class _Device:
    """A device that writes and looks at others: what it has seen is what it had folded when it wrote.

    Its clock is `ahead` by some minutes.
    """

    name: DeviceId
    ahead: int
    written: list[Event] = field(default_factory=list)
    seen: dict[DeviceId, int] = field(default_factory=dict)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Event]]:
    """Return the streams of three devices that now and then take in what another has written so far."""
    devices = [_Device(name, draw(st.integers(0, 20))) for name in (A, B, C)]
    for minute in range(draw(st.integers(1, 14))):
        writer = devices[draw(st.integers(0, 2))]
        other = devices[draw(st.integers(0, 2))]
        if other is not writer and draw(st.booleans()) and other.written:
            writer.seen[other.name] = len(other.written)
            continue
        body = draw(BODIES)
        written = event(writer.name, len(writer.written) + 1, body, dict(writer.seen), minute + writer.ahead)
        writer.written.append(written)
    return [device.written for device in devices]


@given(histories(), st.data())
def test_any_interleaving_of_the_streams_gives_the_same_view(streams: list[list[Event]], data: st.DataObject) -> None:
    left = [list(stream) for stream in streams]
    mixed: list[Event] = []
    while any(left):
        choice = data.draw(st.sampled_from([stream for stream in left if stream]))
        mixed.append(choice.pop(0))
    in_turn = fold_all(empty(DOSSIER), [event for stream in streams for event in stream])
    one_by_one = empty(DOSSIER)
    for item in mixed:
        one_by_one = fold(one_by_one, item)
    assert one_by_one == in_turn
    assert (one_by_one.repeats, one_by_one.conflicts()) == (in_turn.repeats, in_turn.conflicts())


@given(histories())
def test_nothing_that_nobody_replaced_is_ever_lost(streams: list[list[Event]]) -> None:
    events = [event for stream in streams for event in stream]
    view = fold_all(empty(DOSSIER), events)
    answers = [event for event in events if isinstance(event.body, AnswerGiven | ConflictSettled)]
    for one in answers:
        address = _address(one)
        replaced = any(_replaces(other, one) for other in answers if _address(other) == address)
        kept = {(entry.device, entry.sequence) for entry in view.register(address)}
        assert ((one.device, one.sequence) in kept) is not replaced


def _address(item: Event) -> str:
    return item.body.address if isinstance(item.body, ConflictSettled) else getattr(item.body, "ref", "")


def _replaces(new: Event, old: Event) -> bool:
    if new.device == old.device:
        return new.sequence > old.sequence
    return new.seen.get(old.device, 0) >= old.sequence
