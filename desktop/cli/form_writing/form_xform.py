"""`opmaat form xform`: the XForm of a form, for ODK servers and every other program that takes one."""

import argparse
import sys
from pathlib import Path

from desktop.cli.form_file import add_file, source_of
from desktop.kernel.files import write_atomic


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("xform", help="write the XForm of a form, for ODK servers")
    add_file(parser)
    parser.add_argument("--out", type=Path, metavar="XFORM", help="the file to write; by default standard output")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the XForm; what keeps the form from being asked keeps it from being written."""
    from desktop.forms.reader.form_reader import read_xform
    from desktop.services.dossier.form_locale import FORM_LOCALE

    source, kind = source_of(asked.file, asked.kind)
    xform = read_xform(source, kind, locale=FORM_LOCALE)
    if asked.out is not None:
        write_atomic(asked.out, xform)
        return 0
    sys.stdout.flush()
    sys.stdout.buffer.write(xform)
    return 0
