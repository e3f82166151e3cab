"""The address of a PostgreSQL server, in the words of libpq: several machines may stand in it, and one of them writes.

What is not said in the address gets a value by which a machine that is gone is noticed within seconds, not minutes.
"""

from collections.abc import Mapping
from types import MappingProxyType

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from protocol.errors import EnvironmentProblem
from server.store.connecting.commits import listen_to_warnings

CONNECTIONS = 16
"""The most connections of one process, all kept open: a new one asks the machines of the address in turn."""

PATIENCE_SECONDS = 10
"""How long a laptop's request waits for a connection, and for each of its statements: a lock that another one holds."""

_SCHEMES = ("postgresql://", "postgres://")
_UNSAID: Mapping[str, str] = MappingProxyType(
    {
        "target_session_attrs": "read-write",  # of several machines the one that is the primary now
        "connect_timeout": "3",  # for each machine
        "keepalives_idle": "10",
        "keepalives_interval": "5",
        "keepalives_count": "3",
        "tcp_user_timeout": "15000",
        "application_name": "opmaat-server",
    }
)


def parameters_of(database: str) -> Mapping[str, str]:
    """Return what `database` (`postgresql://…`) says; raises EnvironmentProblem `server.database_unknown`."""
    if not database.startswith(_SCHEMES):
        raise EnvironmentProblem("server.database_unknown")
    try:
        return {name: str(value) for name, value in conninfo_to_dict(database).items()}
    except psycopg.ProgrammingError:
        raise EnvironmentProblem("server.database_unknown") from None  # its words may hold the password


def without_password(database: str) -> tuple[str, Mapping[str, str]]:
    """Return what PostgreSQL's own tools are told, and apart, as their environment, what nobody else may see.

    A password on a command line would stand in the list of processes. Raises what `parameters_of` does.
    """
    parameters = dict(parameters_of(database))
    password = parameters.pop("password", None)
    return make_conninfo(**parameters), {} if password is None else {"PGPASSWORD": password}


def postgresql_engine(database: str, *, hurried: bool) -> Engine:
    """Return the way into `database`; with `hurried` nothing waits longer than `PATIENCE_SECONDS`.

    Raises what `parameters_of` does; no connection is made yet.
    """
    engine = create_engine(
        "postgresql+psycopg://",
        connect_args={**_UNSAID, **parameters_of(database)},
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_timeout=PATIENCE_SECONDS,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: "psycopg.Connection[object]", entry: ConnectionPoolEntry) -> None:
        entry.info.update(listen_to_warnings(connection))
        connection.execute("SET client_min_messages = warning")
        if hurried:
            connection.execute(f"SET statement_timeout = '{PATIENCE_SECONDS}s'".encode("ascii"))
        connection.commit()

    return engine
