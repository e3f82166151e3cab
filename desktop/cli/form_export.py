"""`opmaat form export DOSSIER`: a dossier as an OpenRosa submission, out of a vault that is opened for it.

The zip is readable by its owner only, and it is not sealed: the command says so each time. The dossier keeps that
it was made.
"""

import argparse
import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.cli.error_texts import complaint
from desktop.cli.form_file import MESSAGE_LANGUAGES
from desktop.cli.vault.vault_access import declare_command, open_vault_of
from desktop.kernel.files import environment_problems, write_atomic
from protocol.errors import UserError
from protocol.identifiers import case_number

if TYPE_CHECKING:
    from desktop.services.exchange.submission_parts import Submission


def add(form: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    export = declare_command(form, "export", "write a dossier as an OpenRosa submission: a zip that is not sealed")
    export.add_argument("dossier", metavar="DOSSIER", help="the case number (OP-...) or the id of the dossier")
    export.add_argument("--data", type=Path, default=argparse.SUPPRESS, help="where the vaults lie")
    export.add_argument("--out", type=Path, metavar="FILE", help="the zip to write; by default CASE-NUMBER.zip here")
    export.add_argument("--messages", choices=MESSAGE_LANGUAGES, default="en", help="the language of error messages")
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    export.set_defaults(run=_export)


def _export(asked: argparse.Namespace) -> int:
    from platformdirs import user_cache_path

    from desktop.records import open_journal
    from desktop.services.dossier.form_locale import builtin_intake
    from desktop.services.exchange.submission import Submissions
    from protocol.times import SystemClock

    if asked.out is not None and not asked.force:
        _refuse_existing(asked.out)
    cache = asked.data / "cache" if asked.data else user_cache_path("opmaat")
    with open_vault_of(asked) as vault, closing(open_journal(vault.directory, vault, SystemClock())) as journal:
        submissions = Submissions(journal, builtin_intake(cache))
        dossier = submissions.find(asked.dossier)
        submission = submissions.of(dossier)
        data = submission.zip()
        path = asked.out or Path(f"{case_number(dossier)}.zip")
        _write(path, data, force=asked.force)
        submissions.keep_trace(dossier, data, vault.person)
    print(path)
    for warning in _warnings(submission):
        print(complaint(warning, asked.messages), file=sys.stderr)
    return 0


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise UserError("export.file_exists")


def _write(path: Path, data: bytes, *, force: bool) -> None:
    """Write the file whole or not at all. Raises UserError `export.file_exists` unless `force`, EnvironmentProblem."""
    if force:
        write_atomic(path, data)
        return
    with environment_problems():
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            raise UserError("export.file_exists") from error
    try:
        write_atomic(path, data)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _warnings(submission: "Submission") -> list[UserError]:
    found = [UserError("export.not_sealed")]
    found += [
        UserError("export.missing", {"compartment": name, "count": str(count)})
        for name, count in submission.missing.items()
    ]
    if submission.absent:
        found.append(UserError("export.files_absent", {"count": str(submission.absent)}))
    if submission.conflicts:
        found.append(UserError("export.conflicts", {"count": str(submission.conflicts)}))
    return found
