"""Sanitise and render in a child process, one per file: a fault in a decoder reaches no key and does not end the app.

Content goes through pipes, never through a file. Failure policy: a process that crashes, hangs or answers nonsense
means that the file is damaged (UserError `attachment.damaged`); the next file gets a new process.
"""

import json
from typing import Any

from desktop.kernel import isolated_python
from desktop.media.cleaning import CleanFile
from desktop.media.media_types import DAMAGED, MediaType, detect_media_type
from desktop.media.rendering import RenderedPage
from protocol.errors import UserError

WORKER = "media-worker"
"""The first argument that makes a packaged program this process: there is no Python to ask there."""

_PATIENCE_SECONDS = 120.0


def clean(data: bytes) -> CleanFile:
    """Return `data` without metadata, as `cleaning.clean`, from another process. Raises the same."""
    detect_media_type(data)
    facts, content = _ask(["clean"], data)
    try:
        size = int(facts["size"])
        warnings = tuple(str(code) for code in facts["warnings"])
        return CleanFile(MediaType(facts["kind"]), content[:size], content[size:], int(facts["pages"]), warnings)
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(DAMAGED) from error


def render(data: bytes, kind: MediaType, page: int = 0, side: int = 2000) -> RenderedPage:
    """Return one rendered page, as `looking.render`, from another process. Raises the same."""
    facts, rgb = _ask(["render", kind.value, str(page), str(side)], data)
    try:
        picture = RenderedPage(int(facts["width"]), int(facts["height"]), rgb, int(facts["pages"]))
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(DAMAGED) from error
    if len(rgb) != 3 * picture.width * picture.height:
        raise UserError(DAMAGED)
    return picture


def command() -> list[str]:
    """Return how the other process is started; see `isolated_python`."""
    return isolated_python.command("desktop.media.worker", WORKER)


def _ask(arguments: list[str], data: bytes) -> tuple[dict[str, Any], bytes]:
    answer = isolated_python.ask([*command(), *arguments], data, _PATIENCE_SECONDS)
    head, _, content = (answer or b"").partition(b"\n")
    try:
        facts = json.loads(head)
    except ValueError as error:
        raise UserError(DAMAGED) from error
    if not isinstance(facts, dict) or not facts:
        raise UserError(DAMAGED)
    if "code" in facts:
        raise UserError(str(facts["code"]))
    return facts, content
