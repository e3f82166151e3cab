"""Running the application in this process until it is asked to stop."""

import logging
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import uvicorn
from starlette.types import ASGIApp

from protocol.errors import EnvironmentProblem
from server import log
from server.app import create_app
from server.config import PageConfig, ServerConfig
from server.http.connections import AT_ONCE, WAITING, LimitedConnection
from server.metrics import Metrics
from server.store.engine import ServerStore

_LOGGER = logging.getLogger(__name__)
_FILES = 4096
_THIS_MACHINE = "127.0.0.1"
_GRACE_SECONDS = 10
_KEEP_ALIVE_SECONDS = 15  # longer than a laptop keeps a connection, so that it never sends into a closed one
_MOST_HEAD_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class ListenAddress:
    """Where to listen; port 0 takes a free one. With `certificate` and `key` (PEM files) the server speaks TLS.

    With `metrics_port` the figures for Prometheus are there, on this machine only.
    """

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None
    metrics_port: int | None = None


def serve(config: ServerConfig, address: ListenAddress, page: PageConfig | None = None) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished first, for at most ten seconds.

    With `page` the administrator's page is there, answered by a thread of its own. Prints one line with the address
    once requests are answered. Raises EnvironmentProblem `server.port_taken`, or what `create_app` and `create_page`
    raise.
    """
    log.configure()
    _allow_files()
    metrics = None if address.metrics_port is None else Metrics()
    app = create_app(config) if metrics is None else create_app(config, metrics.answered)
    store = app.state.services.store
    with listen(address) as listener, _page(config, address, page, store):
        if metrics is not None and address.metrics_port is not None:
            _show_figures(metrics, store, address.metrics_port)
        port = listener.getsockname()[1]
        scheme = "https" if address.certificate else "http"
        _Announcing(_settings(app, address), f"{scheme}://{address.host}:{port}").run(sockets=[listener])


def _settings(app: ASGIApp, address: ListenAddress) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        http=LimitedConnection,
        ws="none",
        backlog=AT_ONCE,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        h11_max_incomplete_event_size=_MOST_HEAD_BYTES,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        ssl_certfile=address.certificate,
        ssl_keyfile=address.key,
    )


@contextmanager
def _page(config: ServerConfig, address: ListenAddress, page: PageConfig | None, store: ServerStore) -> Iterator[None]:
    """Show the administrator's page, where it was asked for."""
    if page is None:
        yield
        return
    from server.web.application import create_page  # templates and languages only where the page is

    app = create_page(page, store, config.clock)
    there = ListenAddress(page.host, page.port, address.certificate, address.key)
    with listen(there) as listener:
        server = _InThread(_settings(app, there))
        server.begin(listener)
        log.note(_LOGGER, "page.shown", port=listener.getsockname()[1])
        try:
            yield
        finally:
            server.end()


class _InThread(uvicorn.Server):
    """Serves from a thread of its own, so that nothing there keeps a laptop waiting."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._begun = Event()
        self._thread: Thread | None = None

    def begin(self, listener: socket.socket) -> None:
        """Return once requests are answered, or it is plain that they are not going to be."""
        self._thread = Thread(target=self._run_and_tell, args=(listener,), name="page", daemon=True)
        self._thread.start()
        self._begun.wait()

    def end(self) -> None:
        """Finish the requests under way, and stop."""
        self.should_exit = True
        if self._thread is not None:
            self._thread.join(_GRACE_SECONDS + 1)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        self._begun.set()

    def _run_and_tell(self, listener: socket.socket) -> None:
        try:
            self.run(sockets=[listener])
        finally:
            self._begun.set()


class _Announcing(uvicorn.Server):
    """Says where it listens, when it does."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then print the address."""
        await super().startup(sockets)
        for listener in sockets or ():
            listener.listen(WAITING)  # asyncio takes one number for both
        print(f"Listening on {self._address}", flush=True)


def _allow_files() -> None:
    """Use more files than the system gives at first, where it lets us: out of them, no connection is accepted."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _show_figures(metrics: Metrics, store: ServerStore, port: int) -> None:
    try:
        taken = metrics.serve(store, _THIS_MACHINE, port)
    except OSError as error:
        raise EnvironmentProblem("server.port_taken") from error
    log.note(_LOGGER, "figures", port=taken)


def listen(address: ListenAddress) -> socket.socket:
    """Return a socket bound to `address`; raises EnvironmentProblem `server.port_taken`."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY on what it accepts: no answer waits for an acknowledgement.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address.host, address.port))
    except OSError as error:
        listener.close()
        raise EnvironmentProblem("server.port_taken") from error
    return listener
