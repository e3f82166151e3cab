"""`opmaat vault …`: for who keeps a vault. The passphrase is asked for, or read from a pipe; it is not an argument."""

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.wording import complaint
from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.records import Journal
    from desktop.records.maintenance.verification import IntegrityFinding, IntegrityReport
    from desktop.services.backups.checkup import Looked
    from desktop.vault.vault import Vault


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    vault = commands.add_parser("vault", help="for who keeps a vault").add_subparsers(
        dest="vault_command", required=True
    )
    check = declare(
        vault, "verify", "read the whole vault and name what is broken; the exit status is 1 when anything is"
    )
    check.add_argument("--json", action="store_true", help="the report as JSON")
    check.set_defaults(run=_verify)
    trail = declare(vault, "audit", "write who did what, when, to which case; never an answer")
    trail.add_argument("--format", choices=("csv", "json"), default="csv", help="csv by default")
    trail.add_argument("--to", type=Path, metavar="FILE", help="where it goes; printed by default")
    trail.set_defaults(run=_audit)
    from desktop.cli import vault_copies

    vault_copies.add(vault)


def declare(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, purpose: str
) -> argparse.ArgumentParser:
    """Return a new command that works on one vault."""
    command = commands.add_parser(name, help=purpose)
    command.add_argument("--vault", metavar="ID", help="which vault, where there are more; `--vault ?` names them")
    return command


@contextmanager
def opened(asked: argparse.Namespace) -> "Iterator[Vault]":
    """Open the vault that is meant, with the passphrase of its owner, and lock it afterwards.

    Raises UserError `vault.none_here`, `vault.which_one`, and the codes of opening a vault.
    """
    from platformdirs import user_data_path

    from desktop.vault.vault import open_vault

    vault = open_vault(_directory((asked.data or user_data_path("opmaat")) / "vaults", asked.vault), passphrase())
    try:
        yield vault
    finally:
        vault.lock()


@contextmanager
def journal_of(asked: argparse.Namespace) -> "Iterator[Journal]":
    """Open the journal of the vault that is meant. Raises as `opened`, and EnvironmentProblem `records.…`."""
    from desktop.records import open_journal
    from protocol.times import SystemClock

    with opened(asked) as vault:
        journal = open_journal(vault.directory, vault, SystemClock())
        try:
            yield journal
        finally:
            journal.close()


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


def passphrase(prompt: str = "Passphrase: ") -> str:
    """Return what a person types unseen, or the first line of a pipe."""
    return getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")


def _verify(asked: argparse.Namespace) -> int:
    from desktop.services.backups.checkup import Checkup

    with journal_of(asked) as journal:
        report = Checkup(journal).whole(_progress() if sys.stderr.isatty() else _ignore_progress)
    print(json.dumps(_facts(report)) if asked.json else "\n".join(_lines(report)))
    return 0 if report.good else 1


def _audit(asked: argparse.Namespace) -> int:
    from desktop.kernel.files import write_atomic
    from desktop.services.rights.audit import Audit
    from protocol.times import SystemClock

    with journal_of(asked) as journal:
        trail = Audit(journal, SystemClock(), "").trail()
    data = trail.to_csv() if asked.format == "csv" else trail.to_json()
    if asked.to is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomic(asked.to, data)
    return 0


def _progress() -> "Callable[[Looked], None]":
    def tell(looked: "Looked") -> None:
        end = "\n" if looked.report is not None else "\r"
        print(f"{looked.done} / {looked.total}", end=end, file=sys.stderr, flush=True)

    return tell


def _ignore_progress(_looked: "Looked") -> None:
    """Tell nobody: nobody watches."""


def _facts(report: "IntegrityReport") -> dict[str, object]:
    return {"good": report.good, **asdict(report)}


def _lines(report: "IntegrityReport") -> Iterator[str]:
    yield f"{report.dossiers} cases, {report.events} rows"
    yield f"{report.hidden} rows without a key, {report.newer} of a later version"
    yield f"{report.snapshots} summaries agree, {report.stale} will be made anew"
    for finding in report.findings:
        yield f"{_place(finding)}: {complaint(UserError(finding.code))}"
    yield "All is well." if report.good else "Not all is well; what is named above is kept and not used."


def _place(finding: "IntegrityFinding") -> str:
    rows = f" row {', '.join(map(str, finding.rows))}" if finding.rows else ""
    case = f" of case {finding.dossier}" if finding.dossier else ""
    return f"{finding.table}{rows}{case}"
