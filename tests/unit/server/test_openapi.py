"""The published description of the interface: whole, and as the Dutch API design rules want it (2.2, `make api-rules`).

Each test names the rule whose substance it checks, so that no network and no linter is needed to keep it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from protocol.version import API_VERSION, API_VERSION_HEADER, PROBLEM_TYPE
from server.app import create_app
from server.config import ServerConfig
from server.openapi import describe

ORIGIN = "https://opmaat.example.nl"
METHODS = {"get", "put", "post", "delete", "patch"}


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what a server at `ORIGIN` publishes, every reference to an answer replaced by the answer."""
    return _described(tmp_path_factory.mktemp("described"), ORIGIN)


def test_the_published_interface_names_every_message_and_problem(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    for name in re.findall(r"#/components/schemas/(\w+)", json.dumps(description)):
        assert schemas[name].get("type") == "object" or schemas[name]["enum"]
        assert schemas[name]["description"]


def test_doc_openapi_doc_openapi_contact_and_semver(description: dict[str, Any]) -> None:
    assert re.fullmatch(r"3(\.\d+){1,2}", description["openapi"])
    assert all(description["info"]["contact"][field] for field in ("name", "email", "url"))
    assert re.fullmatch(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", description["info"]["version"])
    assert description["info"]["version"] == API_VERSION


@pytest.mark.parametrize(
    ("origin", "server"), [(ORIGIN, f"{ORIGIN}/v1"), (f"{ORIGIN}/", f"{ORIGIN}/v1"), (None, "/v1")]
)
def test_uri_version_stands_in_the_address_of_the_server(tmp_path: Path, origin: str | None, server: str) -> None:
    assert _described(tmp_path, origin)["servers"] == [{"url": server}]


def test_no_trailing_slash_and_path_segments_kebab_case(description: dict[str, Any]) -> None:
    assert description["paths"]
    assert all(re.fullmatch(r"(/[a-z0-9-]+|/\{[a-z]+\})+", path) for path in description["paths"])


def test_query_keys_camel_case_and_path_params_are_declared(description: dict[str, Any]) -> None:
    for path, operation in _operations(description):
        named = operation.get("parameters", [])
        queries = [each["name"] for each in named if each["in"] == "query"]
        assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", name) for name in queries)
        assert {each["name"] for each in named if each["in"] == "path"} == set(re.findall(r"\{(\w+)\}", path))


def test_http_methods_and_unique_operations(description: dict[str, Any]) -> None:
    operations = [operation for _, operation in _operations(description)]

    assert all(set(methods) <= METHODS for methods in description["paths"].values())
    assert len({operation["operationId"] for operation in operations}) == len(operations)


def test_version_header_is_in_every_answer(description: dict[str, Any]) -> None:
    for _, operation in _operations(description):
        assert all(API_VERSION_HEADER in answer["headers"] for answer in operation["responses"].values())


def test_problem_details_are_what_every_refusal_is(description: dict[str, Any]) -> None:
    for _, operation in _operations(description):
        refusals = {status: answer for status, answer in operation["responses"].items() if status[0] in "45"}
        assert {"500", "503"} <= set(refusals)
        for answer in refusals.values():
            (reference,) = (content["schema"]["$ref"] for content in [answer["content"][PROBLEM_TYPE]])
            schema = description["components"]["schemas"][reference.rsplit("/", 1)[1]]
            assert {"status", "title", "detail"} <= set(schema["properties"])


def test_invalid_input_can_be_answered_with_400(description: dict[str, Any]) -> None:
    for _, operation in _operations(description):
        if operation.get("parameters") or "requestBody" in operation:
            assert "400" in operation["responses"]


def test_schemas_have_names_and_moments_of_the_right_form(description: dict[str, Any]) -> None:
    for name, schema in description["components"]["schemas"].items():
        assert re.fullmatch(r"([A-Z][a-z0-9]*)+", name)
        for field, what in schema.get("properties", {}).items():
            assert re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", field)
            assert what.get("format") not in {"time", "date-time-local"}
            assert not re.search(r"(\w+D|_[dD])(ate|atum)", field) or what["format"] == "date"


def _operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description["paths"].items():
        for operation in methods.values():
            yield path, operation


def _described(folder: Path, origin: str | None) -> dict[str, Any]:
    app = create_app(ServerConfig(str(folder / "server.db"), origin))
    described = describe(app, origin)
    app.state.services.store.close()
    answers = described["components"]["responses"]
    for _, operation in _operations(described):
        for status, answer in operation["responses"].items():
            if "$ref" in answer:
                operation["responses"][status] = answers[answer["$ref"].rsplit("/", 1)[1]]
    return described
