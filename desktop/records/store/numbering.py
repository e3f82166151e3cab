"""The numbers of rows and wraps, by which a cursor says how far the server has them: each is given out once.

SQLite itself gives the number of the last row out again once that row was erased. An acknowledgement on its way
then would cover what was written since and never sent.
"""

from collections.abc import Callable, Sequence
from typing import Any

from desktop.records.store.cursor_names import SENT_ROWS, SENT_WRAPS

NUMBERED = {"events": SENT_ROWS, "wraps": SENT_WRAPS}
"""The tables whose numbers are given out once, and the name under which it is kept how far the server has them."""

_HIGHEST = "select max((select coalesce(max(id), 0) from {table}), (select coalesce(max(value + 0), 0) from ({asked})))"
_ACKNOWLEDGED = "select value from cursors where name = ? or substr(name, 1, ?) = ?"

Run = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]


def number_on(run: Run) -> None:
    """Let the next number of each table be above all that lie there and all that were ever acknowledged.

    `run` runs a statement with its values and returns the rows. Call inside a transaction.
    """
    for table, name in NUMBERED.items():
        highest = _HIGHEST.format(table=table, asked=_ACKNOWLEDGED)
        ((last,),) = run(highest, [name, len(name) + 1, f"{name}/"])
        run("delete from sqlite_sequence where name = ?", [table])
        run("insert into sqlite_sequence (name, seq) values (?, ?)", [table, last])
