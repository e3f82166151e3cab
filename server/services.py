"""What a running server is made of, handed to its routes."""

from dataclasses import dataclass

from server.config import ServerConfig
from server.store.engine import ServerStore


@dataclass(frozen=True, slots=True)
class ServerContext:
    """The configuration and the open store of one application."""

    config: ServerConfig
    store: ServerStore

    def seconds(self) -> int:
        """Return the current time in whole seconds since 1970."""
        return int(self.config.clock.now().timestamp())
