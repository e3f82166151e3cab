"""Statements that several modules need: counting, and many rows at once, whatever the database."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import BigInteger, ColumnElement, Connection, Integer, LargeBinary, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

_TYPES: Mapping[type, str] = {BigInteger: "int8", Integer: "int4", LargeBinary: "bytea"}
"""How PostgreSQL calls the types of our columns; all others are texts."""


def count_rows(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    """Return how many rows of `table` there are for which every condition of `where` holds."""
    found: int = connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
    return found


def insert_all(connection: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert `rows`, each with a value for every column of `table` in its order, where none of their keys is.

    PostgreSQL gets them as one stream (COPY), in the transaction of `connection` as all else.
    """
    if not rows:
        return
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(table.columns))
        insert = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608  # our own names
        connection.exec_driver_sql(insert, list(rows))
        return
    cursor = connection.connection.cursor()
    try:
        with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN (FORMAT BINARY)") as stream:
            stream.set_types([_TYPES.get(type(column.type), "varchar") for column in table.columns])
            for row in rows:
                stream.write_row(row)
    finally:
        cursor.close()


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, object]]) -> set[object]:
    """Insert what is not there yet of `rows`, in their order; return the (first) keys of those that were not."""
    if not rows:
        return set()
    statement = _insert(connection, table).on_conflict_do_nothing().returning(*table.primary_key)
    return {key for key, *_ in connection.execute(statement, rows)}


def put_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
    """Insert `rows`, or where the key of one is there already, change that one to it."""
    values = list(rows)
    if not values:
        return
    keys = [column.name for column in table.primary_key]
    statement = _insert(connection, table)
    changed = {name: statement.excluded[name] for name in values[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), values)


def _insert(connection: Connection, table: Table) -> "sqlite.Insert | postgresql.Insert":
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
