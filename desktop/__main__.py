"""`opmaat` and `python -m desktop`: before anything else, files become private and the process opaque."""

import sys

from protocol.hardening import harden


def main() -> int:
    """Run the command line and return the exit status."""
    harden()
    if sys.argv[1:2] == ["media-worker"]:
        from desktop.media import worker as media_worker

        return media_worker.main(sys.argv[2:])
    if sys.argv[1:2] == ["document-worker"]:
        from desktop.documents.typesetting import worker as document_worker

        return document_worker.main(sys.argv[2:])
    from desktop.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
