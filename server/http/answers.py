"""Answers: messages of the wire and problems, in their one byte form."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.responses import Response

from protocol.messages.message import Message, to_bytes
from protocol.problems import problem_of
from protocol.version import MEDIA_TYPE, PROBLEM_TYPE

_UNAVAILABLE = 503
_LATER_SECONDS = "5"
_NOTHING: Mapping[str, str] = MappingProxyType({})


def message(content: Message, status: int = 200) -> Response:
    """Return the answer that carries a message of the wire."""
    return Response(to_bytes(content), status, media_type=MEDIA_TYPE)


def octets(content: bytes, media_type: str) -> Response:
    """Return the answer that carries a binary message."""
    return Response(content, media_type=media_type)


def document(content: bytes) -> Response:
    """Return the answer that carries a signed document as it was stored."""
    return Response(content, media_type=MEDIA_TYPE)


def problem(code: str, details: Mapping[str, str] = _NOTHING) -> Response:
    """Return the answer that refuses with `code`; one that says "later" says when (RFC 9110, section 10.2.3)."""
    content = problem_of(code, details)
    later = {"Retry-After": _LATER_SECONDS} if content.status == _UNAVAILABLE else None
    return Response(to_bytes(content), content.status, later, media_type=PROBLEM_TYPE)
