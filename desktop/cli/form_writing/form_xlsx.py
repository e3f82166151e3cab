"""`opmaat form xlsx`: the tables of a form as a workbook with notes and drop-downs, for people who know Excel."""

import argparse
from pathlib import Path

from desktop.cli.form_file import WrongCallError, add_file, source_of
from desktop.kernel.files import write_atomic


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("xlsx", help="write the tables of a form as a workbook for a spreadsheet program")
    add_file(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="XLSX", help="the workbook to write")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the workbook; its notes speak the language of the messages."""
    from desktop.cli.form_writing.column_notes import column_notes
    from desktop.forms.workbook.spreadsheet import xlsx_of
    from desktop.forms.workbook.tables import bytes_of, read_tables
    from desktop.i18n.catalogue import load_catalogue

    source, kind = source_of(asked.file, asked.kind)
    if kind == "xml":
        raise WrongCallError("form.no_tables", {"file": Path(asked.file).name})
    if asked.out.exists() and not asked.force:
        raise WrongCallError("export.file_exists")
    sheets = read_tables(bytes_of(source), kind)
    catalogue = load_catalogue(asked.messages, "app")
    write_atomic(asked.out, xlsx_of(sheets, {role: catalogue.text(note) for role, note in column_notes().items()}))
    return 0
