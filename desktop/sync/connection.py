"""Requests to the municipal server: signed, bounded in time and size, and every failure with a code.

HTTP lives here and nowhere else. Nothing in this module knows what is sent.
"""

import ipaddress
import secrets
import ssl
import time
from collections.abc import Callable, Mapping
from email.utils import format_datetime
from types import MappingProxyType

import httpx
from http_message_signatures import HTTPMessageSigner
from http_message_signatures.algorithms import ED25519

from desktop.kernel.clock import Clock
from desktop.kernel.errors import EnvironmentProblem, OpmaatError, UserError
from desktop.sync.wire import Problem, from_bytes
from desktop.sync.wire.version import (
    COVERED,
    MEDIA_TYPE,
    MOST_ANSWER_BYTES,
    PROBLEM_TYPE,
    PROTOCOL,
    PROTOCOL_HEADER,
    SIGNATURE_TAG,
)
from desktop.vault.identity import DeviceIdentity

TIMEOUT = httpx.Timeout(connect=5, read=30, write=30, pool=5)
"""Seconds. A slow link is normal here; a dead one shows within five seconds."""

PAUSES = (0.3, 1.5)
"""Seconds before the second and the third attempt."""

_NONCE_BYTES = 18
_NOTHING: Mapping[str, str] = MappingProxyType({})
_SERVER_ERROR = 500
_MENDABLE = frozenset(
    {
        "enrol.invitation_expired",
        "enrol.invitation_used",
        "offer.already_open",
        "offer.wrong_step",
        "sync.clock_differs",
        "sync.server_newer",
    }
)
"""What a person at the table can mend; every other refusal is the world's."""


class Connection:
    """Talks to one server as one device. May be used from one thread at a time, and from any.

    Every request is idempotent on the server, so a request whose answer did not come is sent again, at most three times
    in all, with a fresh nonce and signature: a connection that breaks costs a repetition and never a row. What the
    server refuses is not repeated. Failures raise, and change nothing on this laptop:

    - EnvironmentProblem `sync.unreachable`: no answer, also none in time; `sync.server_failed`: an answer above 499;
    - EnvironmentProblem `sync.certificate_refused`: somebody else's certificate, or one that has expired;
    - EnvironmentProblem `sync.not_opmaat`: something else answered, such as the sign-in page of a wifi network;
    - EnvironmentProblem `sync.answer_broken`: the server answered what no version of it should;
    - EnvironmentProblem `sync.no_server`: there is no address; `sync.not_private`: one elsewhere without TLS;
    - UserError or EnvironmentProblem with the server's own code otherwise.
    """

    def __init__(
        self,
        server: str,
        device: DeviceIdentity,
        clock: Clock,
        *,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = server.rstrip("/")
        self._device = device
        self._clock = clock
        self._pause = pause
        self._signer = HTTPMessageSigner(signature_algorithm=ED25519)
        self._http = httpx.Client(
            timeout=TIMEOUT,
            follow_redirects=False,
            trust_env=not _is_this_machine(_host_of(server)),  # a proxy of the office, but never to this machine
            verify=ssl.create_default_context(),
        )

    def close(self) -> None:
        """Close the connection; the object is of no use afterwards."""
        self._http.close()

    def get(self, path: str, query: Mapping[str, str] = _NOTHING) -> bytes:
        """Return the body of the answer to GET `path`."""
        return self._ask("GET", path, query, b"")

    def post(self, path: str, body: bytes) -> bytes:
        """Return the body of the answer to POST `path` with `body`."""
        return self._ask("POST", path, _NOTHING, body)

    def _ask(self, method: str, path: str, query: Mapping[str, str], body: bytes) -> bytes:
        _require_private(self._server)
        failure: OpmaatError = EnvironmentProblem("sync.unreachable")
        for seconds in (None, *PAUSES):
            if seconds is not None:
                self._pause(seconds)
            try:
                return self._once(self._signed(method, path, query, body))
            except EnvironmentProblem as error:
                if error.code not in {"sync.unreachable", "sync.server_failed"}:
                    raise
                failure = error
        raise failure

    def _signed(self, method: str, path: str, query: Mapping[str, str], body: bytes) -> httpx.Request:
        now = self._clock.now()
        headers = {
            "Accept-Encoding": "identity",
            "Accept": f"{MEDIA_TYPE}, {PROBLEM_TYPE}",
            "Date": format_datetime(now, usegmt=True),
            PROTOCOL_HEADER: str(PROTOCOL),
        }
        if body:
            headers["Content-Type"] = MEDIA_TYPE
        request = self._http.build_request(
            method, self._server + path, params=query or None, content=body, headers=headers
        )
        prepared = self._signer.prepare(
            request,
            key_id=self._device.id,
            created=now,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            tag=SIGNATURE_TAG,
            covered_component_ids=COVERED,
            body=body,
        )
        self._signer.apply(request, prepared, self._device.sign(prepared.signature_base))
        return request

    def _once(self, request: httpx.Request) -> bytes:
        try:
            answer = self._http.send(request, stream=True)
            try:
                content = _read(answer)
            finally:
                answer.close()
        except httpx.TransportError as error:
            raise EnvironmentProblem(_code_of(error)) from error
        if PROTOCOL_HEADER not in answer.headers:
            raise EnvironmentProblem("sync.not_opmaat")
        if answer.is_success:
            return content
        raise _refusal(answer, content)


def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    for piece in answer.iter_raw():
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise EnvironmentProblem("sync.answer_broken")
    return bytes(content)


def _refusal(answer: httpx.Response, content: bytes) -> OpmaatError:
    if answer.status_code >= _SERVER_ERROR:
        return EnvironmentProblem("sync.server_failed")
    try:
        problem = from_bytes(Problem, content)
    except UserError:
        return EnvironmentProblem("sync.answer_broken")
    kind = UserError if problem.code in _MENDABLE else EnvironmentProblem
    return kind(problem.code, problem.details)


def _code_of(error: httpx.TransportError) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "sync.certificate_refused"
        cause = cause.__cause__ or cause.__context__
    return "sync.unreachable"


def _require_private(server: str) -> None:
    host = _host_of(server)
    if not host:
        raise EnvironmentProblem("sync.no_server")
    if not server.startswith("https://") and not (server.startswith("http://") and _is_this_machine(host)):
        raise EnvironmentProblem("sync.not_private")


def _host_of(server: str) -> str:
    try:
        return httpx.URL(server).host
    except httpx.InvalidURL:
        return ""


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
