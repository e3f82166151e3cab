"""What a server says of one of several things that were asked at once, and that it did not do."""

from typing import Annotated

from protocol.messages.fields import Count, text_of
from protocol.messages.message import Message


class RefusedPart(Message, frozen=True):
    """That the part at `place` of a batch, counted from 0, was not taken, and the code that says why."""

    place: Count
    code: Annotated[str, text_of(r"[a-z]+\.[a-z_]+")]
