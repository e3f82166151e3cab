"""How a process of ours starts another one that runs one module of ours and nothing from anywhere else.

What is asked and answered goes through pipes, never through a file.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from desktop.kernel.files import environment_problems

_SOURCES = Path(__file__).resolve().parents[2]
_START = (
    "import sys; from importlib import import_module; sys.path.append(sys.argv.pop(1)); "
    "sys.exit(import_module(sys.argv.pop(1)).main(sys.argv[1:]))"
)


def command(module: str, packaged: str) -> list[str]:
    """Return the command that calls `main(arguments)` of `module`; the arguments are to be added.

    From source it runs isolated (`-I`): neither the working folder nor PYTHON… variables nor the user's site-packages
    decide what is imported. The folder our packages lie in comes last on its path, after the standard library and the
    installed libraries. A frozen build has no Python to ask: its first argument is `packaged`, and it imports from its
    own archive only.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, packaged]
    return [sys.executable, "-I", "-B", "-c", _START, str(_SOURCES), module]


def ask(started: Sequence[str], data: bytes, patience: float) -> bytes | None:
    """Return what the process `started` wrote when it was given `data`; None when it failed or took `patience` seconds.

    Raises EnvironmentProblem `files.…` when it cannot be started.
    """
    try:
        with environment_problems():
            done = subprocess.run(  # noqa: S603  # a command of ours
                started,
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=patience,
                check=False,
            )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 else None
