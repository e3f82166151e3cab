"""`opmaat region new`: a workbook to begin with, for a spreadsheet program or as Markdown; no fact stands in it yet."""

import argparse
import re
from pathlib import Path

from desktop.cli.form_file import MESSAGE_LANGUAGES, WrongCallError
from desktop.kernel.files import write_atomic

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("new", help="write a workbook to begin with: xlsx with drop-downs and notes, or md")
    parser.add_argument("out", type=Path, metavar="FILE", help="the workbook to write; its ending says which kind")
    parser.add_argument("--name", type=_name, default="regio", help="id of the region: small letters, digits and _")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument("--messages", choices=MESSAGE_LANGUAGES, default="nl", help="the language of the notes")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the workbook."""
    from desktop.cli.region.region_notes import region_notes
    from desktop.forms.workbook.guided_xlsx import guided_xlsx
    from desktop.i18n.catalogue import load_catalogue
    from desktop.plan.region.template import CHOICES, markdown_of, new_region
    from desktop.services.dossier.form_locale import builtin_intake

    out: Path = asked.out
    if out.suffix.lower() not in {".xlsx", ".md"}:
        raise WrongCallError("form.unknown_ending", {"file": out.name})
    if out.exists() and not asked.force:
        raise WrongCallError("export.file_exists")
    sheets, catalogue = new_region(builtin_intake(), asked.name), load_catalogue(asked.messages, "app")
    notes = {column: catalogue.text(note) for column, note in region_notes().items()}
    made = markdown_of(sheets).encode() if out.suffix.lower() == ".md" else guided_xlsx(sheets, notes, CHOICES)
    write_atomic(out, made)
    return 0


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        msg = "is not small letters, digits and _"
        raise argparse.ArgumentTypeError(msg)
    return text
