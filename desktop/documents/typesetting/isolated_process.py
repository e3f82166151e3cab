"""Typesets in a child process, one per document: typst keeps hundreds of megabytes that would stay until the end.

Data and document go through pipes, never through a file. Failure policy: a process that crashes, hangs or answers
nonsense is EnvironmentProblem `documents.failed`; the next document gets a new process.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from desktop.kernel.isolated_python import ask, command
from protocol.errors import EnvironmentProblem

WORKER = "document-worker"
"""The first argument that makes a packaged program this process."""

_PATIENCE_SECONDS = 300.0


def compile_pdf(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return what `compiling.compile_pdf` returns, from another process. Raises the same."""
    asked = {"template": template, "data": data, "moment": moment.isoformat()}
    started = command("desktop.documents.typesetting.worker", WORKER)
    answer = ask(started, json.dumps(asked, ensure_ascii=False).encode(), _PATIENCE_SECONDS)
    code, _, pdf = (answer or b"").partition(b"\n")
    if code or not pdf:
        raise EnvironmentProblem(code.decode("ascii", "replace") or "documents.failed", {"reason": template})
    return pdf
