"""A retention job that is killed before one of its transactions: `python -m … DATABASE TRANSACTIONS MOMENT`."""

import sys

from server.store.engine import ServerStore
from server.store.keeping import batches
from server.store.keeping.retention import RetentionTerms, carry_out
from tests.unit.killing import kill_after

FEW = 2
"""Rows of one step, so that there are many of them."""


def main(database: str, transactions: int, moment: int) -> None:
    """Carry out what has no term left at `moment`, with no term at all, and end as `kill -9` does after some steps."""
    batches.AT_ONCE = batches.PIECES_AT_ONCE = FEW
    store = ServerStore(database)
    kill_after(transactions, [(ServerStore, "run")])
    carry_out(store, RetentionTerms(0, 0, 0), moment)
    store.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
