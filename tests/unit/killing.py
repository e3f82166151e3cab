"""Ends a process as `kill -9` does, before the call that comes after some others."""

import os
import signal
from collections.abc import Iterable
from typing import Any


def kill_after(calls: int, counted: Iterable[tuple[Any, str]]) -> None:
    """Let this process end before the call after `calls` calls of any of `counted`: an owner and a name each."""
    left = [calls]
    for owner, name in counted:
        _count(owner, name, left)


def _count(owner: Any, name: str, left: list[int]) -> None:  # noqa: ANN401  # a class or a module
    original = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> object:  # noqa: ANN401  # passes on whatever the call has
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result: object = original(*arguments, **named)
        return result

    setattr(owner, name, counted)
