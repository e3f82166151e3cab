import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from desktop.forms.model.form import Form
from desktop.forms.session.session import Session
from desktop.plan.model.edits import validate_edit
from desktop.plan.region.region_reader import read_region
from desktop.plan.region.region_rules import Condition, Region
from protocol.times import SettableClock
from tests.content import intake
from tests.unit.library.workbook import CASES, REGION, case

TODAY = date(2026, 11, 22)
LEGAL_ROUTES = ("B1", "O", "Z")
TESTS = (
    {"lbt_status": "nog_niet"},
    {"lbt_status": "gedaan", "lbt_uitkomst": "haalbaar"},
    {"lbt_status": "gedaan", "lbt_uitkomst": "niet_haalbaar"},
    {"lbt_status": "gedaan", "lbt_uitkomst": "onbekend"},
    {"lbt_status": "vrij"},
)
every_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def form() -> Form:
    return intake()


@pytest.fixture(scope="module")
def region(form: Form) -> Region:
    return read_region(REGION, "md", form)


@pytest.fixture
def session(form: Form) -> Session:
    return started(form)


def started(form: Form) -> Session:
    clock = SettableClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
    return Session(form, clock=clock, random=random.Random(1))  # noqa: S311  # repeatable instance ids


def paths(form: Form) -> dict[str, str]:
    return {node.name: node.path for node in form.outline().walk()}


def value(step: dict[str, Any]) -> str | None:
    if "days" in step:
        return (TODAY + timedelta(days=step["days"])).isoformat()
    answer = step.get("answer")
    if isinstance(answer, list):
        return " ".join(answer)
    return None if answer is None else str(answer)


def held(session: Session, steps: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each asked step with the address of its question, adding rows on the way."""
    known = paths(session.form)
    rows: dict[str, list[str]] = {}
    for step in steps:
        if "add" in step:
            ref, _ = session.add_repeat(known[step["add"]])
            rows.setdefault(step["add"], []).append(ref)
        elif "ask" in step:
            path = known[step["ask"]]
            if "repeat" in step:
                path = rows[step["repeat"]][step["index"] - 1] + path.removeprefix(known[step["repeat"]])
            yield step, path


def hold(session: Session, path: Path) -> None:
    for step, ref in held(session, case(path)["steps"]):
        answer = value(step)
        if answer is not None:
            session.answer(ref, answer)


def is_true(session: Session, condition: Condition) -> bool:
    return condition.compiled is None or bool(session.evaluate(condition.compiled))  # type: ignore[arg-type]  # by form


@every_case
def test_every_question_is_asked_when_it_matters_and_every_answer_accepted(session: Session, path: Path) -> None:
    for step, ref in held(session, case(path)["steps"]):
        assert session.state(ref).relevant, step
        answer = value(step)
        if answer is not None:
            assert session.answer(ref, answer).accepted, step


@every_case
def test_nothing_that_the_plan_waits_for_is_left_open(session: Session, path: Path) -> None:
    met = {ref for step, ref in held(session, case(path)["steps"]) if session.answer(ref, value(step) or "").accepted}
    states = [session.state(ref) for ref in session.questions()]
    open_ = [state for state in states if state.required and not state.value]
    assert [state.node.path for state in open_ if state.node.path not in met] == []


def test_calculations_of_the_haarlem_case(session: Session) -> None:
    hold(session, CASES[0])
    known = paths(session.form)
    found = {name: session.state(known[name]).value for name in ("leeftijd", "kinderen_jong", "schooljaren_berekend")}
    assert found == {"leeftijd": "27", "kinderen_jong": "1", "schooljaren_berekend": "5"}
    assert session.state(known["alfabetisering_voorstel"]).value == "AA"
    assert session.state(known["opvang_tekort"]).value == "4"


@every_case
def test_each_case_has_goals_and_two_sided_reasons(session: Session, region: Region, path: Path) -> None:
    hold(session, path)
    goals = [goal.name for goal in region.goals if is_true(session, goal.when)]
    assert {"taal", "geld", "rechten"} <= set(goals)
    assert two_sided(session, region)


def test_the_haarlem_goals_are_those_of_its_programme(session: Session, region: Region) -> None:
    hold(session, CASES[0])
    goals = {goal.name for goal in region.goals if is_true(session, goal.when)}
    assert {"lezen", "opvang_kind", "zorg_proef", "taalmaatje"} <= goals
    assert not {"werk_proef", "school_af", "zaak"} & goals


@pytest.mark.parametrize("test", TESTS, ids=lambda test: "-".join(test.values()))
def test_nearly_every_case_finds_reasons_on_both_sides(form: Form, region: Region, test: dict[str, str]) -> None:
    known = paths(form)
    for wish, years, learning in product(("ja", "nee", "twijfel"), (0, 5, 12), ("doen", "lezen")):
        session = started(form)
        answers = {**test, "studeren_wens": wish, "schooljaren": str(years), "leert_best": learning}
        for name, answer in answers.items():
            assert session.answer(known[name], answer).accepted
        assert two_sided(session, region), answers


def two_sided(session: Session, region: Region) -> bool:
    applying = {(rule.route, rule.sign) for rule in region.arguments if is_true(session, rule.when)}
    return {(route, sign) for route in LEGAL_ROUTES for sign in ("for", "against")} <= applying


@every_case
def test_edits_of_the_plan_are_valid_and_change_what_exists(path: Path, region: Region) -> None:
    plan = case(path)["plan"]
    for edit in plan["edits"]:
        validate_edit(edit["field"], edit["value"])
    validate_edit("route/proposed", plan["proposed"])
    assert plan["region_route"] in {route.name for route in region.routes}


def test_health_is_asked_only_after_a_yes(session: Session) -> None:
    known = paths(session.form)
    for answer, asked in (("nu", True), ("later", False), ("nee", False)):
        session.answer(known["gezondheid_gesprek"], answer)
        assert session.state(known["gez_algemeen"]).relevant is asked


def test_a_wrong_citizen_number_is_refused(session: Session) -> None:
    ref = paths(session.form)["bsn"]
    assert session.answer(ref, "999990019").accepted
    assert not session.answer(ref, "999990018").accepted
    assert not session.answer(ref, "12345").accepted
