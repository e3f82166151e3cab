"""The published description, tried by Schemathesis against a real server with requests that a real device signs.

Whatever a device that is enrolled sends, the server answers as it published, and never with a failure.
"""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from protocol.canonical import canonical_bytes
from protocol.messages.pieces import Piece, PieceSet, piece_set_bytes
from protocol.messages.rows import Batch, Row, Segment, batch_bytes, signed_bytes
from protocol.version import MEDIA_TYPE, PIECES_TYPE, ROWS_TYPE
from tests.fuzz.mutation import damaged
from tests.sync.machines import Laptop
from tests.sync.raw import Habits, send, signed

OPERATIONS = (
    ("GET", "/health"),
    ("GET", "/ready"),
    ("POST", "/devices"),
    ("GET", "/devices/{device}"),
    ("GET", "/devices/{device}/revocation"),
    ("POST", "/wrapping-key"),
    ("GET", "/renewal"),
    ("GET", "/organisations/{organisation}/directory"),
    ("GET", "/organisations/{organisation}/contents/{digest}"),
    ("POST", "/rows"),
    ("POST", "/pieces"),
    ("GET", "/dossiers/{dossier}/contents/{blob}/pieces"),
    ("POST", "/wraps"),
    ("POST", "/membership"),
    ("POST", "/erasures"),
    ("GET", "/feed"),
)
_OURS = frozenset({"signature", "signature-input", "content-digest", "content-length", "date", "content-type"})
"""Headers that the signing writes; the rest of a case goes as it was made."""


@pytest.mark.long
def test_every_operation_is_tried(anna: Laptop) -> None:
    schema = _schema(anna)

    found = {(each.method.upper(), each.path) for each in (result.ok() for result in schema.get_all_operations())}
    assert found == set(OPERATIONS)


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_a_device_signs_is_answered_as_published(anna: Laptop, method: str, path: str) -> None:
    operation = _schema(anna)[path][method]
    content = _octets(anna).get(path, st.none())

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), octets=content)
    def tried(case: Any, octets: bytes | None) -> None:  # noqa: ANN401  # of a library that is there for long tests only
        answer = _answer(anna, case, octets)
        assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR
        case.validate_response(answer, checks=_checks())

    tried()


def _schema(laptop: Laptop) -> Any:  # noqa: ANN401  # see above
    import schemathesis

    schemathesis.serializer(ROWS_TYPE, PIECES_TYPE)(_replaced)
    return schemathesis.openapi.from_url(f"{laptop.address}/v1/openapi.json")


def _replaced(_context: object, value: object) -> bytes:
    """Return anything: a binary body is another one in the request that is signed."""
    return repr(value).encode()


def _checks() -> list[Callable[..., Any]]:
    from schemathesis.specs.openapi import checks

    return [
        checks.status_code_conformance,
        checks.content_type_conformance,
        checks.response_headers_conformance,
        checks.response_schema_conformance,
    ]


def _answer(laptop: Laptop, case: Any, octets: bytes | None) -> httpx.Response:  # noqa: ANN401  # see above
    """Return the server's answer to a case, its body in the one byte form that there is, signed by the laptop."""
    asked = case.as_transport_kwargs(base_url=f"{laptop.address}/v1")
    url = httpx.URL(asked["url"], params=asked.get("params") or None)
    body = octets if octets is not None else _written(case.body)
    kind = case.media_type or MEDIA_TYPE
    request = signed(laptop.vault.device, case.method.upper(), str(url), body, Habits(media_type=kind))
    for name, value in (asked.get("headers") or {}).items():
        if name.lower() not in _OURS and _is_header(value):
            request.headers[name] = str(value)
    return send(request)


def _written(body: object) -> bytes:
    try:
        return b"" if type(body).__name__ == "NotSet" else canonical_bytes(body)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return repr(body).encode()


def _is_header(value: object) -> bool:
    return str(value).isascii() and str(value).isprintable()


def _octets(laptop: Laptop) -> dict[str, st.SearchStrategy[bytes]]:
    """Return, for the binary bodies, whole ones that the laptop signed, and damaged ones."""
    device, case = laptop.vault.device, laptop.journal.dossiers()[0]
    row = Row("core", 1, bytes(32), b"sealed")
    segment = Segment.of(case, device.id, 1, (row, row))
    whole = batch_bytes(Batch((Segment.of(case, device.id, 1, (row, row), device.sign(signed_bytes(segment))),)))
    pieces = piece_set_bytes(PieceSet(case, "b" * 32, (Piece(1, b"sealed"), Piece(2, b"sealed"))))
    return {"/rows": _about(whole), "/pieces": _about(pieces)}


def _about(whole: bytes) -> st.SearchStrategy[bytes]:
    return st.one_of(st.just(whole), st.binary(max_size=200), st.randoms().map(lambda source: damaged([whole], source)))
