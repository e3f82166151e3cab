"""Answers: messages of the wire and problems, in their one byte form."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import Response

from desktop.sync.wire import to_bytes
from desktop.sync.wire.version import MEDIA_TYPE, PROBLEM_TYPE
from server.problems import problem_body

_NOTHING: Mapping[str, str] = MappingProxyType({})


def message(content: object, status: int = 200) -> Response:
    """Return the answer that carries a message of the wire."""
    return Response(to_bytes(content), status, media_type=MEDIA_TYPE)


def document(content: bytes) -> Response:
    """Return the answer that carries a signed document as it was stored."""
    return Response(content, media_type=MEDIA_TYPE)


def problem(code: str, details: Mapping[str, str] = _NOTHING) -> Response:
    """Return the answer that refuses with `code`."""
    status, body = problem_body(code, details)
    return Response(body, status, media_type=PROBLEM_TYPE)
