"""`opmaat duo show`, `send` and `withdraw`: for who has the connection and the certificate of the municipality."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.kernel.files import read_bytes

if TYPE_CHECKING:
    from desktop.plan.pip.duo_message import DuoFile
    from desktop.sync.duo.duo_connection import DuoConnection


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    duo = commands.add_parser("duo", help="what DUO receives of a decision (PIP)").add_subparsers(
        dest="duo_command", required=True
    )
    show = duo.add_parser("show", help="say what a file tells DUO; the citizen service number is not shown")
    show.add_argument("file", type=Path, metavar="FILE")
    show.set_defaults(run=_show)
    for name, run, words in (
        ("send", _send, "register the decision of a file, unless DUO has it already"),
        ("withdraw", _withdraw, "take the decision of the person of a file back"),
    ):
        command = duo.add_parser(name, help=words)
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--address", required=True, help="https://host:port of DUO")
        command.add_argument("--source", required=True, metavar="OIN", help="of the municipality, 20 digits")
        command.add_argument("--target", required=True, metavar="OIN", help="of DUO, 20 digits")
        command.add_argument("--certificate", type=Path, help="PEM, PKIoverheid private root")
        command.add_argument("--key", type=Path, help="PEM")
        command.add_argument("--authority", type=Path, help="PEM of the root that DUO's certificate chains to")
        command.set_defaults(run=run)


def _show(asked: argparse.Namespace) -> int:
    from desktop.services.pip.duo_words import duo_lines

    file = _file(asked)
    print(f"PIP API {file.api}")
    for line in duo_lines(file.pip):
        print(f"{line.field}: {line.value}")
    return 0


def _send(asked: argparse.Namespace) -> int:
    from desktop.services.pip.duo_sending import send

    with closing(_connection(asked)) as connection:
        sent = send(_file(asked), connection)
    print("registered" if sent else "DUO has it already")
    return 0


def _withdraw(asked: argparse.Namespace) -> int:
    with closing(_connection(asked)) as connection:
        connection.withdraw(_file(asked).bsn)
    print("taken back")
    return 0


def _file(asked: argparse.Namespace) -> "DuoFile":
    from desktop.plan.pip.duo_message import LARGEST_ANSWER, file_from_bytes

    return file_from_bytes(read_bytes(asked.file, LARGEST_ANSWER))


def _connection(asked: argparse.Namespace) -> "DuoConnection":
    from desktop.sync.duo.duo_connection import DuoAccess, DuoConnection

    given = (asked.address, asked.source, asked.target, asked.certificate, asked.key, asked.authority)
    return DuoConnection(DuoAccess(*given))
