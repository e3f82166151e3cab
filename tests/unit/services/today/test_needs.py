"""Who is where on the page of the day; above all: nobody falls out of every list."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.services.caseload.case_tasks import ACTION, LEAD, OWN, CaseTask
from desktop.services.caseload.summary import Summary
from desktop.services.dossier.step_age import STUCK_DAYS
from desktop.services.today.needs import (
    SILENT_DAYS,
    DayPlace,
    Holding,
    Need,
    NeedGroup,
    Reason,
    Viewer,
    holding,
    is_mine,
    needs_of,
)
from desktop.services.today.today_list import Circle, in_circle, view_of
from protocol.identifiers import DossierId
from tests.unit.services.today.summaries import COLLEAGUE, ELSEWHERE, HERE, ME, TODAY, about, noon, task

VIEWER = Viewer(ME, HERE)
RECEPTION = Viewer(ME, HERE, reception=True)


def in_days(days: int) -> date:
    """Return a day from today."""
    return TODAY + timedelta(days=days)


def ours(**said: object) -> Summary:
    """Return a case that was accepted here and whose plan is decided: nothing is asked of anybody by itself."""
    decided = {"plan": "2026-10-01", "first_plan": "2026-10-01", "route": "B1", "notified": "2026-08-01"}
    return about(
        **{"step": "accepted", "organisation": HERE, "holder": HERE, "contact": noon(TODAY), **decided, **said}
    )


def _told(case: Summary, viewer: Viewer = VIEWER) -> tuple[Reason, NeedGroup, str]:
    need = needs_of(case, viewer, TODAY)[0]
    return need.reason, need.group, need.matter


@pytest.mark.parametrize(
    ("case", "told"),
    [
        (about(), (Reason.WORK, NeedGroup.WEEK, "start")),
        (about(answered=True), (Reason.WORK, NeedGroup.WEEK, "go_on")),
        (about(proposed=True), (Reason.WORK, NeedGroup.WEEK, "read_plan")),
        (about(signed=True), (Reason.WORK, NeedGroup.WEEK, "hand_over")),
        (about(conflicts=2), (Reason.CHOICE, NeedGroup.NOW, "conflict")),
        (about(name=""), (Reason.NOTHING, NeedGroup.MISSING, "unreadable")),
        (ours(first_plan="", plan="2026-10-01"), (Reason.NOTHING, NeedGroup.MISSING, "nothing")),
        (ours(), (Reason.DATE, NeedGroup.LATER, "route_change")),
        (ours(plan=""), (Reason.WORK, NeedGroup.WEEK, "read_plan")),
        (ours(plan="", signed=True), (Reason.WORK, NeedGroup.WEEK, "decide")),
        (ours(tasks=(task(TODAY),)), (Reason.PROMISE, NeedGroup.NOW, OWN)),
        (ours(tasks=(task(in_days(7)),)), (Reason.PROMISE, NeedGroup.WEEK, OWN)),
        (ours(tasks=(task(in_days(8)),)), (Reason.PROMISE, NeedGroup.LATER, OWN)),
        (ours(tasks=(task(in_days(-9), kind=ACTION),)), (Reason.PROMISE, NeedGroup.WEEK, ACTION)),
        (ours(tasks=(task(in_days(3), kind=LEAD),)), (Reason.LEAD, NeedGroup.WEEK, LEAD)),
        (ours(tasks=(task(in_days(99), disputed=True),)), (Reason.CHOICE, NeedGroup.NOW, "task_conflict")),
        (ours(tasks=(task(TODAY, COLLEAGUE),)), (Reason.PROMISE, NeedGroup.WAITING, OWN)),
        (ours(tasks=(task(in_days(-1), COLLEAGUE),)), (Reason.PROMISE, NeedGroup.WEEK, OWN)),
        (ours(tasks=(task(TODAY, organisation=ELSEWHERE),)), (Reason.PROMISE, NeedGroup.WAITING, OWN)),
        (ours(contact=noon(in_days(-SILENT_DAYS))), (Reason.SILENT, NeedGroup.SILENT, "opened")),
        (ours(contact=noon(in_days(1 - SILENT_DAYS))), (Reason.DATE, NeedGroup.LATER, "route_change")),
        (ours(contact=noon(in_days(-99)), tasks=(task(in_days(20)),)), (Reason.PROMISE, NeedGroup.LATER, OWN)),
        (ours(ended="2026-11-01"), (Reason.DATE, NeedGroup.LATER, "duty_ended")),
        (ours(ended="2021-11-24"), (Reason.DATE, NeedGroup.NOW, "duty_ended")),
        (ours(died="2026-11-20", contact=noon(in_days(-99))), (Reason.DATE, NeedGroup.NOW, "died")),
        (ours(first_plan="2023-11-30", plan="2023-11-30"), (Reason.DATE, NeedGroup.NOW, "term_end")),
        (ours(first_plan="2023-11-01", plan="2023-11-01"), (Reason.DATE, NeedGroup.NOW, "term_end")),
        (about(notified="2026-09-25", registered="2026-09-20"), (Reason.DATE, NeedGroup.NOW, "plan")),
        (about(step="returned", organisation=ELSEWHERE), (Reason.HANDOVER, NeedGroup.WEEK, "answer")),
        (about(step="returned", organisation=HERE), (Reason.HANDOVER, NeedGroup.WAITING, "gone")),
        (about(step="withdrawn", organisation=HERE), (Reason.HANDOVER, NeedGroup.WAITING, "gone")),
        (about(step="withdrawn", organisation=ELSEWHERE, answered=True), (Reason.WORK, NeedGroup.WEEK, "go_on")),
        (about(step="offered", organisation=HERE), (Reason.HANDOVER, NeedGroup.WEEK, "receive")),
        (about(step="received", organisation=HERE), (Reason.HANDOVER, NeedGroup.WAITING, "wait")),
        (about(step="talk_held", organisation=HERE), (Reason.HANDOVER, NeedGroup.WEEK, "answer_offer")),
        (about(step="offered", organisation=ELSEWHERE), (Reason.HANDOVER, NeedGroup.WAITING, "wait")),
        (about(step="received", organisation=ELSEWHERE), (Reason.HANDOVER, NeedGroup.WEEK, "plan_talk")),
        (
            about(step="offered", organisation=ELSEWHERE, stamped=noon(in_days(-STUCK_DAYS))),
            (Reason.HANDOVER, NeedGroup.WEEK, "stuck"),
        ),
        (
            about(step="accepted", organisation=ELSEWHERE, holder=ELSEWHERE),
            (Reason.HANDOVER, NeedGroup.WAITING, "gone"),
        ),
        (
            about(step="offered", organisation="Zandhoek", holder=ELSEWHERE),
            (Reason.HANDOVER, NeedGroup.WAITING, "gone"),
        ),
    ],
)
def test_each_state_has_one_next_step(case: Summary, told: tuple[Reason, NeedGroup, str]) -> None:
    assert _told(case) == told


@pytest.mark.parametrize(
    ("days", "group", "matter"),
    [
        (0, NeedGroup.NOW, "hold_talk"),
        (7, NeedGroup.WEEK, "hold_talk"),
        (8, NeedGroup.LATER, "hold_talk"),
        (-1, NeedGroup.WEEK, "talk_was"),
    ],
)
@pytest.mark.parametrize("organisation", [HERE, ELSEWHERE])
def test_a_talk_of_three_is_for_its_day(organisation: str, days: int, group: NeedGroup, matter: str) -> None:
    case = about(step="talk_planned", organisation=organisation, moment=noon(in_days(days)).isoformat())
    assert _told(case) == (Reason.HANDOVER, group, matter)


def test_a_plan_that_waits_for_others_waits_until_its_usual_day_comes_near() -> None:
    case = ours(plan="", first_plan="", awaits=True, registered="2026-08-01", notified="2026-10-20")
    waits = [need for need in needs_of(case, VIEWER, TODAY) if need.matter == "waits"]
    assert [need.group for need in waits] == [NeedGroup.WAITING]
    (near,) = [need for need in needs_of(case, VIEWER, TODAY + timedelta(days=25)) if need.matter == "waits"]
    assert near.group is NeedGroup.NOW


def test_a_move_is_for_later_and_no_task() -> None:
    case = ours(first_plan="", moves=in_days(3).isoformat())
    assert _told(case) == (Reason.DATE, NeedGroup.LATER, "move")
    assert _told(ours(first_plan="", moves=in_days(-3).isoformat()))[1] is NeedGroup.MISSING


def test_a_reception_location_keeps_what_was_accepted_until_its_copy_must_go() -> None:
    accepted = about(step="accepted", organisation=ELSEWHERE, holder=ELSEWHERE, stamped=noon(TODAY))
    need = needs_of(accepted, RECEPTION, TODAY)[0]
    assert (need.group, need.matter, need.days) == (NeedGroup.LATER, "azc_copy", 30)
    assert needs_of(accepted, RECEPTION, in_days(30))[0].group is NeedGroup.NOW


def test_a_task_of_a_colleague_is_a_task_of_the_team() -> None:
    case = ours(tasks=(task(TODAY, COLLEAGUE),))
    assert needs_of(case, Viewer(ME, HERE, only_me=False), TODAY)[0].group is NeedGroup.NOW


def test_an_own_task_for_another_day_takes_work_and_silence_off_the_list_and_nothing_else() -> None:
    later = task(in_days(20))
    assert _told(about(answered=True, tasks=(later,)))[:2] == (Reason.PROMISE, NeedGroup.LATER)
    assert _told(about(conflicts=1, tasks=(later,)))[0] is Reason.CHOICE
    assert _told(about(step="returned", organisation=ELSEWHERE, tasks=(later,)))[2] == "answer"
    legal = about(notified="2026-09-25", registered="2026-09-20", tasks=(later,))
    assert _told(legal)[2] == "plan"


def test_more_reasons_come_after_the_most_urgent_one() -> None:
    case = ours(conflicts=1, tasks=(task(TODAY), task(in_days(60), entry="t2")))
    needs = needs_of(case, VIEWER, TODAY)
    assert [need.reason for need in needs[:2]] == [Reason.PROMISE, Reason.CHOICE]
    (row,) = view_of([case], Circle.EVERYBODY, VIEWER, TODAY).rows
    assert (row.need, row.more) == (needs[0], 1)


def test_mine_is_what_the_record_says_somebody_of_my_name_did() -> None:
    assert is_mine(about(authors=(ME,)), ME)
    assert is_mine(about(tasks=(task(TODAY),)), ME)
    assert not is_mine(about(tasks=(task(TODAY, kind=ACTION),)), ME)
    assert not is_mine(about(authors=(COLLEAGUE,)), ME)


def test_each_circle_holds_the_one_before() -> None:
    gone = {"step": "accepted", "organisation": ELSEWHERE, "holder": ELSEWHERE}
    cases = [about(authors=(ME,)), about(), about(authors=(ME,), **gone), about(**gone)]
    inside = {circle: [in_circle(case, circle, VIEWER) for case in cases] for circle in Circle}
    assert inside == {
        Circle.MINE: [True, False, True, False],
        Circle.TEAM: [True, True, True, False],
        Circle.EVERYBODY: [True, True, True, True],
    }


DAYS = st.integers(-1200, 1200).map(in_days)
ISO_DAYS = st.one_of(st.just(""), DAYS.map(date.isoformat))
MOMENTS = st.one_of(st.none(), DAYS.map(noon))
NAMES = st.sampled_from([ME, COLLEAGUE, ""])
PLACES = st.sampled_from([HERE, ELSEWHERE, "Zandhoek", ""])
TASKS = st.builds(
    CaseTask,
    entry=st.sampled_from(["t1", "t2", "goal/work/action/a"]),
    kind=st.sampled_from([OWN, ACTION, LEAD]),
    text=st.just("bellen"),
    owner=NAMES,
    organisation=PLACES,
    due=DAYS.map(date.isoformat),
    made=ISO_DAYS,
    reason=st.just(""),
    disputed=st.booleans(),
)
STEPS = (
    "",
    "chosen",
    "prepared",
    "offered",
    "withdrawn",
    "received",
    "talk_planned",
    "talk_held",
    "accepted",
    "returned",
)
SUMMARIES = st.builds(
    Summary,
    dossier=st.integers(0, 2**32).map(lambda number: DossierId(f"{number:032x}")),
    name=st.sampled_from(["Selam T.", "Amina", ""]),
    languages=st.just(("ti",)),
    conflicts=st.integers(0, 3),
    answered=st.booleans(),
    proposed=st.booleans(),
    signed=st.booleans(),
    step=st.sampled_from(STEPS),
    organisation=PLACES,
    text=st.just("waarom?"),
    moment=st.one_of(st.just(""), st.just("no moment"), DAYS.map(lambda day: noon(day).isoformat())),
    stamped=MOMENTS,
    notified=ISO_DAYS,
    registered=ISO_DAYS,
    moves=ISO_DAYS,
    municipality=st.just(""),
    authors=st.lists(NAMES, max_size=2).map(tuple),
    last_event=MOMENTS,
    ended=ISO_DAYS,
    died=ISO_DAYS,
    v_number=st.just(""),
    awaits=st.booleans(),
    informed=ISO_DAYS,
    moved=ISO_DAYS,
    extended=ISO_DAYS,
    first_plan=ISO_DAYS,
    plan=ISO_DAYS,
    route=st.sampled_from(["", "B1", "O", "Z"]),
    holder=PLACES,
    tasks=st.lists(TASKS, max_size=3).map(tuple),
    contact=MOMENTS,
    contact_kind=st.sampled_from(["talk", "opened"]),
)
VIEWERS = st.builds(
    Viewer, me=NAMES, organisation=st.sampled_from([HERE, ELSEWHERE]), reception=st.booleans(), only_me=st.booleans()
)


@given(st.lists(SUMMARIES, max_size=12), st.sampled_from(list(Circle)), VIEWERS, DAYS)
def test_nobody_falls_out_of_every_list_and_nobody_is_in_two(
    cases: list[Summary], circle: Circle, viewer: Viewer, day: date
) -> None:
    view = view_of(cases, circle, viewer, day)
    inside = [case.dossier for case in cases if in_circle(case, circle, viewer)]
    assert sorted(row.dossier for row in view.rows) == sorted(inside)
    by_place = [row.dossier for place in DayPlace for row in view.at(place)]
    assert sorted(by_place) == sorted(inside)
    by_reason = [row.dossier for reason in Reason for row in view.because(reason)]
    assert sorted(by_reason) == sorted(row.dossier for row in view.at(DayPlace.LISTED))
    assert view.sizes[circle] == len(inside)
    assert view_of(cases, Circle.EVERYBODY, viewer, day).sizes[Circle.EVERYBODY] == len(cases)


@given(SUMMARIES, VIEWERS, DAYS)
def test_whoever_is_for_later_has_a_day_that_has_yet_to_come(case: Summary, viewer: Viewer, day: date) -> None:
    need = needs_of(case, viewer, day)[0]
    if need.place is DayPlace.LATER:
        assert need.day is not None
        assert need.day > day or need.matter == "move"


@given(SUMMARIES, VIEWERS, DAYS)
def test_whoever_is_ours_comes_back_into_the_list_when_nothing_happens(
    case: Summary, viewer: Viewer, day: date
) -> None:
    last = _last_day_of_rest(case, viewer, day)
    need = needs_of(case, viewer, last)[0]
    if holding(case, viewer.organisation) is not Holding.GONE:
        assert need.place in {DayPlace.LISTED, DayPlace.MISSING}


def _last_day_of_rest(case: Summary, viewer: Viewer, day: date) -> date:
    """Return a day by which every rest is over: own tasks, the silence after the last contact, a handover, erasing."""
    days = [day, *(date.fromisoformat(each.due) for each in case.tasks)]
    days += [each.astimezone().date() for each in (case.contact, case.stamped) if each is not None]
    needs: tuple[Need, ...] = needs_of(case, viewer, day)
    days += [need.day for need in needs if need.day is not None]
    return max(days) + timedelta(days=max(SILENT_DAYS, STUCK_DAYS) + 1)
