"""The process in which a document is typeset: it reads JSON from its input, writes a line and a PDF, and ends.

The line is empty, or the code of what went wrong; then there is no PDF.
"""

import json
import sys
from collections.abc import Sequence
from datetime import datetime

from desktop.documents.typst_compiler import compile_pdf
from protocol.errors import EnvironmentProblem
from protocol.hardening import harden


def main(_arguments: Sequence[str]) -> int:
    """Answer once and end."""
    harden()
    asked = json.loads(sys.stdin.buffer.read())
    try:
        code, pdf = "", compile_pdf(asked["template"], asked["data"], datetime.fromisoformat(asked["moment"]))
    except EnvironmentProblem as problem:
        code, pdf = problem.code, b""
    sys.stdout.buffer.write(code.encode() + b"\n" + pdf)
    sys.stdout.buffer.flush()
    return 0
