"""The published description of the interface (OpenAPI 3.1), made from the messages of the wire themselves.

It follows the Dutch API design rules (NLgov REST API Design Rules 2.2): `make api-rules` runs their linter over it.
"""

from itertools import groupby
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from protocol.messages.message import Message
from protocol.problems import PROBLEMS, Problem
from protocol.schemas import message_schemas, schema_reference
from protocol.signatures import COVERED
from protocol.version import API_VERSION, API_VERSION_HEADER, MEDIA_TYPE, PROBLEM_TYPE, PROTOCOL_HEADER

BASE_PATH = f"/v{API_VERSION.split('.')[0]}"
"""Before every path of the interface: its major version."""

_DESCRIPTION = (
    "Laptops and the municipal server exchange sealed bytes here. Nothing in a path, a query or a message can be read "
    "as personal data: identifiers are random or derived from keys, contents are encrypted end to end. "
    f"Requests are signed after RFC 9421 (Ed25519) over {', '.join(COVERED)}."
)


def described(
    summary: str, asked: type[Message] | str | None, answered: type[Message] | str | None, status: int = 200
) -> dict[str, Any]:
    """Return the keyword arguments that describe a signed operation to FastAPI.

    A text is the type of a binary body (docs/formats/wire.md), None stands for no or a signed one.
    """
    extra: dict[str, Any] = {
        "parameters": [
            {"name": PROTOCOL_HEADER, "in": "header", "required": True, "schema": {"type": "integer"}},
            {"name": "Signature-Input", "in": "header", "required": True, "schema": {"type": "string"}},
            {"name": "Signature", "in": "header", "required": True, "schema": {"type": "string"}},
        ]
    }
    if asked is not None:
        extra["requestBody"] = {"required": True, "content": _content(asked)}
    answer: dict[str, Any] = {"description": "Done", "content": _content(answered)}
    return {"summary": summary, "status_code": status, "openapi_extra": extra, "responses": {status: answer}}


def describe(app: FastAPI, origin: str | None = None) -> dict[str, Any]:
    """Return the whole description of `app`, which laptops find at `origin`, or where they find the description."""
    document = get_openapi(
        title="Opmaat municipal server",
        version=API_VERSION,
        description=_DESCRIPTION,
        routes=app.routes,
        contact={"name": "Opmaat maintainers", "url": "https://opmaat.example.nl"},
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )
    document["info"]["contact"]["email"] = "opmaat@example.nl"  # FastAPI would want another library for it
    document["servers"] = [{"url": f"{(origin or '').rstrip('/')}{BASE_PATH}"}]
    document["paths"] = {path.removeprefix(BASE_PATH): operations for path, operations in document["paths"].items()}
    document["components"] = {"schemas": message_schemas(), "responses": _refusals()}
    for path in document["paths"].values():
        for operation in path.values():
            _finish(operation, document["components"]["responses"])
    return document


def _finish(operation: dict[str, Any], refusals: dict[str, Any]) -> None:
    operation["responses"].pop("422", None)  # a broken request is 400 sync.message_broken here
    for answer in operation["responses"].values():
        answer["headers"] = _HEADERS
    signed = "service" not in operation.get("tags", ())
    for status in refusals if signed else _FAILURES:
        operation["responses"][status] = {"$ref": f"#/components/responses/{status}"}


def _refusals() -> dict[str, Any]:
    """Return, by status, how every problem is answered."""
    by_status = sorted((str(kind.status), code) for code, kind in PROBLEMS.items())
    return {
        status: {
            "description": "Refused: " + ", ".join(code for _, code in found),
            "content": {PROBLEM_TYPE: {"schema": schema_reference(Problem)}},
            "headers": _HEADERS,
        }
        for status, found in groupby(by_status, lambda each: each[0])
    }


_FAILURES = ("500", "503")
"""How the server answers about itself when it cannot."""

_HEADERS = {API_VERSION_HEADER: {"description": "Version of this interface", "schema": {"type": "string"}}}


def _content(kind: type[Message] | str | None) -> dict[str, Any]:
    if isinstance(kind, str):
        return {kind: {}}  # OpenAPI 3.1: without a schema the content is binary
    return {MEDIA_TYPE: {"schema": {"type": "object"} if kind is None else schema_reference(kind)}}
