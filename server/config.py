"""What a running server is told."""

from dataclasses import dataclass, field

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
