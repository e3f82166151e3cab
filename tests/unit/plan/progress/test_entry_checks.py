"""What may be written, and every kind of entry as a sentence."""

from datetime import date

import pytest
from msgspec.structs import replace

from desktop.plan.progress.entry_checks import check_entry
from desktop.plan.progress.entry_texts import hours_text, sentence_of
from desktop.records import (
    AbsenceRecorded,
    EntryWithdrawn,
    ExamRecorded,
    ExemptionRecorded,
    HoursRecorded,
    LevelRecorded,
    MilestoneRecorded,
    ModuleRecorded,
    ProgressBody,
    TalkRecorded,
)
from protocol.errors import UserError

TODAY = date(2027, 4, 8)
TALK = TalkRecorded("e", 2, "held", "2027-04-08T10:00", "", "", "", "", "", "ti")
HOURS = HoursRecorded("e", "language", "2027-01-11", "2027-04-02", 150, "")
ABSENCE = AbsenceRecorded("e", "2027-02-09", 2, notice=True, reason="", source="")
MODULE = ModuleRecorded("e", "werk", "werk_1", "done", "2027-03-05", "")
LEVEL = LevelRecorded("e", "listening", "a2", "2027-04-02", "test", "")
EXAM = ExamRecorded("e", "KNM", "registered", "", "2027-06-14")
EXEMPTION = ExemptionRecorded("e", "exemption", "granted", ("LE", "LU"), "2027-03-01")
MILESTONE = MilestoneRecorded("e", "pvt_signed", "2027-01-29")
WITHDRAWN = EntryWithdrawn("e", "dubbel")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (TALK, "Gesprek 2 over de voortgang gehouden op 08-04-2027"),
        (HOURS, "2,5 uur Taalles, van 11-01-2027 tot en met 02-04-2027"),
        (ABSENCE, "Niet geweest met bericht, vanaf 09-02-2027. Dagdelen: 2"),
        (MODULE, "Module werk_1 klaar op 05-03-2027"),
        (LEVEL, "Luisteren: A2, toets van 02-04-2027"),
        (EXAM, "Examen Samenleving (KNM): aangemeld voor 14-06-2027"),
        (EXEMPTION, "Vrijstelling gekregen op 01-03-2027: Lezen, Luisteren"),
        (MILESTONE, "Participatieverklaring (PVT) getekend op 29-01-2027"),
        (WITHDRAWN, "Telt niet mee. dubbel"),
        (replace(EXEMPTION, parts=()), "Vrijstelling gekregen op 01-03-2027: de hele inburgering"),
        (replace(LEVEL, level="z9", day="ooit"), "Luisteren: z9, toets van ooit"),
        (replace(WITHDRAWN, reason=""), "Telt niet mee. –"),
    ],
    ids=lambda each: type(each).__name__ if not isinstance(each, str) else "",
)
def test_each_entry_is_one_sentence(body: ProgressBody, sentence: str) -> None:
    assert sentence_of(body).dutch == sentence


@pytest.mark.parametrize(
    "body",
    [
        TALK,
        replace(TALK, state="planned", moment="2027-09-01"),
        HOURS,
        ABSENCE,
        MODULE,
        LEVEL,
        EXAM,
        EXEMPTION,
        MILESTONE,
        WITHDRAWN,
    ],
    ids=lambda body: type(body).__name__,
)
def test_what_is_whole_may_be_written(body: ProgressBody) -> None:
    check_entry(body, TODAY)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (replace(TALK, moment="morgen"), "day_wrong"),
        (replace(TALK, moment="2027-04-09"), "day_ahead"),
        (replace(TALK, number=0), "number_wrong"),
        (replace(TALK, agreed="x" * 20_001), "too_long"),
        (replace(HOURS, minutes=0), "number_wrong"),
        (replace(HOURS, minutes=10_000 * 60), "number_wrong"),
        (replace(HOURS, first="2027-04-03"), "period_wrong"),
        (replace(ABSENCE, half_days=401), "number_wrong"),
        (replace(ABSENCE, day="2027-02-30"), "day_wrong"),
        (replace(MODULE, day="2027-04-09"), "day_ahead"),
        (replace(LEVEL, level="z9"), "level_wrong"),
        (replace(LEVEL, day=""), "day_wrong"),
        (replace(EXAM, result="passed"), "day_ahead"),
        (replace(WITHDRAWN, reason="  "), "reason_missing"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_cannot_be_is_refused(body: ProgressBody, code: str) -> None:
    with pytest.raises(UserError, match=rf"progress\.{code}"):
        check_entry(body, TODAY)


def test_hours_are_whole_or_have_a_decimal_comma() -> None:
    assert [hours_text(each) for each in (0, 60, 90, 75, 6720)] == ["0", "1", "1,5", "1,25", "112"]
