"""What a running server is made of, handed to its routes."""

from dataclasses import dataclass, field

from server.config import ServerConfig
from server.http.read_nonces import ReadNonces
from server.http.shares import FairShares
from server.store.engine import ServerStore


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The configuration and the open store of one application, and what it keeps in memory between requests."""

    config: ServerConfig
    store: ServerStore
    shares: FairShares = field(default_factory=FairShares)
    read_nonces: ReadNonces = field(default_factory=ReadNonces)

    def seconds(self) -> int:
        """Return the current time in whole seconds since 1970."""
        return int(self.config.clock.now().timestamp())
