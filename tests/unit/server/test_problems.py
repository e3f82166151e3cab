"""Problems: each can be told, and none is used that is not known."""

import re

import pytest

from desktop.i18n.messages import all_messages
from protocol.messages.message import from_bytes, to_bytes
from protocol.problems import PROBLEMS, Problem, problem_of
from tests import places


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_can_be_told_to_a_person_and_to_a_machine(code: str) -> None:
    problem = problem_of(code, {"expected": "7"})

    assert from_bytes(Problem, to_bytes(problem)) == problem
    assert (problem.code, problem.status) == (code, PROBLEMS[code].status)
    assert code in all_messages()


def test_every_code_the_serving_side_refuses_with_is_a_known_problem() -> None:
    used: set[str] = set()
    for path in (places.ROOT / "server").rglob("*.py"):
        used |= set(re.findall(r'(?:Refusal|problem)\(\s*"([a-z_.]+)"', path.read_text("utf-8")))

    assert used <= set(PROBLEMS)
