import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.unit.library.workbook import CASES, INJECTED, PLACE, REGION, case, choices, questions, sheets

STATUSES = ("answer", "days", "declined", "unknown", "later")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CODE = re.compile(r"[A-Z]{2}|[a-z]{2,3}")
every_case = pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)


def asked(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    return (step for step in steps if "ask" in step)


def test_there_are_two_cases() -> None:
    assert [path.stem for path in CASES] == ["case_haarlem", "case_roermond"]


@every_case
def test_names_only_questions_of_the_interview(path: Path) -> None:
    known = {question.name: question for question in questions() if question.asks}
    for step in asked(case(path)["steps"]):
        assert step["ask"] in known, step
        assert step.get("repeat", "") == known[step["ask"]].repeat, step
        assert sum(status in step for status in STATUSES) == 1, step


@every_case
def test_answers_are_legal_values(path: Path) -> None:
    known = {question.name: question for question in questions()}
    for step in asked(case(path)["steps"]):
        question = known[step["ask"]]
        if "answer" in step:
            assert legal(question.type, question.list_name, step["answer"]), step
        if "days" in step:
            assert question.type == "date", step


def legal(kind: str, list_name: str, answer: object) -> bool:
    if list_name in INJECTED:
        return all(CODE.fullmatch(code) is not None for code in words(answer))
    if list_name:
        several = kind.startswith("select_multiple") == isinstance(answer, list)
        return several and set(words(answer)) <= set(choices()[list_name])
    if kind == "date":
        return DATE.fullmatch(str(answer)) is not None
    if kind in ("integer", "range"):
        return isinstance(answer, int)
    return isinstance(answer, str) and bool(answer)


def words(answer: object) -> list[str]:
    return [str(word) for word in answer] if isinstance(answer, list) else [str(answer)]


@every_case
def test_questions_come_in_the_order_of_the_interview(path: Path) -> None:
    order = [question.name for question in questions()]
    top = [order.index(step["ask"]) for step in asked(case(path)["steps"]) if "repeat" not in step]
    assert top == sorted(set(top))


@every_case
def test_every_question_needed_for_the_plan_is_met(path: Path) -> None:
    met = {step["ask"] for step in asked(case(path)["steps"])}
    needed = {q.name for q in questions() if "required" in q.cells and "relevant" not in q.cells and not q.repeat}
    assert needed - met == set()


@every_case
def test_a_choice_under_a_filter_fits_what_was_chosen_before(path: Path) -> None:
    given: dict[str, Any] = {}
    for step in asked(case(path)["steps"]):
        question = next(item for item in questions() if item.name == step["ask"])
        condition = question.cells.get("choice_filter", "")
        same = re.fullmatch(r"(\w+) = \$\{(\w+)\}", condition)
        if same and "answer" in step:
            card: Mapping[str, str] = choices()[question.list_name][step["answer"]]
            assert card[same[1]] == given[same[2]], step
        given[step["ask"]] = step.get("answer")


@every_case
def test_repeats_are_added_before_they_are_filled(path: Path) -> None:
    added: dict[str, int] = {}
    for step in case(path)["steps"]:
        if "add" in step:
            added[step["add"]] = added.get(step["add"], 0) + 1
        if "repeat" in step:
            assert step["index"] == added[step["repeat"]], step


def test_the_haarlem_talk_changes_language_and_comes_back() -> None:
    steps = case(CASES[0])["steps"]
    assert [step["switch"] for step in steps if "switch" in step] == ["en", "ti"]


def test_the_haarlem_talk_leaves_some_questions_open() -> None:
    steps = case(CASES[0])["steps"]
    for status in ("declined", "unknown", "later", "note", "flag"):
        assert any(status in step for step in steps), status


@every_case
def test_all_three_routes_have_a_written_reason(path: Path) -> None:
    plan = case(path)["plan"]
    assert set(plan["reasons"]) == {"B1", "O", "Z"}
    routes = {row.cells["name"]: row.cells["legal_route"] for row in sheets(REGION)["routes"].rows}
    assert routes[plan["region_route"]] == plan["proposed"]


@every_case
def test_people_and_places_are_invented(path: Path) -> None:
    data = case(path)
    assert data["person"]["name"].endswith("Voorbeeld")
    assert all(name.endswith("(voorbeeld)") for name in data["organisations"].values())
    assert not PLACE.search(path.read_text(encoding="utf-8"))
