"""What follows from a form alone about its blank record: nothing that asks the clock, chance or a device."""

from collections.abc import Callable
from datetime import UTC, datetime, tzinfo

import pytest

from desktop.forms.reader.blank_record import _WatchingEnvironment, blank_outcomes
from tests.unit.forms.forms_for_tests import form_of, xform

CERTAIN = {"1 + 1": "2", "string-length('abc')": "3", "${four} * 2": "8", "concat(${twice}, 'x')": "8x"}
ASKED = (
    "now()",
    "today()",
    "random()",
    "jr:choice-name('a', '${pick}')",
    "jr:itext('/data/pick:label')",
    "property('deviceid')",
    "format-date-time('2026-11-29T12:00:00Z', '%H')",
    "join(' ', randomize(${four}))",
    "concat(now(), count(${row}))",
)


def _outcome(expression: str) -> object:
    form = form_of(f"""
| survey |
| | type | name | label | calculation | relevant |
| | calculate | four | | 2 + 2 | |
| | calculate | twice | | ${{four}} * 2 | |
| | select_one list | pick | Pick | | true() |
| | begin_repeat | row | Row | | |
| | text | in_row | In row | | |
| | end_repeat | | | | |
| | calculate | found | | {expression} | |
| choices |
| | list_name | name | label |
| | list | a | A |
""")
    place = form.places["/data/found"]
    known = blank_outcomes(form)
    (cell,) = place.cells.values()
    return known.get(cell.rank)


@pytest.mark.parametrize(("expression", "value"), CERTAIN.items())
def test_what_reads_nothing_outside_is_certain(expression: str, value: str) -> None:
    assert _outcome(expression) == value


@pytest.mark.parametrize("expression", ASKED)
def test_what_asks_the_environment_is_not(expression: str) -> None:
    assert _outcome(expression) is None


def test_what_is_always_relevant_is_no_cell() -> None:
    form = xform("<instance><data id='t'><a/></data></instance><bind nodeset='/data/a' relevant='true()'/>")
    assert not form.places["/data/a"].cells


@pytest.mark.parametrize(
    "use",
    [
        lambda zone: datetime(2026, 1, 1, tzinfo=UTC).astimezone(zone),
        lambda zone: datetime(2026, 1, 1, tzinfo=zone).tzname(),
        lambda zone: datetime(2026, 1, 1, tzinfo=zone).dst(),
    ],
)
def test_a_zone_is_asked_for_once_it_is_used(use: Callable[[tzinfo], object]) -> None:
    environment = _WatchingEnvironment()
    zone = environment.zone
    assert not environment.asked
    use(zone)
    assert environment.asked
