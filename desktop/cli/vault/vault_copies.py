"""`opmaat vault backup`, `restore` and `copy`: what leaves a vault, sealed or not, and what comes back.

Making a backup this way needs the vault closed; while the application runs, it is made in Settings.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.terminal import end_progress, show_progress
from desktop.cli.vault.vault_access import (
    declare_command,
    find_dossier,
    open_services_of,
    open_vault_of,
    read_passphrase,
)
from protocol.identifiers import case_number

if TYPE_CHECKING:
    from desktop.services.backups.restoring import RestoreService
    from desktop.services.rights.copy_files import CopyMade
    from desktop.services.rights.own_copy import OwnCopyService
    from desktop.services.suite import Services
    from desktop.vault.vault import Vault


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    backup = declare_command(commands, "backup", "write everything to one sealed file, and prove it by opening it")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="make a vault of a backup; never overwrites one")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--recovery", action="store_true", help="open it with the recovery key instead")
    restore.add_argument("--request", type=Path, metavar="FILE", help="write a request for the organisation's help")
    restore.add_argument("--answer", type=Path, metavar="FILE", help="open it with the answer of the organisation")
    restore.add_argument("--even-expired", action="store_true", help="also when its term has passed")
    restore.set_defaults(run=_restore)
    copy = declare_command(commands, "copy", "write the person's own copy: PDF, JSON, attachments; none is sealed")
    copy.add_argument("case", metavar="CASE", help="case number or identifier")
    copy.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where the files go")
    copy.add_argument("--language", default="", metavar="TAG", help="by default the person's own language")
    copy.set_defaults(run=_copy)
    remarks = declare_command(
        commands, "remarks", "write what interpreters said about translations, a PO file a language; no answer, no name"
    )
    remarks.add_argument("--to", type=Path, default=Path(), metavar="FOLDER", help="where the files go")
    remarks.set_defaults(run=_remarks)


def _backup(asked: argparse.Namespace) -> int:
    from desktop.records import open_journal
    from desktop.services.backups.backup_file import Cancelled
    from desktop.services.backups.backups import Backups
    from protocol.times import SystemClock

    with open_vault_of(asked) as vault:
        journal = open_journal(vault.directory, vault, SystemClock())
        try:
            backups = Backups(journal, vault, SystemClock())
            backups.settle()
            held = backups.make(asked.file, show_progress, Cancelled())
        finally:
            journal.close()
    end_progress()
    print(f"{held.dossiers} cases, {held.events} rows, {held.readable} of them open. Read back and proven.")
    return 0


def _restore(asked: argparse.Namespace) -> int:
    from platformdirs import user_data_path

    from desktop.kernel.files import private_directory
    from desktop.services.backups.restoring import RestoreService
    from protocol.times import SystemClock

    root = private_directory(private_directory(asked.data or user_data_path("opmaat")) / "vaults")
    restoring = RestoreService(root, SystemClock())
    card = restoring.look(asked.file)
    print(f"{card.person}, {card.organisation}, made {card.made:%Y-%m-%d}, kept until {card.expires:%Y-%m-%d}")
    if asked.request is not None:
        fingerprint = restoring.save_request(asked.file, asked.request)
        print(f"Send {asked.request} to your administrator, and tell by telephone: {fingerprint}")
        return 0
    vault = _restore_backup(restoring, asked)
    print(f"Restored as vault {vault.id}. It is another device now: join again with a new invitation, in Settings.")
    vault.lock()
    return 0


def _restore_backup(restoring: "RestoreService", asked: argparse.Namespace) -> "Vault":
    file, even = asked.file, asked.even_expired
    if asked.answer is not None:
        code = read_passphrase("Code: ")
        return restoring.with_answer(file, asked.answer, code, read_passphrase("New passphrase: "), even_expired=even)
    if asked.recovery:
        words = read_passphrase("Recovery words: ").split()
        return restoring.with_words(file, words, read_passphrase("New passphrase: "), even_expired=even)
    return restoring.with_passphrase(file, read_passphrase(), even_expired=even)


def _remarks(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        saved = services.translation_remarks.save(asked.to)
    for path in saved:
        print(path)
    if not saved:
        print("Nobody has said anything about a translation yet.", file=sys.stderr)
    return 0


def _copy(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        made = _make_copy(services, asked)
    end_progress()
    for path in made.paths:
        print(path)
    if made.missing:
        print(f"Not in it, for the reason that stands in the copy: {made.missing}", file=sys.stderr)
    print("These files are not sealed: whoever has them can read everything.", file=sys.stderr)
    return 0


def _make_copy(services: "Services", asked: argparse.Namespace) -> "CopyMade":
    copies: OwnCopyService = services.own_copy
    found = find_dossier(services, asked.case)
    path = asked.to / f"mijn-gegevens-{case_number(found)}.pdf"
    return copies.make(found, path, asked.language, show_progress)
