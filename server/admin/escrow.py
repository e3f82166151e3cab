"""Helping a colleague who lost passphrase and recovery key: read a request, answer it.

Both steps work without the server and its database: with the request file and the organisation's key file alone.
"""

import argparse

from desktop.vault.trust.escrow import LARGEST, EscrowRequest, answer_request
from protocol.errors import UserError
from server.admin.keyfile import open_key_file, read_file, write_new_file


def show(arguments: argparse.Namespace) -> None:
    """Print what a request says. Nothing in it is proven before it is answered."""
    _print(_read(arguments))


def answer(arguments: argparse.Namespace) -> None:
    """Write the answer and print its code.

    Raises UserError `escrow.fingerprint_differs` unless the fingerprint is that of the request: the person reads it
    from the own screen, so that a request put in its place is not answered.
    """
    request = _read(arguments)
    if _letters(arguments.fingerprint) != _letters(request.fingerprint):
        raise UserError("escrow.fingerprint_differs")
    root = open_key_file(arguments.key_file)
    file, code = answer_request(request, root.card.id, root.root)
    write_new_file(arguments.out, file)
    _print(request)
    print(f"answer       {arguments.out}")
    print(f"code         {code}")
    print("Give the code separately from the file, by telephone, to this person and nobody else.")


def _read(arguments: argparse.Namespace) -> EscrowRequest:
    return EscrowRequest.from_bytes(read_file(arguments.request, LARGEST))


def _print(request: EscrowRequest) -> None:
    print(f"person       {request.person}")
    print(f"vault        {request.vault}")
    print(f"organisation {request.organisation}")
    print(f"asked        {request.created.isoformat(timespec='minutes')}")
    print(f"fingerprint  {request.fingerprint}")


def _letters(fingerprint: str) -> str:
    return "".join(fingerprint.split()).upper()
