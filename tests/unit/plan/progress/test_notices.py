"""What the law asks or allows, on its day and with its article."""

from datetime import date

from desktop.plan.law.deadlines import TermFacts
from desktop.plan.progress.progress import Progress
from desktop.records import (
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    MilestoneRecorded,
    ProgressBody,
    TalkRecorded,
)
from desktop.records.events.progress_bodies import HoursAbout
from tests.unit.plan.progress.progress_case import FIRST_PLAN, TODAY, basis, progress

PLANNED = TalkRecorded("t1", 1, "planned", "2031-01-01", "", "", "", "", "", "ti")
PVT, MAP, Z_TALK = (
    MilestoneRecorded("m1", "pvt_signed", "2027-01-29"),
    MilestoneRecorded("m2", "map_talk", "2027-06-01"),
    MilestoneRecorded("m3", "z_talk", "2028-06-01"),
)


def hours(about: HoursAbout, amount: int) -> HoursRecorded:
    return HoursRecorded(about, about, "2027-01-11", "2027-04-02", amount * 60, "")


def keys(found: Progress) -> list[str]:
    return [each.key for each in found.notices]


def test_a_talk_is_asked_for_while_the_plan_names_more_than_were_held() -> None:
    (notice,) = progress().notices
    assert notice.text.dutch.endswith("Het plan noemt 5 gesprekken.")
    assert (notice.key, notice.article, notice.day) == ("talk", "Besluit inburgering 2021, art. 5.3 lid 4", None)
    assert keys(progress(PLANNED)) == []
    held = TalkRecorded("t2", 1, "held", "2027-03-01", "", "", "", "", "", "ti")
    assert keys(progress(held, on=basis({"pip/talks": "1"}))) == []


def test_hours_that_are_full_ask_for_what_closes_them() -> None:
    full: tuple[ProgressBody, ...] = (PLANNED, hours("pvt", 12), hours("map", 40))
    assert keys(progress(*full)) == ["pvt", "map"]
    assert keys(progress(*full, PVT, MAP)) == []
    assert keys(progress(PLANNED, hours("map", 40), on=basis({"pip/map_hours": None}))) == []


def test_the_self_reliance_route_ends_with_a_talk() -> None:
    on = basis({"route/proposed": "Z", "route/region": None, "pip/map_hours": None})
    lessons, half, whole = hours("language", 800), hours("activities", 400), hours("activities", 800)
    assert keys(progress(PLANNED, lessons, half, on=on)) == []
    (notice,) = progress(PLANNED, lessons, whole, on=on).notices
    assert (notice.key, notice.article) == ("z_talk", "Besluit inburgering 2021, art. 3.14")
    assert keys(progress(PLANNED, lessons, whole, Z_TALK, on=on)) == []


def test_600_hours_allow_a2_where_b1_is_the_aim_and_a_part_is_left() -> None:
    enough = hours("language", 600)
    (notice,) = progress(PLANNED, enough).notices
    assert (notice.key, "600 uur les gevolgd" in notice.text.dutch) == ("downscale", True)
    assert keys(progress(PLANNED, hours("language", 599))) == []
    whole = ExemptionRecorded("x", "dispensation", "granted", (), "2027-02-01")
    assert keys(progress(PLANNED, enough, whole)) == []


def test_the_last_day_to_change_the_route_is_told_sixty_days_before() -> None:
    last = date(2028, 5, 25)
    for today, told in (
        (date(2028, 3, 25), False),
        (date(2028, 3, 26), True),
        (last, True),
        (date(2028, 5, 26), False),
    ):
        found = progress(PLANNED, on=basis(today=today))
        assert ("route_change" in keys(found)) is told
    (notice,) = progress(PLANNED, on=basis(today=last)).notices
    assert (notice.day, notice.text.dutch) == (
        last,
        "Wisselen van route kan tot en met 25-05-2028. In een bijzonder geval mag het later.",
    )


def test_an_extension_is_told_from_its_day_and_says_whether_the_record_meets_its_conditions() -> None:
    opens, end = date(2029, 5, 25), date(2029, 11, 24)
    assert keys(progress(PLANNED, on=basis(today=date(2029, 5, 24)))) == []
    lacking = progress(PLANNED, on=basis(today=opens)).notices[0]
    assert (lacking.key, lacking.day, "als alle lessen" in lacking.text.dutch) == ("extension", end, True)
    passed = [ExamRecorded(part, part, "passed", "", "2029-01-01") for part in ("KNM", "LE", "LU")]
    ready: tuple[ProgressBody, ...] = (PLANNED, PVT, MAP, hours("language", 900), *passed)
    found = {each.key: each.text.dutch for each in progress(*ready, on=basis(today=opens)).notices}
    assert "dat kan" in found["extension"]
    short = {each.key: each.text.dutch for each in progress(*ready[:-1], on=basis(today=opens)).notices}
    assert "als alle lessen" in short["extension"]
    assert keys(progress(PLANNED, on=basis(today=date(2029, 11, 25)))) == []


def test_other_routes_are_told_the_end_and_who_is_done_nothing() -> None:
    near, far = date(2029, 6, 1), date(2029, 1, 1)
    on = {"route/proposed": "Z", "route/region": None}
    assert keys(progress(PLANNED, on=basis(on, today=far))) == []
    (notice,) = progress(PLANNED, on=basis(on, today=near)).notices
    assert (notice.key, notice.text.dutch) == ("term_end", "De termijn eindigt op 24-11-2029.")
    assert keys(progress(PLANNED, Z_TALK, on=basis(on, today=near))) == []
    whole = ExemptionRecorded("x", "exemption", "granted", (), "2027-02-01")
    assert keys(progress(PLANNED, whole, on=basis(today=near))) == []


def test_without_a_first_plan_no_day_is_told() -> None:
    assert keys(progress(PLANNED, on=basis(terms=TermFacts(), today=TODAY))) == []
    assert FIRST_PLAN < TODAY
