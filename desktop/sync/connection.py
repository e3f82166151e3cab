"""The way to the municipal server: what may be sent where, and what is tried again.

Nothing here knows what is sent. HTTP itself is loaded at the first request, so that the program starts without it.

Two pauses between three attempts are written out here. The retries of httpx repeat only what could not connect, and
would send the same nonce again, which the server refuses. stamina sleeps by itself, where the pause is handed in here
(tests never sleep), and logs the arguments of the call that failed, which would be addresses and bodies.
"""

import ipaddress
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from desktop.sync.message_body import MessageBody, Pace
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import EnvironmentProblem, OpmaatError
from protocol.times import Clock
from protocol.version import MEDIA_TYPE

if TYPE_CHECKING:
    from desktop.sync.transport import Transport

PAUSES = (0.3, 1.5)
"""Seconds before the second and the third attempt."""

_NOTHING: Mapping[str, str] = MappingProxyType({})
_TRIED_AGAIN = frozenset({"sync.unreachable", "sync.server_failed"})


class Connection:
    """Talks to one server as one device. May be used from one thread at a time, and from any.

    Every request is idempotent on the server, so a request whose answer did not come is sent again, at most three times
    in all, with a fresh nonce and signature: a connection that breaks costs a repetition and never a row. What the
    server refuses is not repeated. Failures raise, and change nothing on this laptop:

    - EnvironmentProblem `sync.unreachable`: no answer, also none in time, or one that only drips;
      `sync.server_failed`: an answer above 499;
    - EnvironmentProblem `sync.certificate_refused`: somebody else's certificate, or one that has expired;
    - EnvironmentProblem `sync.proxy_sign_in`: the proxy of the office wants another name and password, or any;
      `sync.proxy_refused`: it does not go on to this server; `sync.proxy_unsupported`: it is not of a kind that can be
      used; `sync.proxy_unreadable`: the setting that names it is no address. Nothing is then sent past it;
    - EnvironmentProblem `sync.not_opmaat`: something else answered, such as the sign-in page of a wifi network;
    - EnvironmentProblem `sync.answer_broken`: the server answered what no version of it should;
    - EnvironmentProblem `sync.no_server`: there is no address; `sync.not_private`: one elsewhere without TLS;
    - UserError or EnvironmentProblem with the server's own code otherwise.

    `pace` is how large a message may be on this way. `clock_ahead` is how far the clock of this laptop was ahead of the
    server's, also where that is why it refused; None where the newest request had no answer of it.
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
        self.clock_ahead: timedelta | None = None
        self.pace = Pace()
        self._transport: Transport | None = None

    def close(self) -> None:
        """Close the connection; a later request opens it anew."""
        if self._transport is not None:
            self._transport.close()
            self._transport = None

    def get(self, path: str, query: Mapping[str, str] = _NOTHING) -> bytes:
        """Return the body of the answer to GET `path`."""
        return self._ask("GET", path, query, MessageBody())

    def post(self, path: str, content: bytes, media_type: str = MEDIA_TYPE) -> bytes:
        """Return the body of the answer to POST `path` with `content`."""
        return self._ask("POST", path, _NOTHING, MessageBody(content, media_type))

    def _ask(self, method: str, path: str, query: Mapping[str, str], body: MessageBody) -> bytes:
        transport = self._opened()
        failure: OpmaatError = EnvironmentProblem("sync.unreachable")
        for seconds in (None, *PAUSES):
            if seconds is not None:
                self._pause(seconds)
            begun = self._clock.steady()
            try:
                answer = transport.ask(method, path, query, body)
            except EnvironmentProblem as error:
                if error.code not in _TRIED_AGAIN:
                    raise
                self.pace.note_cut()
                failure = error
            else:
                self.pace.note(len(body.content) + len(answer), self._clock.steady() - begun)
                return answer
            finally:
                self.clock_ahead = transport.clock_ahead
        self.close()  # the next round begins with the proxies and certificates of where the laptop is by then
        raise failure

    def _opened(self) -> "Transport":
        if self._transport is None:
            from desktop.sync.transport import Transport

            direct = _require_private(self._server)
            self._transport = Transport(self._server, self._device, self._clock, direct=direct)
        return self._transport


def _require_private(server: str) -> bool:
    """Raise EnvironmentProblem unless what is sent to `server` stays private; tell whether it is this very machine."""
    try:
        parts = urlsplit(server)
        host = "" if parts.port == 0 else parts.hostname or ""
    except ValueError:
        host = ""
    if not host or not host.isprintable() or " " in host:
        raise EnvironmentProblem("sync.no_server")
    here = _is_this_machine(host)
    if parts.scheme != "https" and not (parts.scheme == "http" and here):
        raise EnvironmentProblem("sync.not_private")
    return here


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
