"""Typesets in a child process, one per document: typst keeps hundreds of megabytes that would stay until the end.

Data and document go through pipes, never through a file. Failure policy: a process that crashes, hangs or answers
nonsense is EnvironmentProblem `documents.failed`; the next document gets a new process.
"""

import json
import subprocess
from collections.abc import Mapping
from datetime import datetime

from desktop.kernel.files import environment_problems
from desktop.kernel.isolated_python import command
from protocol.errors import EnvironmentProblem

WORKER = "document-worker"
"""The first argument that makes a packaged program this process."""

_PATIENCE_SECONDS = 300.0


def compile_pdf(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return what `compiling.compile_pdf` returns, from another process. Raises the same."""
    asked = {"template": template, "data": data, "moment": moment.isoformat()}
    failed = EnvironmentProblem("documents.failed", {"reason": template})
    try:
        with environment_problems():
            done = subprocess.run(  # noqa: S603  # our own program
                command("desktop.documents.typesetting.worker", WORKER),
                input=json.dumps(asked, ensure_ascii=False).encode(),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE_SECONDS,
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise failed from error
    code, _, pdf = done.stdout.partition(b"\n")
    if done.returncode == 0 and code:
        raise EnvironmentProblem(code.decode("ascii", "replace"), {"reason": template})
    if done.returncode != 0 or not pdf:
        raise failed
    return pdf
