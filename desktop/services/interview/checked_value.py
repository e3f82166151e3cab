"""The value under which the form takes what was typed."""

from desktop.forms import FormProblem, Session
from desktop.i18n import with_plain_figures


def checked_value(session: Session, ref: str, typed: str) -> tuple[str, FormProblem | None]:
    """Return the value to keep for `typed` as the answer to `ref`, and what the form has against it.

    The engine takes only the figures 0–9. What it refuses as typed is tried in those; what it takes stays as typed,
    for figures in a name or an address are the person's own.
    """
    problem = session.check(ref, typed)
    plain = with_plain_figures(typed)
    if problem is None or plain == typed:
        return typed, problem
    return plain, session.check(ref, plain)
