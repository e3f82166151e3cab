from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.kernel.changes import Aspect
from desktop.records import EventContext, HandoverStep, PlanFieldSet, TaskKept
from desktop.services.today.needs import DayPlace, Need, NeedGroup, Reason
from desktop.services.today.task_service import LONGEST_TASK, TaskService
from desktop.services.today.today_list import Circle
from desktop.services.today.today_service import DoneStep, TodayService
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import MUNICIPALITY
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.times import today
from tests.unit.records.cases import Laptop, new_laptop

ME, HERE = "Joost", "Gemeente Waterrijk"
CONTEXT = EventContext(ME, "ti", interpreter=False)


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    made = new_laptop(tmp_path, create_organisation(HERE, MUNICIPALITY), ME)
    yield made
    made.journal.close()
    made.vault.lock()


@pytest.fixture
def tasks(laptop: Laptop) -> TaskService:
    return TaskService(laptop.journal, laptop.clock, ME, HERE)


@pytest.fixture
def service(laptop: Laptop, tasks: TaskService) -> TodayService:
    return TodayService(laptop.journal, laptop.clock, tasks, reception=False)


@pytest.fixture
def case(laptop: Laptop) -> DossierId:
    return laptop.journal.create_dossier("Bereket G.", ("ti",), CONTEXT)


def test_a_promise_is_in_the_list_on_its_day_and_gone_when_it_was_kept(
    laptop: Laptop, tasks: TaskService, service: TodayService, case: DossierId
) -> None:
    day = today(laptop.clock)
    changes = tasks.promise(case, "  bellen over  de fiets ", day + timedelta(days=9))
    assert changes.aspects == {Aspect.CASELOAD, Aspect.SYNC}
    assert changes.dossiers == {case}
    (row,) = service.look(Circle.MINE).rows
    assert (row.name, row.need.group, row.need.days) == ("Bereket G.", NeedGroup.LATER, 9)
    laptop.clock.moment += timedelta(days=9)
    (row,) = service.look_again(Circle.MINE, ()).at(DayPlace.LISTED)
    assert (row.need.reason, row.need.group) == (Reason.PROMISE, NeedGroup.NOW)
    task = row.need.task
    assert task is not None
    assert (task.text, task.owner, task.organisation, task.made) == ("bellen over de fiets", ME, HERE, day.isoformat())
    tasks.finish(case, task.entry)
    (row,) = service.look_again(Circle.MINE, {case}).rows
    assert row.need.reason is Reason.WORK
    assert tasks.tasks(case) == ()


def test_another_day_asks_for_a_reason_and_keeps_it(laptop: Laptop, tasks: TaskService, case: DossierId) -> None:
    day = today(laptop.clock)
    tasks.promise(case, "bellen", day)
    (task,) = tasks.tasks(case)
    with pytest.raises(UserError) as error:
        tasks.move(case, task.entry, day + timedelta(days=1), "  ")
    assert error.value.code == "tasks.reason_missing"
    tasks.move(case, task.entry, day + timedelta(days=1), "fietsenmaker is dicht")
    (moved,) = tasks.tasks(case)
    assert (moved.due, moved.reason, moved.made) == (
        (day + timedelta(days=1)).isoformat(),
        "fietsenmaker is dicht",
        task.made,
    )
    tasks.withdraw(case, task.entry, "heeft al een fiets")
    assert tasks.tasks(case) == ()


def test_a_colleague_takes_it_over_and_is_known_from_then_on(
    laptop: Laptop, tasks: TaskService, service: TodayService, case: DossierId
) -> None:
    tasks.promise(case, "bellen", today(laptop.clock))
    (task,) = tasks.tasks(case)
    tasks.hand_to(case, task.entry, "Fatima", "zij spreekt Tigrinya")
    (given,) = tasks.tasks(case)
    assert (given.owner, given.due, given.reason) == ("Fatima", task.due, "zij spreekt Tigrinya")
    assert _promise(service, Circle.MINE).place is DayPlace.WAITING
    assert _promise(service, Circle.TEAM).place is DayPlace.LISTED
    assert service.colleagues() == ("Fatima",)
    tasks.hand_to(case, task.entry, ME)
    assert _promise(service, Circle.MINE).place is DayPlace.LISTED


def _promise(service: TodayService, circle: Circle) -> Need:
    (row,) = service.look(circle).rows
    return next(need for need in row.needs if need.reason is Reason.PROMISE)


