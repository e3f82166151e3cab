"""How a command gets at a vault: which one is meant, its passphrase, its journal."""

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from protocol.errors import UserError
from protocol.identifiers import DossierId

if TYPE_CHECKING:
    from desktop.records import Journal
    from desktop.services.suite import Services
    from desktop.vault.vault import Vault


def declare_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, purpose: str
) -> argparse.ArgumentParser:
    """Return a new command that works on one vault."""
    command = commands.add_parser(name, help=purpose)
    command.add_argument("--vault", metavar="ID", help="which vault, where there are more; `--vault ?` names them")
    return command


def find_dossier(services: "Services", case: str) -> DossierId:
    """Return the dossier whose case number or identifier is `case`. Raises UserError `records.dossier_unknown`."""
    rows = services.caseload.people().people
    found = next((row.dossier for row in rows if case.upper() in {row.number, row.dossier.upper()}), None)
    if found is None:
        raise UserError("records.dossier_unknown")
    return DossierId(found)


@contextmanager
def open_vault_of(asked: argparse.Namespace) -> "Iterator[Vault]":
    """Open the vault that is meant, with the passphrase of its owner, and lock it afterwards.

    Raises UserError `vault.none_here`, `vault.which_one`, and the codes of opening a vault.
    """
    from platformdirs import user_data_path

    from desktop.vault.vault import open_vault

    vault = open_vault(_directory((asked.data or user_data_path("opmaat")) / "vaults", asked.vault), read_passphrase())
    try:
        yield vault
    finally:
        vault.lock()


@contextmanager
def open_journal_of(asked: argparse.Namespace) -> "Iterator[Journal]":
    """Open the journal of the vault that is meant. Raises as `open_vault_of`, and EnvironmentProblem `records.…`."""
    from desktop.records import open_journal
    from protocol.times import SystemClock

    with open_vault_of(asked) as vault:
        journal = open_journal(vault.directory, vault, SystemClock())
        try:
            yield journal
        finally:
            journal.close()


@contextmanager
def open_services_of(asked: argparse.Namespace) -> "Iterator[Services]":
    """Open the use cases of the vault that is meant. Raises as `open_journal_of`."""
    from platformdirs import user_cache_path

    from desktop.bootstrap.content import read_content
    from desktop.bootstrap.opening import open_services
    from protocol.times import SystemClock

    cache = (asked.data / "cache") if asked.data else user_cache_path("opmaat")
    with open_vault_of(asked) as vault:
        services = open_services(vault, read_content(cache), SystemClock())
        try:
            yield services
        finally:
            services.close()


def _directory(root: Path, wanted: str | None) -> Path:
    from desktop.vault.file.listing import list_vaults

    vaults = list_vaults(root)
    if not vaults:
        raise UserError("vault.none_here")
    chosen = [card for card in vaults if wanted is None or card.vault == wanted]
    if len(chosen) != 1:
        for card in vaults:
            print(f"{card.vault}  {card.person}  {card.organisation}", file=sys.stderr)
        raise UserError("vault.which_one")
    return chosen[0].directory


def read_passphrase(prompt: str = "Passphrase: ") -> str:
    """Return what a person types unseen, or the first line of a pipe."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
