"""The body of a request, whatever is in it."""

from dataclasses import dataclass

from protocol.version import MEDIA_TYPE


@dataclass(frozen=True, slots=True)
class MessageBody:
    """What is sent, and what kind of content it says to be."""

    content: bytes = b""
    media_type: str = MEDIA_TYPE
