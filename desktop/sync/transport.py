"""One signed request over HTTP and its answer, bounded in time and size. HTTP lives here and nowhere else."""

import secrets
import ssl
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from types import MappingProxyType
from typing import Any
from urllib.request import getproxies, proxy_bypass

import httpcore
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
"""A request and its answer may take this long, and a second more for so many bytes: what drips holds up no round."""

_WRITTEN_AT_ONCE = 16 * 1024
_IDLE_SECONDS = 5
"""As httpx itself: a connection that waits longer for its next request is closed."""

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
        self._patience = _Patience(clock.steady)
        proxy = None if direct else proxy_for(server, getproxies(), proxy_bypass)
        way = _Way(proxy, _tls_context(), self._patience)
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
        self._patience.begin()
        try:
            answer = self._http.send(request, stream=True)
            try:
                content = _read(answer)
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


class _Patience:
    """How long the present request may still take, whatever it waits for.

    `steady` gives seconds that only ever pass.
    """

    def __init__(self, steady: Callable[[], float]) -> None:
        self.steady = steady
        self._ends = 0.0

    def begin(self) -> None:
        """Begin with a new request."""
        self._ends = self.steady() + _PATIENCE_SECONDS

    def note(self, octets: int) -> None:
        """Wait longer for what is not slower than the slowest line."""
        self._ends += octets / _SLOWEST_BYTES

    def left(self, timeout: float | None) -> float:
        """Return how long to wait for one thing, at most `timeout`. Raises ReadTimeout when nothing is left."""
        left = self._ends - self.steady()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left if timeout is None else min(left, timeout)


class _PatientStream(httpcore.NetworkStream):
    """A connection of which no step outlasts the patience: TLS, a proxy, headers and bodies, in both directions."""

    def __init__(self, stream: httpcore.NetworkStream, patience: _Patience) -> None:
        self._stream = stream
        self._patience = patience

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what came."""
        piece = self._stream.read(max_bytes, self._patience.left(timeout))
        self._patience.note(len(piece))
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of `buffer`."""
        for start in range(0, len(buffer), _WRITTEN_AT_ONCE):
            piece = buffer[start : start + _WRITTEN_AT_ONCE]
            self._stream.write(piece, self._patience.left(timeout))
            self._patience.note(len(piece))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Return the connection, private from now on."""
        private = self._stream.start_tls(ssl_context, server_hostname, self._patience.left(timeout))
        return _PatientStream(private, self._patience)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        """Return what is known of the connection."""
        return self._stream.get_extra_info(info)


class _PatientBackend(httpcore.NetworkBackend):
    """Connects as `backend` does."""

    def __init__(self, backend: httpcore.NetworkBackend, patience: _Patience) -> None:
        self._backend = backend
        self._patience = patience

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to `host`."""
        left = self._patience.left(timeout)
        return _PatientStream(
            self._backend.connect_tcp(host, port, left, local_address, socket_options), self._patience
        )


class _Way(httpx.HTTPTransport):
    """The transport of httpx, over connections that run out of patience, straight or through `proxy`."""

    def __init__(self, proxy: Proxy | None, context: ssl.SSLContext, patience: _Patience) -> None:
        super().__init__(verify=context, trust_env=False)
        backend: httpcore.NetworkBackend = httpcore.SyncBackend()
        if proxy is not None and proxy.is_socks:
            from desktop.sync.socks import SocksBackend

            backend = SocksBackend(proxy, patience.steady)
        patient = _PatientBackend(backend, patience)
        if proxy is None or proxy.is_socks:
            self._pool = httpcore.ConnectionPool(context, keepalive_expiry=_IDLE_SECONDS, network_backend=patient)
        else:
            self._pool = _through(proxy, context, patient)


def _through(proxy: Proxy, context: ssl.SSLContext, backend: httpcore.NetworkBackend) -> httpcore.HTTPProxy:
    auth = (proxy.user, proxy.password) if proxy.user or proxy.password else None
    try:
        via = httpx.Proxy(httpx.URL(scheme=proxy.kind, host=proxy.host, port=proxy.port), auth=auth)
    except httpx.InvalidURL:
        raise EnvironmentProblem("sync.proxy_unreadable") from None
    return httpcore.HTTPProxy(
        httpcore.URL(scheme=via.url.raw_scheme, host=via.url.raw_host, port=via.url.port, target=b"/"),
        proxy_auth=via.raw_auth,
        ssl_context=context,
        proxy_ssl_context=context if proxy.kind == "https" else None,
        keepalive_expiry=_IDLE_SECONDS,
        network_backend=backend,
    )


def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    for piece in answer.iter_raw():
        content += piece
        if len(content) > MOST_ANSWER_BYTES:
            raise EnvironmentProblem("sync.answer_broken")
    return bytes(content)


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
