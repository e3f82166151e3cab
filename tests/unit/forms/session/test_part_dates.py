"""Dates of which the day or the month is unknown: carried as they are, reckoned with as the first day they may be."""

import pytest

from desktop.forms import Session, instance_document
from tests.unit.forms.forms_for_tests import form_of, hold

BIRTHS = """
| survey |
| | type | name | label | appearance | constraint | calculation |
| | begin_group | wie | Wie |
| | date | geboren | Wanneer geboren? | part-known | . <= today() and . >= date('1920-01-01') | |
| | date | brief | Datum van de brief? | | . <= today() | |
| | calculate | leeftijd | | | | if(${geboren} = '', '', int((number(format-date(today(), '%Y%m%d')) - number(format-date(${geboren}, '%Y%m%d'))) div 10000)) |
| | calculate | zelfde | | | | string(date(${geboren})) |
| | note | leest | Geboren: ${geboren} | | | |
| | end_group |
| settings |
| | form_id | form_title | version | name |
| | wie | Wie | 1 | intake |
"""  # noqa: E501  # a table
TOP = "/intake/wie"


@pytest.fixture
def session() -> Session:
    return hold(form_of(BIRTHS))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1990-XX-XX", None),
        ("1990-03-XX", None),
        ("1990-03-21", None),
        ("1990-XX-21", "forms.type"),
        ("1990-13-XX", "forms.type"),
        ("1919-XX-XX", "forms.constraint"),
        ("2027-XX-XX", "forms.constraint"),
        ("2026-XX-XX", None),
    ],
)
def test_a_part_that_is_known_is_an_answer(session: Session, value: str, code: str | None) -> None:
    problem = session.check(f"{TOP}/geboren", value)
    assert (None if problem is None else problem.code) == code


def test_another_date_takes_whole_days_only(session: Session) -> None:
    problem = session.check(f"{TOP}/brief", "2026-XX-XX")
    assert problem is not None
    assert problem.code == "forms.type"


def test_what_is_unknown_is_carried_and_never_becomes_a_day(session: Session) -> None:
    session.answer(f"{TOP}/geboren", "1990-XX-XX")
    assert session.state(f"{TOP}/geboren").value == "1990-XX-XX"
    assert session.state(f"{TOP}/leeftijd").value == "36"
    assert session.state(f"{TOP}/zelfde").value == "1990-XX-XX"
    assert "1990-01-01" not in str(instance_document(session))
    assert "1990-XX-XX" in str(instance_document(session))


def test_a_date_that_is_none_stays_none(session: Session) -> None:
    session.answer(f"{TOP}/geboren", "")
    assert session.state(f"{TOP}/leeftijd").value == ""
