"""A TCP proxy that cuts connections at chosen bytes, for networks that break in the middle of everything."""

import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_PIECE = 256


@dataclass(slots=True)
class Proxy:
    """Forwards to `port`; the n-th connection is cut after `allowance(n)` bytes in both directions together."""

    port: int
    allowance: Callable[[int], int | None]
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    on_cut: Callable[[], None] = lambda: None
    cuts: int = 0
    count: int = 0

    @property
    def address(self) -> str:
        """Return where laptops reach the proxy."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Forward connections until the listener is closed."""
        while True:
            try:
                laptop, _ = self.listener.accept()
            except OSError:
                return
            self.count += 1
            threading.Thread(target=self._forward, args=(laptop, self.allowance(self.count)), daemon=True).start()

    def _forward(self, laptop: socket.socket, allowance: int | None) -> None:
        with laptop:
            try:
                server = socket.create_connection(("127.0.0.1", self.port))
            except ConnectionError:
                return
            self._join(laptop, server, _Left(allowance))

    def _join(self, laptop: socket.socket, server: socket.socket, left: "_Left") -> None:
        with server:
            back = threading.Thread(target=_pump, args=(server, laptop, left), daemon=True)
            back.start()
            _pump(laptop, server, left)
            back.join()
            if left.used_up:
                self.cuts += 1
                self.on_cut()


class _Left:
    """The bytes a connection may still carry, shared by both directions."""

    def __init__(self, allowance: int | None) -> None:
        self._left = allowance
        self._lock = threading.Lock()
        self.used_up = False

    def take(self, wanted: int) -> int:
        """Return how many of `wanted` bytes may pass."""
        with self._lock:
            if self._left is None:
                return wanted
            granted = min(wanted, self._left)
            self._left -= granted
            self.used_up = self.used_up or granted < wanted
            return granted


def _pump(source: socket.socket, target: socket.socket, left: _Left) -> None:
    try:
        while piece := source.recv(_PIECE):
            granted = left.take(len(piece))
            target.sendall(piece[:granted])
            if granted < len(piece):
                break
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            continue


@contextmanager
def cutting_proxy(
    port: int, allowance: Callable[[int], int | None], on_cut: Callable[[], None] = lambda: None
) -> Iterator[Proxy]:
    """Run a proxy to `port` for as long as the block lasts; `on_cut` is called after each cut."""
    proxy = Proxy(port, allowance, on_cut=on_cut)
    thread = threading.Thread(target=proxy.serve, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.listener.shutdown(socket.SHUT_RDWR)
        proxy.listener.close()
        thread.join()


def at_random(seed: int, most: int) -> Callable[[int], int | None]:
    """Return an allowance that cuts each connection at a random byte, but lets every tenth one through."""
    chance = random.Random(seed)  # noqa: S311 - repeatable trouble, not a secret

    def allowance(number: int) -> int | None:
        return None if number % 10 == 0 else chance.randrange(most)

    return allowance
