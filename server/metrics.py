"""Figures for Prometheus, at an address of their own that no laptop needs to reach: numbers and routes only."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from sqlalchemy import Connection

from server.store import damage
from server.store.bulk_sql import count_rows
from server.store.engine import ServerStore
from server.store.tables import DEVICES, DOSSIERS, ORGANISATIONS

_SECONDS = (0.005, 0.02, 0.1, 0.5, 2, 10)


class Metrics:
    """Counts the requests of this process; counts of the database are taken when they are asked for."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Histogram  # only where figures are wanted

        self._registry = CollectorRegistry()
        words = ["method", "route", "status"]
        self._requests = Counter("opmaat_requests", "Requests answered", words, registry=self._registry)
        self._seconds = Histogram(
            "opmaat_request_seconds", "Time to answer", ["route"], buckets=_SECONDS, registry=self._registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def serve(self, store: ServerStore, host: str, port: int) -> int:
        """Answer `GET /metrics` from a thread of its own until the process ends, and return the port.

        Raises OSError when the port cannot be used.
        """
        from prometheus_client import Gauge, start_http_server

        for name, (words, count) in _COUNTS.items():
            gauge = Gauge(f"opmaat_{name}", words, registry=self._registry)
            gauge.set_function(partial(store.run, count))
        server, _ = start_http_server(port, host, self._registry)
        return int(server.server_port)


def _devices(connection: Connection) -> int:
    return count_rows(connection, DEVICES, DEVICES.c.revoked.is_(None))


_COUNTS: Mapping[str, tuple[str, Callable[[Connection], int]]] = MappingProxyType(
    {
        "organisations": ("Organisations served", partial(count_rows, table=ORGANISATIONS)),
        "devices": ("Devices that are not revoked", _devices),
        "dossiers": ("Dossiers", partial(count_rows, table=DOSSIERS)),
        "damaged_entries": ("Entries of feeds that are damaged and have not come again", damage.count),
    }
)
