"""Requests that the client of Opmaat would never send, signed or not."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

import httpx
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519

from desktop.vault.crypto.identity import DeviceIdentity
from protocol.messages.message import from_bytes
from protocol.problems import Problem
from protocol.signatures import COVERED, SIGNATURE_TAG
from protocol.version import PIECES_TYPE, PROTOCOL, PROTOCOL_HEADER, ROWS_TYPE
from tests.sync.machines import CLOCK


@dataclass(frozen=True, slots=True)
class Habits:
    """How a request is signed; the defaults are what the server wants."""

    covered: Sequence[str] = COVERED
    tag: str = SIGNATURE_TAG
    created: datetime | None = None
    nonce: str | None = field(default_factory=lambda: secrets.token_urlsafe(18))
    protocol: str = str(PROTOCOL)
    media_type: str | None = None


def signed(
    device: DeviceIdentity, method: str, url: str, body: bytes = b"", habits: Habits | None = None
) -> httpx.Request:
    """Return a request signed by `device`."""
    how = habits or Habits()
    created = how.created or CLOCK.now()
    headers = {"Date": format_datetime(created, usegmt=True), PROTOCOL_HEADER: how.protocol}
    kinds = {"/v1/rows": ROWS_TYPE, "/v1/pieces": PIECES_TYPE}
    kind = how.media_type or kinds.get(httpx.URL(url).path)
    headers |= {"Content-Type": kind} if body and kind else {}
    request = httpx.Request(method, url, content=body, headers=headers)
    signer = HTTPMessageSigner(signature_algorithm=ED25519)
    prepared = signer.prepare(
        request,
        key_id=device.id,
        created=created,
        nonce=how.nonce,
        tag=how.tag,
        covered_component_ids=how.covered,
        body=body if "content-digest" in how.covered else None,
    )
    signer.apply(request, prepared, device.sign(prepared.signature_base))
    return request


def send(request: httpx.Request) -> httpx.Response:
    """Return the server's answer."""
    with httpx.Client(trust_env=False, timeout=120) as client:  # a busy machine is no failure
        return client.send(request)


def refused(answer: httpx.Response) -> Problem:
    """Return the problem in an answer, after checking that it is one as RFC 9457 and our form want it."""
    assert answer.headers["content-type"] == "application/problem+json"
    problem = from_bytes(Problem, answer.content)
    assert problem.status == answer.status_code
    return problem


def plain(method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> httpx.Response:
    """Return the answer to a request that nobody signed."""
    return send(httpx.Request(method, url, content=body, headers=dict(headers or {})))
