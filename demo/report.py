"""Prints each step as it happens, with its time, and the short report at the end."""

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO


class DemoFailedError(Exception):
    """A step did not end as it must; its text says which and why."""


class Steps:
    """Numbered steps on a stream; a step that raises is printed as failed and ends the demonstration."""

    def __init__(self, stream: TextIO = sys.stdout) -> None:
        self._stream = stream
        self._start = time.monotonic()
        self._count = 0

    @contextmanager
    def step(self, title: str) -> Iterator[list[str]]:
        """Run one step; facts appended to the yielded list are printed below it."""
        self._count += 1
        began = time.monotonic()
        facts: list[str] = []
        try:
            yield facts
        except Exception as error:
            self._line(f"{self._count:>3}  FAILED   {title}: {error}")
            raise DemoFailedError(f"step {self._count}, {title}: {type(error).__name__}: {error}") from error
        self._line(f"{self._count:>3}  {time.monotonic() - began:6.2f} s  {title}")
        for fact in facts:
            self._line(f"                {fact}")

    def report(self, title: str, lines: Sequence[str]) -> None:
        """Print a titled block."""
        self._line("")
        self._line(title)
        for line in lines:
            self._line(f"  {line}")

    def took(self) -> float:
        """Return the seconds since the first step could have begun."""
        return time.monotonic() - self._start

    def _line(self, text: str) -> None:
        self._stream.write(text + "\n")
        self._stream.flush()
