"""The error tree.

    OpmaatError(code)
    ├── UserError           a person at this table can mend it: wrong passphrase, broken form
    └── EnvironmentProblem  the world is in the way: disk full, server away, clock jumped

Anything else that is raised is a bug, and is caught in exactly one place (`ui.boundary`).
The code is stable and public: `area.what_happened`. What a person reads is looked up by code in
`desktop.i18n.messages`, in the language of that person, and always names the next step.
"""

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class OpmaatError(Exception):
    """Base of all foreseen errors.

    `code` is stable; `details` fill the placeholders of its message. Details never hold an answer, a
    name or another personal datum, because tracebacks and logs may show them.
    """

    def __init__(self, code: str, details: Mapping[str, str] = _NOTHING) -> None:
        """Keep the code and the details; the text of the exception is the code alone."""
        super().__init__(code)
        self.code = code
        self.details = MappingProxyType(dict(details))


class UserError(OpmaatError):
    """Something a person at the table can mend, once told how."""


class EnvironmentProblem(OpmaatError):
    """Something outside the program is in the way; local work is never lost over it."""
