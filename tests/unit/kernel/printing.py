"""A module another process of ours runs: prints its arguments and where it found a package of ours."""

import sys

from desktop.kernel import isolated_python


def main(arguments: list[str]) -> int:
    """Print, and return a status that nothing else gives."""
    sys.stdout.write("\n".join([*arguments, isolated_python.__file__]))
    return 3
