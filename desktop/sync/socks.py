"""The way through a SOCKS 5 proxy (RFC 1928, 1929), bounded in time, whatever it is that answers.

socksio makes and reads the bytes. The handshake is here, because that of httpcore waits without end for a proxy that
says nothing, takes an answer that comes in two pieces for a broken one, and fails as a bug does on any other answer.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

import httpcore
from socksio.exceptions import ProtocolError
from socksio.socks5 import (
    SOCKS5AType,
    SOCKS5AuthMethod,
    SOCKS5AuthMethodsRequest,
    SOCKS5AuthReply,
    SOCKS5Command,
    SOCKS5CommandRequest,
    SOCKS5Reply,
    SOCKS5ReplyCode,
    SOCKS5UsernamePasswordReply,
    SOCKS5UsernamePasswordRequest,
)

from desktop.sync.proxies import Proxy
from protocol.errors import EnvironmentProblem

_PATIENCE_SECONDS = 10
"""For the whole handshake: the proxy may have to connect over a slow link itself."""

_VERSION = 5
_HEAD_BYTES = 4
_PORT_BYTES = 2
_ADDRESS_BYTES: Mapping[bytes, int] = MappingProxyType({b"\x01": 4, b"\x04": 16})
"""How long an address of each type is: IPv4, IPv6."""

_REFUSALS = frozenset(
    {
        SOCKS5ReplyCode.CONNECTION_NOT_ALLOWED_BY_RULESET,
        SOCKS5ReplyCode.COMMAND_NOT_SUPPORTED,
        SOCKS5ReplyCode.ADDRESS_TYPE_NOT_SUPPORTED,
    }
)
"""What another attempt does not change; the other failures are about the way behind the proxy."""


class SocksBackend(httpcore.NetworkBackend):
    """Connects through `proxy`.

    `steady` gives seconds that only ever pass. Raises EnvironmentProblem `sync.proxy_sign_in`, `sync.proxy_refused`, or
    `sync.unreachable` where the proxy does not get further; `sync.proxy_unsupported` where what answers speaks no
    SOCKS 5.
    """

    def __init__(self, proxy: Proxy, steady: Callable[[], float]) -> None:
        self._proxy = proxy
        self._steady = steady
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a stream to `host`, whose name the proxy looks up."""
        stream = self._sockets.connect_tcp(self._proxy.host, self._proxy.port, timeout, local_address, socket_options)
        try:
            _Handshake(stream, self._proxy, self._steady).ask_for(host, port)
        except ProtocolError:
            stream.close()
            raise EnvironmentProblem("sync.proxy_unsupported") from None
        except BaseException:
            stream.close()
            raise
        return stream


class _Handshake:
    """What is said to a proxy before it goes on. Raises ProtocolError for an answer that is not SOCKS 5."""

    def __init__(self, stream: httpcore.NetworkStream, proxy: Proxy, steady: Callable[[], float]) -> None:
        self._stream = stream
        self._proxy = proxy
        self._steady = steady
        self._ends = steady() + _PATIENCE_SECONDS

    def ask_for(self, host: str, port: int) -> None:
        """Sign in where that is wanted, and have the proxy connect to `host`."""
        methods = [SOCKS5AuthMethod.NO_AUTH_REQUIRED]
        if self._proxy.user:
            methods.append(SOCKS5AuthMethod.USERNAME_PASSWORD)
        self._send(SOCKS5AuthMethodsRequest(methods).dumps())
        method = SOCKS5AuthReply.loads(_versioned(self._receive(2))).method
        if method not in methods:
            raise EnvironmentProblem("sync.proxy_sign_in")
        if method == SOCKS5AuthMethod.USERNAME_PASSWORD:
            self._sign_in()
        self._send(SOCKS5CommandRequest.from_address(SOCKS5Command.CONNECT, (host, port)).dumps())
        code = SOCKS5Reply.loads(self._whole_reply()).reply_code
        if code != SOCKS5ReplyCode.SUCCEEDED:
            raise EnvironmentProblem("sync.proxy_refused" if code in _REFUSALS else "sync.unreachable")

    def _sign_in(self) -> None:
        self._send(SOCKS5UsernamePasswordRequest(self._proxy.user.encode(), self._proxy.password.encode()).dumps())
        if not SOCKS5UsernamePasswordReply.loads(self._receive(2)).success:
            raise EnvironmentProblem("sync.proxy_sign_in")

    def _whole_reply(self) -> bytes:
        head = _versioned(self._receive(_HEAD_BYTES))
        kind = head[3:]
        if kind == SOCKS5AType.DOMAIN_NAME:
            length = self._receive(1)
            return head + length + self._receive(length[0] + _PORT_BYTES)
        return head + self._receive(_ADDRESS_BYTES.get(kind, 0) + _PORT_BYTES)

    def _send(self, data: bytes) -> None:
        self._stream.write(data, self._left())

    def _receive(self, count: int) -> bytes:
        received = b""
        while len(received) < count:
            piece = self._stream.read(count - len(received), self._left())
            if not piece:
                raise httpcore.RemoteProtocolError
            received += piece
        return received

    def _left(self) -> float:
        left = self._ends - self._steady()
        if left <= 0:
            raise httpcore.ReadTimeout
        return left


def _versioned(answer: bytes) -> bytes:
    if answer[0] != _VERSION:
        raise ProtocolError
    return answer
