"""What a running server is made of, handed to its routes."""

from dataclasses import dataclass

from server.config import Config
from server.store.engine import Store


@dataclass(frozen=True, slots=True)
class Services:
    """The configuration and the open store of one application."""

    config: Config
    store: Store

    def seconds(self) -> int:
        """Return the current time in whole seconds since 1970."""
        return int(self.config.clock.now().timestamp())
