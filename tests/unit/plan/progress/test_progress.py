"""Entries beside plan, decision and calendar."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.plan.law.deadlines import TermFacts
from desktop.plan.model.support_plan import RegionRoute
from desktop.plan.pip.decision import PipDecision
from desktop.plan.progress.derive_progress import progress_of
from desktop.plan.progress.entries import disputes_of, entries_of
from desktop.plan.progress.progress import AbsenceCount, ExamLine, LevelLine, Progress
from desktop.records import (
    AbsenceRecorded,
    EntryWithdrawn,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    TalkRecorded,
)
from desktop.records.events.progress_bodies import ExamPart, ExamResult, HoursAbout, ModuleState, TalkState
from desktop.records.events.registers import register_of
from tests.unit.plan.case import answered
from tests.unit.plan.progress.progress_case import HERE, THERE, basis, event, progress, registers


def hours(entry: str, about: HoursAbout, amount: float, last: str = "2027-04-02") -> HoursRecorded:
    return HoursRecorded(entry, about, "2027-01-11", last, round(amount * 60), "De Brug")


def talk(entry: str, number: int, state: TalkState, moment: str, said: str = "", other: str = "") -> TalkRecorded:
    return TalkRecorded(entry, number, state, moment, "kamer 2", "Selam", "", said, other, "ti")


def exam(entry: str, result: ExamResult, day: str, part: ExamPart = "KNM") -> ExamRecorded:
    return ExamRecorded(entry, part, result, "", day)


def bar_of(found: Progress, kind: str) -> tuple[int, int, str]:
    return next((each.minutes, each.of, each.measure) for each in found.hours if each.kind == kind)


def test_nothing_recorded_shows_the_route_with_its_numbers() -> None:
    found = progress()
    assert (found.is_empty, found.route, found.decided, found.provider) == (
        True,
        "B1",
        False,
        "Taalschool De Brug (voorbeeld)",
    )
    assert [each.kind for each in found.hours] == ["language", "knm", "map", "pvt"]
    assert bar_of(found, "language") == (0, 900, "estimated")
    assert bar_of(found, "knm") == (0, 24, "planned")
    assert bar_of(found, "map") == (0, 40, "agreed")
    assert bar_of(found, "pvt") == (0, 12, "needed")
    assert found.absence == AbsenceCount()
    assert {each.state for each in found.exams} == {"not_yet"}
    assert found.legal_date("term_end") == date(2029, 11, 24)
    assert found.legal_date("erase") is None


def test_hours_of_a_kind_add_up_with_their_last_day() -> None:
    found = progress(hours("e1", "language", 100), hours("e2", "language", 12.5, "2027-04-05"), hours("e3", "knm", 14))
    language = found.hours[0]
    assert (language.minutes, language.last) == (6750, date(2027, 4, 5))
    assert bar_of(found, "knm")[0] == 840
    assert not found.is_empty


def test_the_self_reliance_route_counts_lessons_together_and_map_and_pvt_with_the_activities() -> None:
    on = basis({"route/proposed": "Z", "route/region": None})
    followed = (hours("1", "language", 90), hours("2", "knm", 10), hours("3", "map", 5), hours("4", "activities", 20))
    found = progress(*followed, on=on)
    assert bar_of(found, "lessons") == (6000, 800, "needed")
    assert bar_of(found, "activities") == (1500, 800, "needed")
    family = basis({"route/proposed": "Z"}, facts=answered(doelgroep="gezin"))
    assert [each.kind for each in progress(on=family).hours] == ["lessons", "map", "pvt"]


def test_the_education_route_has_no_map_and_the_numbers_of_the_region() -> None:
    found = progress(on=basis({"route/proposed": "O", "route/region": "studie", "pip/route_hours": None}))
    assert [each.kind for each in found.hours] == ["language", "knm", "pvt"]
    assert bar_of(found, "language") == (0, 540, "planned")


def test_without_an_estimate_the_modules_of_the_route_tell_and_without_map_hours_nothing_does() -> None:
    found = progress(on=basis({"pip/route_hours": None, "pip/map_hours": None}))
    assert bar_of(found, "language")[1:] == (410, "planned")
    assert bar_of(found, "map")[1:] == (0, "")


def test_an_issued_decision_goes_before_what_is_being_filled_in() -> None:
    found = progress(on=basis({"pip/route_hours": "700"}, decision=PipDecision(route="B1", level="A2", hours=600)))
    assert (found.decided, bar_of(found, "language")[1], found.levels[0].goal) == (True, 600, "a2")


def test_a_decision_on_another_route_leaves_the_modules_of_the_draft_out() -> None:
    found = progress(on=basis(decision=PipDecision(route="Z", hours=0)))
    assert (found.route, found.modules, found.provider) == ("Z", (), "")


def test_while_there_is_no_route_what_was_followed_shows_without_a_number() -> None:
    on = basis({"route/proposed": None, "route/region": None, "route/start": None})
    found = progress(hours("e1", "activities", 3), on=on)
    assert [(each.kind, each.of, each.measure) for each in found.hours] == [("activities", 0, "")]
    assert (found.route, found.modules) == (None, ())
    assert progress(hours("e1", "language", 3), on=on).hours[0].of == 0


def test_a_part_that_was_closed_says_when() -> None:
    found = progress(
        MilestoneRecorded("e1", "pvt_signed", "2027-01-29"), MilestoneRecorded("e2", "z_talk", "2027-02-01")
    )
    assert [(each.kind, each.closed) for each in found.hours if each.closed] == [("pvt", date(2027, 1, 29))]


def test_half_days_are_counted_by_notice_and_by_reason_asked() -> None:
    found = progress(
        AbsenceRecorded("e1", "2027-02-09", 4, notice=True, reason="afspraak", source=""),
        AbsenceRecorded("e2", "2027-03-16", 1, notice=False, reason=" ", source=""),
    )
    assert (found.absence, found.absence.half_days) == (AbsenceCount(4, 1, 1), 5)


def test_modules_stand_by_the_calendar_until_somebody_says_otherwise() -> None:
    assert [each.state for each in progress().modules] == ["past", "now", "later", "later"]
    before = progress(on=basis(today=date(2026, 12, 1)))
    assert [each.state for each in before.modules] == ["later"] * 4
    states: tuple[ModuleState, ...] = ("done", "skipped", "not_done", "repeated")
    said = [
        ModuleRecorded(f"e{at}", "werk", f"werk_{at}", state, "2027-03-26", "zo") for at, state in enumerate(states, 1)
    ]
    found = progress(*said)
    assert [(each.state, each.remark) for each in found.modules] == [(state, "zo") for state in states]
    assert [each.may_change for each in found.modules] == [True, True, True, False]
    again = ModuleRecorded("e9", "werk", "werk_1", "started", "2027-03-30", "")
    assert progress(*said, again).modules[0].state == "now"


def test_a_module_of_another_route_says_nothing_here() -> None:
    assert progress(ModuleRecorded("e1", "vak", "vak_1", "done", "2027-03-26", "")).modules[0].state == "past"


def test_without_a_start_there_is_no_line() -> None:
    on = basis()
    assert progress_of({}, replace(on, plan=replace(on.plan, year=None))).modules == ()


def test_levels_go_from_the_intake_to_the_newest_day_towards_the_aim() -> None:
    found = progress(
        LevelRecorded("e1", "listening", "a2", "2027-04-02", "test", "De Brug"),
        LevelRecorded("e2", "listening", "a1", "2027-02-01", "observation", ""),
        LevelRecorded("e3", "conversation", "a1", "2027-04-02", "self", ""),
        LevelRecorded("e4", "writing", "z9", "2027-04-02", "test", ""),
    )
    lines = {each.skill: each for each in found.levels}
    assert lines["listening"] == LevelLine("listening", "a1", "a2", "b1", date(2027, 4, 2), "test", "De Brug")
    assert (lines["conversation"].then, lines["conversation"].now) == ("", "a1")
    assert (lines["writing"].then, lines["writing"].now, lines["writing"].day) == ("alfa_b", "", None)
    nobody = progress(LevelRecorded("e1", "reading", "a1", "2027-04-02", "test", ""), on=basis(facts=answered()))
    assert [each.then for each in nobody.levels] == [""] * 5


def test_a_day_that_cannot_be_read_never_wins() -> None:
    found = progress(
        LevelRecorded("e1", "reading", "a2", "2027-04-02", "test", ""),
        LevelRecorded("e2", "reading", "b1", "gisteren", "test", ""),
    )
    assert found.levels[3].now == "a2"


@pytest.mark.parametrize(
    ("route", "goal"), [("start", "a1"), ("praktijk", "a2"), (None, "a1")], ids=["start", "practice", "the first"]
)
def test_without_a_decided_level_the_route_of_the_region_sets_the_aim(route: str | None, goal: str) -> None:
    assert progress(on=basis({"route/proposed": "Z", "route/region": route})).levels[0].goal == goal


def test_without_a_route_there_is_no_aim() -> None:
    on = basis({"route/proposed": None, "route/region": None})
    assert {each.goal for each in progress(on=on).levels} == {""}
    odd = replace(on, plan=replace(basis().plan, region_route=replace(_route(), level="zelfredzaam")))
    assert {each.goal for each in progress(on=odd).levels} == {""}


def _route() -> RegionRoute:
    route = basis().plan.region_route
    assert route is not None
    return route


def test_an_exam_goes_from_registered_over_again_to_passed() -> None:
    registered, failed = exam("e1", "registered", "2027-06-14"), exam("e2", "failed", "2027-03-01")
    assert progress(registered).exams[0] == ExamLine("KNM", "registered", date(2027, 6, 14))
    assert progress(failed).exams[0] == ExamLine("KNM", "again", date(2027, 3, 1))
    assert progress(failed, registered).exams[0].state == "registered"
    assert progress(failed, exam("e3", "passed", "2027-01-02")).exams[0] == ExamLine("KNM", "passed", date(2027, 1, 2))


def test_what_duo_granted_is_not_asked_any_more() -> None:
    granted = ExemptionRecorded("e1", "exemption", "granted", ("LE",), "2027-02-01")
    assert [each.state for each in progress(granted).exams] == ["not_yet", "exempt", "not_yet", "not_yet", "not_yet"]
    whole = ExemptionRecorded("e1", "dispensation", "granted", (), "2027-02-01")
    assert {each.state for each in progress(whole).exams} == {"exempt"}
    asked = ExemptionRecorded("e1", "exemption", "asked", (), "2027-02-01")
    assert {each.state for each in progress(asked).exams} == {"not_yet"}


def test_talks_are_told_apart_by_what_became_of_them() -> None:
    found = progress(
        talk("e1", 1, "held", "2027-02-11", "Ik ben blij.", "ሕጉስ"),
        talk("e2", 2, "held", "2027-03-11T10:00"),
        talk("e3", 3, "planned", "2027-04-15T10:00"),
        talk("e4", 4, "planned", "2027-05-15"),
        talk("e5", 2, "planned", "2027-04-01"),
        talk("e6", 2, "planned", "ooit"),
        talk("e7", 1, "missed", "2027-01-20"),
    ).talks
    assert found.next is not None
    assert found.spoken is not None
    assert (found.agreed, [each.entry for each in found.held], found.next.entry) == (5, ["e1", "e2"], "e3")
    assert [each.entry for each in found.waiting] == ["e6", "e5"]
    assert (found.spoken.own_words.dutch, found.spoken.own_words.other, found.next_number) == ("Ik ben blij.", "ሕጉስ", 3)
    assert not progress(on=basis({"pip/talks": None})).talks.agreed


def test_a_correction_takes_the_place_and_what_was_withdrawn_counts_no_more() -> None:
    first, better = hours("e1", "language", 10), hours("e1", "language", 12)
    assert bar_of(progress(first, better), "language")[0] == 720
    gone = progress(first, EntryWithdrawn("e1", "dubbel"))
    assert (gone.entries, bar_of(gone, "language")[0], gone.is_empty) == ((), 0, True)


def test_entries_stand_in_the_order_they_were_written() -> None:
    found = entries_of(registers(hours("b", "knm", 1), hours("a", "map", 1)))
    assert [(each.id, each.author) for each in found] == [("b", "Karim Jansen"), ("a", "Karim Jansen")]


def test_two_corrections_at_once_are_shown_and_the_last_counts_meanwhile() -> None:
    one, other = hours("e1", "language", 10), hours("e1", "language", 20)
    kept = {"e1": register_of([event(1, one), event(2, other, THERE)])}
    (dispute,) = disputes_of(kept)
    assert [each.body for each in dispute.sides] == [one, other]
    found = progress_of(kept, basis())
    assert (bar_of(found, "language")[0], found.is_empty) == (1200, False)
    settled = {"e1": register_of([event(1, one), event(2, other, THERE), event(3, one, HERE, {THERE: 2})])}
    assert disputes_of(settled) == ()
    both_gone = {"e1": register_of([event(1, EntryWithdrawn("e1", "a")), event(2, EntryWithdrawn("e1", "b"), THERE)])}
    assert (disputes_of(both_gone), entries_of(both_gone)) == ((), ())


def test_a_register_without_an_event_is_nothing() -> None:
    assert entries_of({"e1": registers(hours("e1", "knm", 1))["e1"].__class__()}) == ()


def test_before_a_first_plan_no_term_runs() -> None:
    assert progress(on=basis(terms=TermFacts())).dates == ()
