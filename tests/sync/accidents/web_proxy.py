"""A reverse proxy that reads each request: it may answer in the server's place, or change what the server said."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

from protocol.version import PROTOCOL, PROTOCOL_HEADER


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the proxy got it."""

    method: str
    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: with the header of the protocol where `ours`."""

    status: int
    body: bytes
    ours: bool = False


@dataclass(slots=True)
class WebProxy:
    """Passes requests on to `server`, but for those that `instead` answers; `changed` may rewrite an answer."""

    server: str
    instead: Callable[[Asked], Said | None] = lambda _asked: None
    changed: Callable[[Asked, bytes], bytes] = lambda _asked, body: body
    address: str = ""
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked, headers: dict[str, str]) -> Said:
        """Return what the laptop gets to hear."""
        self.asked.append(asked)
        own = self.instead(asked)
        if own is not None:
            return own
        with httpx.Client(trust_env=False) as client:
            got = client.request(asked.method, self.server + asked.path, headers=headers, content=asked.body)
        body = self.changed(asked, got.content) if got.is_success else got.content
        return Said(got.status_code, body, PROTOCOL_HEADER in got.headers)


@contextmanager
def web_proxy(server: str) -> Iterator[WebProxy]:
    """Run a proxy to `server` for as long as the block lasts."""
    proxy = WebProxy(server)
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _handler(proxy))
    proxy.address = f"http://127.0.0.1:{listening.server_address[1]}"
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


def limit_of(octets: int) -> Callable[[Asked], Said | None]:
    """Return what a proxy with a limit on bodies answers by itself, with a page of its own."""
    return lambda asked: Said(413, b"<html>413 Request Entity Too Large</html>") if len(asked.body) > octets else None


def _handler(proxy: WebProxy) -> type[BaseHTTPRequestHandler]:
    def pass_on(request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("content-length", "0")))
        headers = {name: value for name, value in request.headers.items() if name.lower() != "connection"}
        said = proxy.answer(Asked(request.command, request.path, body), headers)
        request.send_response(said.status)
        if said.ours:
            request.send_header(PROTOCOL_HEADER, str(PROTOCOL))
        request.send_header("Content-Length", str(len(said.body)))
        request.end_headers()
        request.wfile.write(said.body)

    quiet = {"log_message": lambda *_arguments: None, "protocol_version": "HTTP/1.1"}
    return type("Handler", (BaseHTTPRequestHandler,), {**quiet, "do_GET": pass_on, "do_POST": pass_on})
