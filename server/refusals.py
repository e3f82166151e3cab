"""A refusal, raised as `Refusal(code, details)` anywhere below the routes; it becomes a response in one place."""

from collections.abc import Mapping
from types import MappingProxyType

_NOTHING: Mapping[str, str] = MappingProxyType({})


class Refusal(Exception):  # noqa: N818 - the server refuses; that is no error of the server
    """The server will not do what was asked.

    `code` is a key of `protocol.problems.PROBLEMS`, `details` hold ids and numbers only.
    """

    def __init__(self, code: str, details: Mapping[str, str] = _NOTHING) -> None:
        """Keep the code and the details."""
        super().__init__(code)
        self.code = code
        self.details = MappingProxyType(dict(details))
