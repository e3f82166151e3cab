"""The interview that ships with the program, read once for all tests of a process: a form is never written to."""

from functools import cache

from desktop.bootstrap.content import Content, read_content
from desktop.forms import Form


@cache
def content() -> Content:
    """Return interview, region and catalogues."""
    return read_content(None)  # type: ignore[arg-type]  # no cache folder: read anew


def intake() -> Form:
    """Return the interview."""
    return content().form
