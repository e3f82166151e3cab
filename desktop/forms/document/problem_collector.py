"""Whether problems are collected or stop at the first: one way to write the code for both."""

from types import TracebackType

from desktop.forms.errors import FormError


class ProblemCollector:
    """Collects FormErrors, or lets the first one pass. `problems` holds what was collected, in order."""

    def __init__(self, *, collect: bool = False) -> None:
        """Collect, or not."""
        self.problems: list[FormError] = []
        self._collect = collect

    def entry(self, **details: str | int) -> "_Part":
        """Run one part of the work: a FormError in it gets `details`, and ends this part or everything."""
        return _Part(self.problems if self._collect else None, details)


class _Part:
    """One part of the work. There are thousands in a form: a class costs a third of a generator."""

    __slots__ = ("_details", "_problems")

    def __init__(self, problems: list[FormError] | None, details: dict[str, str | int]) -> None:
        self._problems = problems
        self._details = details

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if not isinstance(error, FormError):
            return False
        located = error.located(**self._details)
        if self._problems is None:
            raise located from error
        self._problems.append(located)
        return True
