"""One harness for steps of several writes: the n-th durable write fails or the process dies at it, for n = 1, 2, ….

A write is what makes something durable: a commit of the journal, a rewrite of its file, the vault file, a backup. It
fails after its work and before it is durable, as a full disk does; or it does not return, as after a loss of power.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from desktop.kernel.files import remove_file, write_atomic
from desktop.records.store.database import Store
from desktop.services.backups.backup_file import crypto_erase
from protocol.errors import EnvironmentProblem

MOST_WRITES = 60
"""A step that takes more writes than this is taken for one that never ends."""


class ProcessDiedError(BaseException):
    """Stands for a process that ended: nothing after it ran, and no handler of errors saw it."""


@dataclass(slots=True)
class FailingWrites:
    """Counts durable writes; the one with number `at` raises `failure` and is not durable. `seen` is how many came."""

    at: int
    failure: BaseException
    seen: int = 0

    def count(self) -> None:
        """Count one write, and fail when it is the one."""
        self.seen += 1
        if self.seen == self.at:
            raise self.failure


@contextmanager
def failing(writes: FailingWrites) -> Iterator[None]:
    """Let durable writes fail as `writes` says, within the block."""
    with pytest.MonkeyPatch.context() as patch:
        _patch_store(patch, writes)
        patch.setattr("desktop.vault.vault.write_atomic", _counted(writes, write_atomic))
        patch.setattr("desktop.vault.backup_restoring.write_atomic", _counted(writes, write_atomic))
        patch.setattr("desktop.services.backups.backups.crypto_erase", _counted(writes, crypto_erase))
        patch.setattr("desktop.services.backups.backups.remove_file", _counted(writes, remove_file))
        yield


def attempt(step: Callable[[], object], writes: FailingWrites) -> bool:
    """Take `step` with failing writes; tell whether it raised the failure."""
    try:
        with failing(writes):
            step()
    except (EnvironmentProblem, ProcessDiedError):
        return True
    return False


def _patch_store(patch: pytest.MonkeyPatch, writes: FailingWrites) -> None:
    real_atomic = Store.atomic

    @contextmanager
    def atomic(store: Store) -> Iterator[None]:
        outermost = not store._connection.in_transaction
        with real_atomic(store):
            yield
            if outermost:
                writes.count()

    patch.setattr(Store, "atomic", atomic)
    for name in ("add_row_alone", "rewrite", "wipe_log"):
        patch.setattr(Store, name, _counted(writes, getattr(Store, name)))


def _counted(writes: FailingWrites, real: Callable[..., object]) -> Callable[..., object]:
    def counted(*given: object, **named: object) -> object:
        writes.count()
        return real(*given, **named)

    return counted
