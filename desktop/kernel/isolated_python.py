"""How a process of ours starts another one that runs one module of ours and nothing from anywhere else."""

import sys
from pathlib import Path

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