def test_what_does_not_fit_is_refused_and_nothing_is_written(
    laptop: Laptop, tasks: TaskService, case: DossierId, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, before = today(laptop.clock), laptop.rows()
    for text, due, code in (
        (" ", day, "tasks.empty"),
        ("x" * (LONGEST_TASK + 1), day, "tasks.too_long"),
        ("bellen", day - timedelta(days=1), "tasks.past"),
    ):
        with pytest.raises(UserError) as error:
            tasks.promise(case, text, due)
        assert error.value.code == code
    with pytest.raises(UserError) as error:
        tasks.finish(case, "nothing")
    assert error.value.code == "tasks.gone"
    with pytest.raises(UserError) as error:
        tasks.settle(case, "nothing", 0)
    assert error.value.code == "tasks.gone"
    monkeypatch.setattr("desktop.services.today.task_service.MOST_TASKS", 0)
    with pytest.raises(UserError) as error:
        tasks.promise(case, "bellen", day)
    assert error.value.code == "tasks.too_many"
    assert laptop.rows() == before


def test_a_look_again_before_any_look_reads_everything_and_forgets_what_was_erased(
    laptop: Laptop, service: TodayService, case: DossierId
) -> None:
    assert [row.dossier for row in service.look_again(Circle.MINE, {case}).rows] == [case]
    laptop.journal.erase(case, "mistake", CONTEXT)
    assert service.look_again(Circle.MINE, {case}).rows == ()


def test_why_says_what_was_done_for_the_plan_and_what_is_left(
    laptop: Laptop, service: TodayService, case: DossierId
) -> None:
    laptop.journal.append_all(case, [PlanFieldSet("route/proposed", "B1")], CONTEXT)
    why = service.why(case, Circle.MINE)
    assert (why.row.need.matter, why.sides) == ("read_plan", ())
    day = today(laptop.clock)
    assert why.steps == (
        DoneStep("weighed", day),
        DoneStep("goals", None),
        DoneStep("read_aloud", None),
        DoneStep("signed", None),
    )


def test_why_says_where_a_handover_is(laptop: Laptop, service: TodayService, case: DossierId) -> None:
    laptop.journal.append_all(case, [HandoverStep("offered", "Heideveld")], CONTEXT)
    day = today(laptop.clock)
    assert service.why(case, Circle.MINE).steps[:2] == (DoneStep("offered", day), DoneStep("received", None))
    laptop.journal.append_all(case, [HandoverStep("withdrawn", "Heideveld")], CONTEXT)
    assert service.why(case, Circle.MINE).steps == ()
    assert not service.reception


def test_two_days_for_one_task_are_both_shown_until_a_person_chooses(
    laptop: Laptop, tasks: TaskService, service: TodayService, case: DossierId, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = today(laptop.clock)
    tasks.promise(case, "bellen", day)
    (task,) = tasks.tasks(case)
    tasks.move(case, task.entry, day + timedelta(days=2), "vrij")
    record = laptop.journal.view(case)
    first, second = (record.tasks[task.entry].past[0], record.tasks[task.entry][0])
    from desktop.records import Register

    disputed = type(record)(
        **{name: getattr(record, name) for name in record.__struct_fields__}
        | {"tasks": {task.entry: Register((first, second))}}
    )
    monkeypatch.setattr(laptop.journal, "view", lambda _dossier: disputed)
    why = service.why(case, Circle.MINE)
    assert (why.row.need.reason, why.row.need.matter) == (Reason.CHOICE, "task_conflict")
    assert [side.due for side in why.sides] == [day.isoformat(), (day + timedelta(days=2)).isoformat()]
    assert {side.author for side in why.sides} == {ME}
    tasks.settle(case, task.entry, 0)
    monkeypatch.undo()
    assert [each.due for each in tasks.tasks(case)] == [day.isoformat()]
    assert tasks.sides(case, "nothing") == ()


def test_a_damaged_day_of_a_foreign_task_leaves_the_case_in_the_list(
    laptop: Laptop, service: TodayService, case: DossierId
) -> None:
    laptop.journal.append_all(case, [TaskKept("t", "bellen", ME, HERE, "morgen", "open")], CONTEXT)
    (row,) = service.look(Circle.MINE).rows
    assert row.need.reason is Reason.WORK
