"""What is not asked is in no set of nodes (ODK XForms "Bind Attributes", `relevant`), and comes back with relevance."""

import pytest

from desktop.forms import Session
from tests.unit.forms.forms_for_tests import form_of, hold

WORK = """
| survey |
| | type | name | label | relevant | calculation | choice_filter |
| | select_one yn | werkt | Werkt u? |
| | begin_group | werk | Werk | ${werkt} != 'nee' |
| | begin_repeat | baan | Baan |
| | text | plaats | Waar? |
| | integer | uren | Uren | ${plaats} != '' |
| | calculate | rij | | | position(..) |
| | end_repeat |
| | integer | los | Los |
| | end_group |
| | calculate | som | | | sum(${uren}) |
| | calculate | rijen | | | count(${baan}) |
| | calculate | losse | | | count(${los}) |
| | calculate | grootste | | | max(${los}, 3) |
| | calculate | alle | | | count(//uren) |
| | calculate | lange | | | count(${baan}[uren > 5]/uren) |
| | calculate | tweede | | | indexed-repeat(${uren}, ${baan}, 2) |
| | select_one ${plaats} | kies | Welke plaats? |
| choices |
| | list_name | name | label |
| | yn | ja | Ja |
| | yn | nee | Nee |
"""


@pytest.fixture
def session() -> Session:
    held = hold(form_of(WORK))
    rows = [held.add_repeat("/data/werk/baan")[0] for _ in range(3)]
    for row, place, hours in zip(rows, ("Assen", "Breda", ""), ("8", "20", ""), strict=True):
        held.answer(f"{row}/plaats", place)
        held.answer(f"{row}/uren", hours)
    held.answer("/data/werk/los", "7")
    return held


def _values(session: Session) -> dict[str, str]:
    names = ("som", "rijen", "losse", "grootste", "alle", "lange", "tweede")
    return {name: session.state(f"/data/{name}").value for name in names}


def test_rows_that_are_not_asked_are_in_no_total_and_in_no_list(session: Session) -> None:
    asked = {"som": "28", "rijen": "3", "losse": "1", "grootste": "7", "alle": "2", "lange": "2", "tweede": "20"}
    assert _values(session) == asked

    session.answer("/data/werkt", "nee")

    none = {"som": "0", "rijen": "0", "losse": "0", "grootste": "3", "alle": "0", "lange": "0", "tweede": ""}
    assert _values(session) == none
    assert not session.choices("/data/kies")

    session.answer("/data/werkt", "ja")

    assert _values(session) == asked
    assert [choice.value for choice in session.choices("/data/kies")] == ["Assen", "Breda"]


def test_a_blank_row_that_hides_is_counted_no_longer(session: Session) -> None:
    first, second, _ = session.instances("/data/werk/baan")
    session.answer(f"{second}/uren", "")
    assert _values(session)["alle"] == "2"

    session.answer(f"{second}/plaats", "")

    assert _values(session)["alle"] == "1"
    assert _values(session)["rijen"] == "3"
    assert session.state(f"{first}/rij").value == "1"


def test_the_index_of_a_row_counts_the_rows_that_are_not_asked_too(session: Session) -> None:
    first, second, _ = session.instances("/data/werk/baan")

    session.answer(f"{first}/plaats", "")

    assert _values(session)["tweede"] == "20"
    assert session.state(f"{second}/rij").value == "2"
