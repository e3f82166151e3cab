"""The process itself: private files, no memory image or key of TLS on disk, nobody of the same account looking in.

Not promised: an administrator of the machine, or whoever took over the running process, reads its memory.
"""

import ctypes
import os
import sys
from dataclasses import dataclass

_PRIVATE = 0o077
_KEY_LOG = "SSLKEYLOGFILE"
"""Names a file to which TLS libraries write the keys of every connection; some virus scanners set it."""

_PR_SET_DUMPABLE = 4
"""prctl(2). Not dumpable means: no core file, and no ptrace, /proc/PID/mem or /proc/PID/environ for the same user."""


@dataclass(frozen=True, slots=True)
class Hardening:
    """What the system allowed: no core file at all, and no debugger of the same user. Both False on Windows."""

    no_core: bool
    not_debuggable: bool


def harden() -> Hardening:
    """Make what this process creates private, and the process itself opaque; the first thing a program does.

    Where the system refuses or knows nothing of the kind, the program goes on: what is then missing is in the result.
    """
    os.umask(_PRIVATE)
    os.environ.pop(_KEY_LOG, None)
    return Hardening(_without_core(), _undumpable())


def _without_core() -> bool:
    if sys.platform == "win32":
        return False
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        return False
    return True


def _undumpable() -> bool:
    if sys.platform != "linux":
        return False
    try:
        done = ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    except (OSError, AttributeError):
        return False
    return int(done) == 0
