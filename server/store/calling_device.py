"""Who is asking, once that has been proved."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CallingDevice:
    """An enrolled, unrevoked device, its organisation and its raw public key."""

    device: str
    organisation: str
    key: bytes
