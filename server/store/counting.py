"""How many rows of a table there are."""

from sqlalchemy import ColumnElement, Connection, Table, func, select


def count_rows(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    """Return how many rows of `table` there are for which every condition of `where` holds."""
    found: int = connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()
    return found
