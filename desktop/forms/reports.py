"""Whether problems are collected or stop at the first: one way to write the code for both."""

from collections.abc import Iterator
from contextlib import contextmanager

from desktop.forms.errors import FormError


class Report:
    """Collects FormErrors, or lets the first one pass. `problems` holds what was collected, in order."""

    def __init__(self, *, collect: bool = False) -> None:
        """Collect, or not."""
        self.problems: list[FormError] = []
        self._collect = collect

    @contextmanager
    def entry(self, **details: str | int) -> Iterator[None]:
        """Run one part of the work: a FormError in it gets `details`, and ends this part or everything."""
        try:
            yield
        except FormError as error:
            located = error.located(**details)
            if not self._collect:
                raise located from error
            self.problems.append(located)
