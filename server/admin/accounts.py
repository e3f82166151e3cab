"""The commands about who may sign in to the administrator's page."""

import argparse
from datetime import UTC, datetime

from protocol.times import SystemClock
from server.admin.keyfile import ask_passphrase
from server.passphrases import hash_passphrase
from server.store.administration import administrators
from server.store.engine import ServerStore

VARIABLE = "OPMAAT_PAGE_PASSPHRASE"
"""Where scripts put the passphrase of an account: another than that of a key file, which opens far more."""


def create(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Make an account.

    Raises UserError `server.passphrase_short`, or what `ask_passphrase` and `add_administrator` raise.
    """
    kept = hash_passphrase(ask_passphrase("Passphrase for the page", VARIABLE, twice=True))
    now = int(SystemClock().now().timestamp())
    store.run(lambda connection: administrators.add_administrator(connection, arguments.name, kept, now))
    print(f"administrator {arguments.name}")
    print("Start the page with: opmaat-server serve --admin-listen 127.0.0.1:8081")


def remove(arguments: argparse.Namespace, store: ServerStore) -> None:
    """Remove an account, and sign out who is signed in with it; raises UserError `server.administrator_unknown`."""
    store.run(lambda connection: administrators.remove_administrator(connection, arguments.name))
    print(f"removed       {arguments.name}")


def show(_arguments: argparse.Namespace, store: ServerStore) -> None:
    """Print every account, with the day it was made."""
    for name, created in store.run(administrators.administrators):
        print(f"administrator {name}, made {datetime.fromtimestamp(created, UTC):%Y-%m-%d}")
