"""What a running server is made of, handed to its routes."""

from dataclasses import dataclass, field

from server.config import ServerConfig
from server.http.known_devices import KnownDevices
from server.http.nonces import Nonces
from server.http.shares import FairShares
from server.store.engine import ServerStore


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The configuration and the open store of one application, and what it keeps in memory between requests."""

    config: ServerConfig
    store: ServerStore
    shares: FairShares = field(default_factory=FairShares)
    nonces: Nonces = field(default_factory=Nonces)
    known: KnownDevices = field(default_factory=KnownDevices)

    def seconds(self) -> int:
        """Return the current time in whole seconds since 1970."""
        return int(self.config.clock.now().timestamp())
