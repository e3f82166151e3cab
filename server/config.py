"""What a running server is told."""

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protocol.errors import UserError
from protocol.times import Clock, SystemClock


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """How to serve.

    `database` is a path (SQLite, made when absent) or a `postgresql://` URL. `origin` is how laptops address this
    server, such as `https://opmaat.example.nl`; it has to be given behind a proxy that ends TLS, because request
    signatures cover the whole address. Without it the address is what the request says.
    """

    database: str
    origin: str | None = None
    clock: Clock = field(default_factory=SystemClock)


@dataclass(frozen=True, slots=True)
class PageConfig:
    """Where the administrator's page is, an address of its own: never that of the laptops.

    `origin` is how browsers address it behind a proxy that ends TLS. With `encrypted` the server speaks TLS itself.
    """

    host: str
    port: int
    origin: str | None = None
    encrypted: bool = False

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach the page over TLS, so that its cookies may say so."""
        return self.encrypted or urlsplit(self.origin or "").scheme == "https"

    @property
    def hosts(self) -> frozenset[str]:
        """Return the names by which browsers may call the page: another one is somebody's trick with the DNS."""
        named = urlsplit(self.origin or "").hostname
        return frozenset({self.host, "localhost", "127.0.0.1", "::1", *([named] if named else [])})

    def require_private(self) -> None:
        """Raise UserError `server.page_not_private` where a passphrase would cross a network in clear."""
        if not (_is_this_machine(self.host) or urlsplit(self.origin or "").scheme == "https"):
            raise UserError("server.page_not_private")


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
