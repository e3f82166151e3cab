"""Starts `opmaat-server` from `python -m server`, and from its console script."""

import sys

from server.cli import main as run


def main() -> None:
    """Run the command line of the process and exit with its status."""
    sys.exit(run())


if __name__ == "__main__":
    main()
