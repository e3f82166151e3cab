"""`opmaat-server`: serve laptops, or administer the server that does."""

import argparse
import sys
from collections.abc import Sequence

from protocol.errors import OpmaatError
from protocol.hardening import harden
from server.arguments import parser
from server.error_texts import sentence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line `arguments`, by default those of the process, and return the exit status."""
    harden()
    asked = parser().parse_args(arguments)
    try:
        _run(asked)
    except OpmaatError as error:
        print(sentence(error), file=sys.stderr)
        return 1
    return 0


def _run(asked: argparse.Namespace) -> None:
    if asked.command != "serve":
        from server.admin.commands import run  # the serving process never loads the vault

        run(asked)
        return
    from server.config import PageConfig, ServerConfig
    from server.serving import ListenAddress, serve

    address = ListenAddress(asked.host, asked.port, asked.certificate, asked.certificate_key, asked.metrics_port)
    page = None
    if asked.admin_listen is not None:
        host, port = asked.admin_listen
        page = PageConfig(host, port, asked.admin_origin, encrypted=asked.certificate is not None)
    serve(ServerConfig(asked.database, asked.origin), address, page)
