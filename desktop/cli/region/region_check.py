"""`opmaat region check`: every problem of a region workbook, with sheet, row and what to do."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from desktop.cli.error_texts import complaint
from desktop.cli.form_file import add_file, source_of
from desktop.forms.reader.form_reader import Kind
from desktop.forms.workbook.tables import bytes_of, read_tables
from protocol.errors import OpmaatError, UserError

_SHEETS = frozenset({"settings", "routes"})


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help="print every problem of a workbook; the exit status is 1 when there is")
    add_file(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Check the workbook; return 0 when it can be published."""
    source, kind = source_of(asked.file, asked.kind)
    problems = found_problems(source, kind)
    for problem in problems:
        print(complaint(problem, asked.messages))
    print(f"{len(problems) or 'no'} problem{'' if len(problems) == 1 else 's'}.")
    return 1 if problems else 0


def found_problems(source: Path | bytes, kind: Kind) -> Sequence[OpmaatError]:
    """Return all that is wrong with the region in `source`, laid over the national interview."""
    from desktop.plan.region.region_reader import region_problems as problems_of
    from desktop.services.dossier.form_locale import builtin_intake

    if kind == "xml":
        return (UserError("region.unreadable", {"reason": "xml"}),)
    try:
        return problems_of(source, kind, builtin_intake())
    except OpmaatError as error:
        return (error,)


def region_problems(source: Path | bytes, kind: Kind) -> Sequence[OpmaatError] | None:
    """Return what is wrong with the region in `source`, None when it is no workbook of a region."""
    if kind == "xml":
        return None
    data = bytes_of(source)
    try:
        sheets = read_tables(data, kind)
    except UserError:
        return None
    if "survey" in sheets or not all(name in sheets for name in _SHEETS):
        return None
    return found_problems(data, kind)
