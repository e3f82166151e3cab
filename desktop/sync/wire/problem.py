"""What the server says when it cannot do what was asked (RFC 9457, problem details)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from desktop.sync.wire.forms import Facts, Text, Whole


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal. `code` is stable and is what a laptop acts on; title and detail are for people who read traffic.

    `details` holds ids and numbers only, such as the sequence number the server expects next.
    """

    type: Annotated[str, Text(r"[a-z:._\-]{1,120}")]
    title: Annotated[str, Text(r".{1,200}")]
    status: Annotated[int, Whole(400, 599)]
    detail: Annotated[str, Text(r".{1,500}")]
    code: Annotated[str, Text(r"[a-z]+\.[a-z_]+")]
    details: Annotated[Mapping[str, str], Facts()]
