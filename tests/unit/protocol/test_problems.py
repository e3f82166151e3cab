"""Every refusal is a problem of the published form, and the schemas refer to what they publish."""

import msgspec
import pytest

from protocol.messages.message import Octets, from_bytes, to_bytes
from protocol.messages.rows import Receipt
from protocol.problems import PROBLEMS, Problem, problem_of
from protocol.schemas import MESSAGES, _octets_schema, message_schemas, schema_reference


@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_each_code_has_a_problem_that_can_be_sent(code: str) -> None:
    problem = problem_of(code, {"expected": "7"})
    assert from_bytes(Problem, to_bytes(problem)) == problem
    assert (problem.code, problem.type, dict(problem.details)) == (
        code,
        f"urn:opmaat:problem:{code}",
        {"expected": "7"},
    )
    assert (problem.status, problem.title) == (PROBLEMS[code].status, PROBLEMS[code].title)
    assert problem_of(code).details == {}


def test_a_code_that_is_not_published_is_a_bug() -> None:
    with pytest.raises(KeyError):
        problem_of("sync.tired")


@pytest.mark.parametrize("kind", MESSAGES)
def test_a_reference_leads_to_a_published_schema(kind: type[msgspec.Struct]) -> None:
    place = schema_reference(kind)["$ref"]  # type: ignore[arg-type]  # each is a message
    assert place == f"#/components/schemas/{kind.__name__}"
    assert message_schemas()[kind.__name__]["type"] == "object"


def test_bytes_are_published_as_the_text_they_travel_as() -> None:
    statement = message_schemas()["MembershipStatement"]["properties"]
    assert statement["signature"] == {
        "type": "string",
        "contentEncoding": "base64url",
        "pattern": "^[A-Za-z0-9_-]*$",
        "maxLength": 86,
    }
    assert Receipt in MESSAGES


def test_a_type_that_has_no_published_form_is_a_bug() -> None:
    assert _octets_schema(Octets.of_size(1, 2))["maxLength"] == 3
    with pytest.raises(NotImplementedError):
        _octets_schema(complex)
