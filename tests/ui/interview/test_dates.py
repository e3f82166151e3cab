"""Dates as people know them: in parts, in another calendar, with the numerals of their keyboard."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from desktop.records import AnswerGiven
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.questions.parts.calendars import CalendarDay, CalendarName, from_calendar, span, to_calendar
from protocol.identifiers import DossierId
from tests.ui.inspection import faults, rest, visible_texts
from tests.ui.interview.test_typed_figures import by_key
from tests.ui.table_on_screen import Screen, child, press
from tests.unit.services.interview_fixture import ref


def kept(screen: Screen, dossier: DossierId) -> str:
    bodies = [event.body for event in screen.events(dossier) if isinstance(event.body, AnswerGiven)]
    return bodies[-1].value if bodies else ""


def type_date(page: QWidget, prefix: str = "interview.answer", **parts: str) -> None:
    for name, text in parts.items():
        field = child(page, QLineEdit, f"{prefix}.{name}")
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, text)


def shown(page: QWidget) -> tuple[str, str, str]:
    day, month, year = (child(page, QLineEdit, f"interview.answer.{name}").text() for name in ("day", "month", "year"))
    return day, month, year


def at_birth(screen: Screen) -> tuple[DossierId, InterviewPage]:
    dossier = screen.new_dossier()
    return dossier, screen.interview(dossier, ref("geboren"))


@pytest.mark.parametrize(
    ("typed", "value", "sentence"),
    [
        ({"year": "1990"}, "1990-XX-XX", "Dag en maand staan als onbekend."),
        ({"month": "3", "year": "1990"}, "1990-03-XX", "De dag staat als onbekend."),
    ],
)
def test_what_is_unknown_is_kept_as_unknown_and_said(
    screen: Screen, typed: dict[str, str], value: str, sentence: str
) -> None:
    dossier, page = at_birth(screen)
    type_date(page, **typed)
    page.flush()
    screen.settle()
    assert kept(screen, dossier) == value
    assert sentence in visible_texts(page)
    page.show_part(ref("roepnaam"))
    screen.settle()
    page.show_part(ref("geboren"))
    screen.settle()
    assert shown(page) == ("", typed.get("month", ""), "1990")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "1", "year": "1990"}, "Vul ook de maand in, of maak de dag leeg."),
        ({"day": "1"}, "Vul het jaar in met vier cijfers. Wat verder onbekend is, blijft leeg."),
        ({"year": "90"}, "Vul het jaar in met vier cijfers. Wat verder onbekend is, blijft leeg."),
    ],
)
def test_what_is_too_little_says_what_is_missing_and_stays(
    screen: Screen, typed: dict[str, str], sentence: str
) -> None:
    dossier, page = at_birth(screen)
    type_date(page, **typed)
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert sentence in visible_texts(page)
    assert shown(page) == (typed.get("day", ""), "", typed.get("year", ""))
    assert kept(screen, dossier) == ""


def test_a_legal_date_takes_whole_days_only(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("kennisgeving"))
    type_date(page, year="2026")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert "Vul dag, maand en jaar in." in visible_texts(page)


def test_a_date_of_the_person_own_calendar_stands_beside_ours(screen: Screen) -> None:
    dossier, page = at_birth(screen)
    child(page, QAbstractButton, "interview.answer.other_calendar").click()
    child(page, QAbstractButton, "interview.answer.calendar.persian").click()
    type_date(page, "interview.answer.calendar", day="1", month="1", year="1370")
    assert shown(page) == ("21", "3", "1991")
    assert "1 Farvardin 1370 is 21-03-1991" in visible_texts(page)
    page.flush()
    screen.settle()
    assert kept(screen, dossier) == "1991-03-21"
    child(page, QAbstractButton, "interview.answer.calendar.ethiopian").click()
    assert "12 Megabit 1983 is 21-03-1991" in visible_texts(page)
    rest()
    assert faults(page) == []


def test_a_year_of_another_calendar_is_a_year_of_ours_with_what_it_covers(screen: Screen) -> None:
    dossier, page = at_birth(screen)
    child(page, QAbstractButton, "interview.answer.other_calendar").click()
    child(page, QAbstractButton, "interview.answer.calendar.persian").click()
    type_date(page, "interview.answer.calendar", year="1370")
    assert "Dit loopt van 21-03-1991 tot en met 20-03-1992. Alleen het jaar is overgenomen." in visible_texts(page)
    page.flush()
    screen.settle()
    assert kept(screen, dossier) == "1991-XX-XX"


def test_a_persian_year_in_our_fields_is_read_as_one(screen: Screen) -> None:
    _dossier, page = at_birth(screen)
    type_date(page, day="1", month="1", year="1370")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert "1 Farvardin 1370 is 21-03-1991" in visible_texts(page)
    assert shown(page) == ("1", "1", "1370")


def test_a_day_that_no_month_has_is_told(screen: Screen) -> None:
    _dossier, page = at_birth(screen)
    child(page, QAbstractButton, "interview.answer.other_calendar").click()
    type_date(page, "interview.answer.calendar", day="6", month="13", year="2014")
    assert "Deze dag bestaat niet in die kalender." in visible_texts(page)
    assert shown(page) == ("", "", "")


@pytest.mark.parametrize("name", ["geboren", "kinderen_aantal"])
def test_numerals_without_a_decimal_value_are_explained(screen: Screen, name: str) -> None:
    page = screen.interview(screen.new_dossier(), ref(name))
    field = next(each for each in page.findChildren(QLineEdit) if each.isVisible())
    by_key(field, "፲")
    assert field.text() == ""
    assert any(text.startswith("Ethiopische cijfers") for text in visible_texts(page))
    by_key(field, "1")
    assert not any(text.startswith("Ethiopische cijfers") for text in visible_texts(page))


def test_numerals_in_a_number_that_is_text_are_explained_too(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    by_key(child(page, QLineEdit, "interview.answer"), "፲፪")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert any(text.startswith("Ethiopische cijfers") for text in visible_texts(page))


@pytest.mark.parametrize(
    ("ours", "name", "theirs"),
    [
        (date(2023, 9, 11), "ethiopian", CalendarDay(2015, 13, 6)),
        (date(2023, 9, 12), "ethiopian", CalendarDay(2016, 1, 1)),
        (date(2026, 9, 11), "ethiopian", CalendarDay(2019, 1, 1)),
        (date(2027, 9, 11), "ethiopian", CalendarDay(2019, 13, 6)),
        (date(2027, 9, 12), "ethiopian", CalendarDay(2020, 1, 1)),
        (date(2024, 9, 10), "ethiopian", CalendarDay(2016, 13, 5)),
        (date(1985, 11, 9), "ethiopian", CalendarDay(1978, 2, 30)),
        (date(1907, 9, 12), "ethiopian", CalendarDay(1900, 1, 1)),
        (date(2025, 3, 20), "persian", CalendarDay(1403, 12, 30)),
        (date(2025, 3, 21), "persian", CalendarDay(1404, 1, 1)),
        (date(2029, 3, 20), "persian", CalendarDay(1408, 1, 1)),
        (date(1991, 3, 21), "persian", CalendarDay(1370, 1, 1)),
        (date(1979, 2, 11), "persian", CalendarDay(1357, 11, 22)),
    ],
)
def test_known_days_are_the_same_day(ours: date, name: CalendarName, theirs: CalendarDay) -> None:
    assert to_calendar(ours, name) == theirs
    assert from_calendar(theirs, name) == ours


@pytest.mark.parametrize(
    ("known", "name"),
    [
        (CalendarDay(2016, 13, 6), "ethiopian"),
        (CalendarDay(2016, 14, 1), "ethiopian"),
        (CalendarDay(2016, 1, 31), "ethiopian"),
        (CalendarDay(2016, 1, 0), "ethiopian"),
        (CalendarDay(0, 1, 1), "ethiopian"),
        (CalendarDay(1404, 12, 30), "persian"),
        (CalendarDay(1404, 13, 1), "persian"),
    ],
)
def test_a_day_that_a_calendar_does_not_have_is_none(known: CalendarDay, name: CalendarName) -> None:
    assert from_calendar(known, name) is None


def test_leap_years_are_the_published_ones() -> None:
    persian = [year for year in range(1390, 1415) if from_calendar(CalendarDay(year, 12, 30), "persian")]
    ethiopian = [year for year in range(2000, 2020) if from_calendar(CalendarDay(year, 13, 6), "ethiopian")]
    assert persian == [1391, 1395, 1399, 1403, 1408, 1412]
    assert ethiopian == [2003, 2007, 2011, 2015, 2019]


def test_a_month_and_a_year_run_to_the_day_before_the_next() -> None:
    assert span(2015, "ethiopian", 13) == (date(2023, 9, 6), date(2023, 9, 11))
    assert span(1370, "persian", 5) == (date(1991, 7, 23), date(1991, 8, 22))
    assert span(1370, "persian") == (date(1991, 3, 21), date(1992, 3, 20))
    assert span(1370, "persian", 14) is None
