"""One signed request over HTTP and its answer, bounded in time and size. HTTP lives here and nowhere else."""

import secrets
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from types import MappingProxyType
from urllib.request import getproxies, proxy_bypass

import httpx
from http_message_signatures import HTTPMessageSignaturesException, HTTPMessageSigner
from http_message_signatures.algorithms import ED25519

from desktop.sync.message_body import MessageBody
from desktop.sync.proxies import Proxy, proxy_for
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.message import from_bytes
from protocol.problems import PROBLEMS, Problem
from protocol.signatures import COVERED, SIGNATURE_TAG
from protocol.times import Clock, read_moment
from protocol.version import MEDIA_TYPE, PAGE_TYPE, PIECES_TYPE, PROBLEM_TYPE, PROTOCOL, PROTOCOL_HEADER

TIMEOUT = httpx.Timeout(connect=5, read=30, write=30, pool=5)
"""Seconds. A slow link is normal here; a dead one shows within five seconds."""

_PATIENCE_SECONDS = 60
_SLOWEST_BYTES = 1024
"""An answer may take this long, and a second more for so many bytes: one that only drips holds up no round."""

_ACCEPTED = f"{MEDIA_TYPE}, {PAGE_TYPE}, {PIECES_TYPE}, {PROBLEM_TYPE}"
_NONCE_BYTES = 18
_SERVER_ERROR = 500
_NOT_OURS: Mapping[int, str] = MappingProxyType({407: "sync.proxy_sign_in", 413: "sync.too_large"})
"""What a proxy on the way says by its status alone."""

_STATUS_DIGITS = 3


class Transport:
    """Sends single requests to one server, signed as one device; `Connection` decides what is tried again.

    An office's proxy is used as the system says, but never to this machine (`direct`). Proxies and certificates are
    those of the system at the moment this is made; it raises what `proxy_for` raises. Nothing else is taken from the
    environment: no file of passwords, and no file to write the keys of TLS to. `clock_ahead` is how far the clock of
    this laptop was ahead of the server's at the answer to the newest request, None where there was none that says so.
    """

    def __init__(self, server: str, device: DeviceIdentity, clock: Clock, *, direct: bool) -> None:
        self.clock_ahead: timedelta | None = None
        self._server = server
        self._device = device
        self._clock = clock
        self._signer = HTTPMessageSigner(signature_algorithm=ED25519)
        proxy = None if direct else proxy_for(server, getproxies(), proxy_bypass)
        way = _way(proxy, _tls_context(), clock)
        self._http = httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False, transport=way)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._http.close()

    def ask(self, method: str, path: str, query: Mapping[str, str], body: MessageBody) -> bytes:
        """Return the body of a successful answer; raises what `Connection` names."""
        self.clock_ahead = None
        try:
            request = self._signed(method, path, query, body)
        except (httpx.InvalidURL, HTTPMessageSignaturesException) as error:
            raise EnvironmentProblem("sync.no_server") from error
        try:
            answer = self._http.send(request, stream=True)
            try:
                content = self._read(answer)
            finally:
                answer.close()
        except httpx.TransportError as error:
            raise EnvironmentProblem(_code_of(error)) from error
        if PROTOCOL_HEADER not in answer.headers:
            raise EnvironmentProblem(_NOT_OURS.get(answer.status_code, "sync.not_opmaat"))
        self.clock_ahead = _ahead(self._clock.now(), answer)
        if answer.is_success:
            return content
        raise _refusal(answer, content)

    def _read(self, answer: httpx.Response) -> bytes:
        begun, content = self._clock.steady(), bytearray()
        for piece in answer.iter_raw():
            content += piece
            if len(content) > MOST_ANSWER_BYTES:
                raise EnvironmentProblem("sync.answer_broken")
            if self._clock.steady() - begun > _PATIENCE_SECONDS + len(content) / _SLOWEST_BYTES:
                raise EnvironmentProblem("sync.unreachable")
        return bytes(content)

    def _signed(self, method: str, path: str, query: Mapping[str, str], body: MessageBody) -> httpx.Request:
        now = self._clock.now()
        headers = {
            "Accept-Encoding": "identity",
            "Accept": _ACCEPTED,
            "Date": format_datetime(now, usegmt=True),
            PROTOCOL_HEADER: str(PROTOCOL),
        }
        if body.content:
            headers["Content-Type"] = body.media_type
        url = self._server + path
        request = self._http.build_request(method, url, params=query or None, content=body.content, headers=headers)
        prepared = self._signer.prepare(
            request,
            key_id=self._device.id,
            created=now,
            nonce=secrets.token_urlsafe(_NONCE_BYTES),
            tag=SIGNATURE_TAG,
            covered_component_ids=COVERED,
            body=body.content,
        )
        self._signer.apply(request, prepared, self._device.sign(prepared.signature_base))
        return request


def _ahead(now: datetime, answer: httpx.Response) -> timedelta | None:
    """Return how far `now` is ahead of the date of `answer` (RFC 9110, section 6.6.1); None where that is no date."""
    try:
        date = read_moment(parsedate_to_datetime(answer.headers.get("Date", "")).isoformat())
    except ValueError:
        return None
    return None if date is None else now - date


def _refusal(answer: httpx.Response, content: bytes) -> OpmaatError:
    if answer.status_code >= _SERVER_ERROR:
        return EnvironmentProblem("sync.server_failed")
    try:
        problem = from_bytes(Problem, content)
    except UserError:
        return EnvironmentProblem("sync.answer_broken")
    known = PROBLEMS.get(problem.code)
    kind = UserError if known is not None and known.mendable else EnvironmentProblem
    return kind(problem.code, problem.details)


def _tls_context() -> ssl.SSLContext:
    """Return TLS that believes whom the system believes, a certificate authority of the office among them.

    `ssl.create_default_context` would write the keys of each connection to the file that SSLKEYLOGFILE names. From
    Python 3.13 on it also refuses authorities that do not keep every rule of RFC 5280, as those of many offices.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.load_default_certs()
    return context


def _way(proxy: Proxy | None, context: ssl.SSLContext, clock: Clock) -> httpx.HTTPTransport:
    if proxy is None:
        return httpx.HTTPTransport(verify=context, trust_env=False)
    if proxy.is_socks:
        from desktop.sync.socks import SocksTransport

        return SocksTransport(proxy, context, clock.steady)
    auth = (proxy.user, proxy.password) if proxy.user or proxy.password else None
    try:
        url = httpx.URL(scheme=proxy.kind, host=proxy.host, port=proxy.port)
    except httpx.InvalidURL:
        raise EnvironmentProblem("sync.proxy_unreadable") from None
    via = httpx.Proxy(url, ssl_context=context if proxy.kind == "https" else None, auth=auth)
    return httpx.HTTPTransport(verify=context, trust_env=False, proxy=via)


def _code_of(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ProxyError):
        return _proxy_code(str(error)[:_STATUS_DIGITS])
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "sync.certificate_refused"
        cause = cause.__cause__ or cause.__context__
    return "sync.unreachable"


def _proxy_code(status: str) -> str:
    """Return what it means that a proxy did not go on, by the status of its answer."""
    if status == "407":
        return "sync.proxy_sign_in"
    return "sync.unreachable" if status.startswith("5") else "sync.proxy_refused"
