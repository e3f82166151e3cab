"""The process in which files from outside are opened: it has no keys, opens one file, and writes to its pipe only.

    python -m desktop.media.worker clean            < file > answer
    python -m desktop.media.worker render TYPE PAGE SIDE < file > answer

The answer is a line of JSON and the bytes it announces. Where the system knows limits, the process cannot write a byte
to any disk, take more than `_MEMORY` of memory, or compute longer than `_SECONDS`.
"""

import json
import sys
from collections.abc import Sequence

from desktop.media.cleaning import clean
from desktop.media.media_types import MediaType
from desktop.media.rendering import render
from protocol.errors import UserError
from protocol.hardening import harden
from protocol.limits import LARGEST_ATTACHMENT

_MEMORY = 4 * 1024**3
_SECONDS = 60


def limit() -> None:
    """Take away from this process what opening a file does not need."""
    sys.dont_write_bytecode = True
    if sys.platform == "win32":
        return
    import resource

    for what, most in ((resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_AS, _MEMORY)):
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def answer(arguments: Sequence[str], data: bytes) -> tuple[dict[str, object], bytes]:
    """Return what the process says to `arguments` about the content `data`: facts, and the bytes after them."""
    try:
        if list(arguments) == ["clean"]:
            cleaned = clean(data)
            facts: dict[str, object] = {
                "kind": cleaned.kind.value,
                "pages": cleaned.pages,
                "size": len(cleaned.data),
                "warnings": list(cleaned.warnings),
            }
            return facts, cleaned.data + cleaned.thumbnail
        _render, kind, page, side = arguments
        picture = render(data, MediaType(kind), int(page), int(side))
    except UserError as error:
        return {"code": error.code}, b""
    return {"height": picture.height, "pages": picture.pages, "width": picture.width}, picture.rgb


def main(arguments: Sequence[str]) -> int:
    """Answer once and end."""
    harden()
    limit()
    facts, content = answer(arguments, sys.stdin.buffer.read(LARGEST_ATTACHMENT + 1))
    sys.stdout.buffer.write(json.dumps(facts).encode() + b"\n" + content)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
