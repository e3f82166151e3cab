"""The use cases that need an open vault, as one value: what the composition root builds and pages receive."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Services:
    """One field per use case. All are called on the store thread only, except where their docstring says otherwise."""
