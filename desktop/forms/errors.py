"""The errors of forms and their expressions.

Everything a form writer can get wrong is one `FormError` with a stable code `form.…`. Its details say where:
`sheet`, `row` and `column` in the workbook where that is known, `path` in the form, `expression` and `position`
(characters from its beginning) in an expression. They come from the form, never from an answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from protocol.errors import UserError


class FormError(UserError):
    """A form, or an expression in it, is wrong in a way its writer can mend."""

    def __init__(self, code: str, **details: str | int) -> None:
        """Keep the code and the place, as text."""
        super().__init__(code, {name: str(value) for name, value in details.items()})

    def located(self, **details: str | int) -> "FormError":
        """Return the same error with more of its place known; what was known already stays."""
        return FormError(self.code, **{**{name: str(value) for name, value in details.items()}, **self.details})


@contextmanager
def located(**details: str | int) -> Iterator[None]:
    """Add `details` to every FormError that passes."""
    try:
        yield
    except FormError as error:
        raise error.located(**details) from error
