"""What was read from a store and is kept in memory: it goes as soon as anything written is undone."""

from typing import Generic, TypeVar

from desktop.records.store.database import Store

_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


class StoreMemory(Generic[_Key, _Value]):
    """Values as they were read, also inside a transaction: where it is rolled back, they are read anew."""

    __slots__ = ("_kept", "_transaction", "_undone")

    def __init__(self, store: Store) -> None:
        self._transaction = store.atomic()
        self._undone = self._transaction.undone
        self._kept: dict[_Key, _Value] = {}

    @property
    def kept(self) -> dict[_Key, _Value]:
        """Return what holds still, to be read and changed at once."""
        if self._undone != self._transaction.undone:
            self._undone = self._transaction.undone
            self._kept = {}
        return self._kept
