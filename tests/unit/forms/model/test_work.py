"""How much an answer recomputes, counted in cells: never more because a form is longer."""

from collections import Counter

import pytest

from desktop.forms import Form, Session
from tests.unit.forms.forms_for_tests import hold, xform

SHORT, LONG = 150, 5_000


def _form(questions: int, *, chained: bool) -> Form:
    """Return a form of numbers, each with a total and a remark; totals add up through the form when `chained`."""
    numbers = range(1, questions // 2 + 1)
    nodes = "".join(f"<g{each}><i{each}/><t{each}/><n{each}/></g{each}>" for each in numbers)
    binds = "".join(
        f"<bind nodeset='/data/g{each}' relevant=\"/data/start != 'nee'\"/>"
        f"<bind nodeset='/data/g{each}/i{each}' type='int'/>"
        f"<bind nodeset='/data/g{each}/t{each}' type='int' calculate='{_total(each, chained)}'/>"
        f"<bind nodeset='/data/g{each}/n{each}' relevant='/data/g{each}/t{each} &gt; 100'/>"
        for each in numbers
    )
    body = "".join(
        f"<group ref='/data/g{each}'><label>g</label><input ref='/data/g{each}/i{each}'><label>i</label></input>"
        f"<input ref='/data/g{each}/n{each}'><label>n</label></input></group>"
        for each in numbers
    )
    return xform(
        f"<instance><data id='t'><start/>{nodes}</data></instance><bind nodeset='/data/start'/>{binds}",
        f"<input ref='/data/start'><label>s</label></input>{body}",
    )


def _total(number: int, chained: bool) -> str:  # noqa: FBT001  # written into the form
    before = f"/data/g{number - 1}/t{number - 1}" if chained and number > 1 else "0"
    return f"coalesce(/data/g{number}/i{number}, 0) + {before}"


def _session(questions: int, *, chained: bool) -> tuple[Session, Counter[str]]:
    """Return a session, and a count of the cells that run in it from now on, by path and aspect."""
    form = _form(questions, chained=chained)
    session, runs = hold(form), Counter[str]()
    for cell in form.cells:
        name, run = f"{cell.place.path} {cell.aspect.name}", cell.run

        def counting(c: object, name: str = name, run: object = run) -> object:
            runs[name] += 1
            return run(c)  # type: ignore[operator]  # a closure

        cell.run = counting
    return session, runs


@pytest.mark.parametrize("number", [1, 40, 75])
def test_an_answer_computes_the_same_cells_in_a_short_and_a_long_form(number: int) -> None:
    counted = []
    for questions in (SHORT, LONG):
        session, runs = _session(questions, chained=False)
        session.answer(f"/data/g{number}/i{number}", "101")
        counted.append(runs)
    assert counted[0] == counted[1] == {f"/data/g{number}/t{number} VALUE": 1, f"/data/g{number}/n{number} RELEVANT": 1}


def test_a_change_at_the_head_of_a_chain_computes_each_cell_of_it_once() -> None:
    session, runs = _session(1_000, chained=True)
    session.answer("/data/g1/i1", "5")
    assert runs == {
        **{f"/data/g{each}/t{each} VALUE": 1 for each in range(1, 501)},
        **{f"/data/g{each}/n{each} RELEVANT": 1 for each in range(1, 501)},
    }


def test_a_value_that_stays_the_same_stops_there() -> None:
    session, runs = _session(1_000, chained=True)
    session.answer("/data/g250/i250", "7")
    runs.clear()
    session.answer("/data/g250/i250", "07")
    assert runs == {"/data/g250/t250 VALUE": 1}


def test_hiding_and_showing_every_section_computes_no_cell_twice() -> None:
    session, runs = _session(1_000, chained=True)
    for value in ("nee", "ja"):
        runs.clear()
        session.answer("/data/start", value)
        assert set(runs.values()) == {1}
        assert len(runs) <= len(session.form.cells)
