"""`opmaat vault …`: for who keeps a vault. The passphrase is asked for, or read from a pipe; it is not an argument."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.error_texts import complaint
from desktop.cli.terminal import end_progress, show_progress
from desktop.cli.vault.vault_access import declare_command, open_journal_of, open_services_of
from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.records.maintenance.verification import IntegrityFinding, IntegrityReport
    from desktop.services.backups.integrity_check import CheckProgress


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands."""
    vault = commands.add_parser("vault", help="for who keeps a vault").add_subparsers(
        dest="vault_command", required=True
    )
    check = declare_command(
        vault, "verify", "read the whole vault and name what is broken; the exit status is 1 when anything is"
    )
    check.add_argument("--json", action="store_true", help="the report as JSON")
    check.set_defaults(run=_verify)
    trail = declare_command(vault, "audit", "write who did what, when, to which case; never an answer")
    trail.add_argument("--format", choices=("csv", "json"), default="csv", help="csv by default")
    trail.add_argument("--to", type=Path, metavar="FILE", help="where it goes; printed by default")
    trail.set_defaults(run=_audit)
    shown = declare_command(vault, "show-key", "write what the administrator needs to give this laptop a new key")
    shown.add_argument("to", type=Path, metavar="FILE")
    shown.set_defaults(run=_show_key)
    taken = declare_command(vault, "take-keys", "read the keys that the administrator gave, and renew those of cases")
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.set_defaults(run=_take_keys)
    from desktop.cli.vault import vault_copies, vault_plans

    vault_copies.add(vault)
    vault_plans.add(vault)


def _verify(asked: argparse.Namespace) -> int:
    from desktop.services.backups.integrity_check import IntegrityCheck

    with open_journal_of(asked) as journal:
        report = IntegrityCheck(journal).whole(_progress() if sys.stderr.isatty() else _ignore_progress)
    print(json.dumps(_facts(report)) if asked.json else "\n".join(_lines(report)))
    return 0 if report.good else 1


def _audit(asked: argparse.Namespace) -> int:
    from desktop.kernel.files import write_atomic
    from desktop.services.rights.audit import Audit
    from protocol.times import SystemClock

    with open_journal_of(asked) as journal:
        trail = Audit(journal, SystemClock(), "").trail()
    data = trail.to_csv() if asked.format == "csv" else trail.to_json()
    if asked.to is None:
        sys.stdout.buffer.write(data)
    else:
        write_atomic(asked.to, data)
    return 0


def _show_key(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        services.organisation_keys.write_own(asked.to)
    print(asked.to)
    return 0


def _take_keys(asked: argparse.Namespace) -> int:
    with open_services_of(asked) as services:
        keys = services.organisation_keys
        keys.read_file(asked.file)
        here = keys.here()
        total = 0 if here is None else here.left
        while here is not None and here.left:
            show_progress(total - here.left, total)
            keys.step()
            before, here = here, keys.here()
            if here is None or here.left >= before.left:
                break
        end_progress()
    if here is not None:
        print(f"key          version {here.version}")
        print(f"still to do  {here.keys_left} keys, {here.cases_left} cases")
    return 0


def _progress() -> "Callable[[CheckProgress], None]":
    def tell(progress: "CheckProgress") -> None:
        end = "\n" if progress.report is not None else "\r"
        print(f"{progress.done} / {progress.total}", end=end, file=sys.stderr, flush=True)

    return tell


def _ignore_progress(_progress: "CheckProgress") -> None:
    """Tell nobody: nobody watches."""


def _facts(report: "IntegrityReport") -> dict[str, object]:
    return {"good": report.good, **asdict(report)}


def _lines(report: "IntegrityReport") -> Iterator[str]:
    yield f"{report.dossiers} cases, {report.events} rows"
    yield f"{report.hidden} rows without a key, {report.newer} of a later version"
    yield f"{report.snapshots} summaries agree, {report.stale} will be made anew"
    yield f"{report.statements} statements about who is in a case, {report.unproven} by laptops not known here"
    for finding in report.findings:
        yield f"{_place(finding)}: {complaint(UserError(finding.code))}"
    yield "All is well." if report.good else "Not all is well; what is named above is kept and not used."


def _place(finding: "IntegrityFinding") -> str:
    rows = f" row {', '.join(map(str, finding.rows))}" if finding.rows else ""
    case = f" of case {finding.dossier}" if finding.dossier else ""
    return f"{finding.table}{rows}{case}"
