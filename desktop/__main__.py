"""`opmaat` and `python -m desktop`: the first statement makes every file of this process private."""

import os
import sys

os.umask(0o077)


def main() -> int:
    """Run the command line and return the exit status."""
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
