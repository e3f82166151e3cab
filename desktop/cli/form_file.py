"""Forms and scripts as the command line is given them: a file, or `-` for standard input."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.forms.reader.form_reader import Kind
    from desktop.forms.script.run import Translations
    from desktop.forms.script.steps import Script

INTAKE = "intake"
"""The name of the national interview, where a form is asked for and no file is called so."""
KINDS: dict[str, "Kind"] = {".md": "md", ".xlsx": "xlsx", ".xls": "xls", ".csv": "csv", ".xml": "xml"}
MESSAGE_LANGUAGES = ("en", "nl", "ar", "ti")


class WrongCallError(UserError):
    """The command was called wrongly: no such file, or no telling what kind of file it is. The exit status is 2."""


def add_file(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Declare the form to read, how to read it, and the language of messages."""
    names = {"nargs": "+", "metavar": "FILE", "dest": "files"} if several else {"metavar": "FILE", "dest": "file"}
    about = "the form: md, xlsx, xls, csv or xml; - for standard input; intake for the national interview"
    parser.add_argument(**names, help=about)  # type: ignore[arg-type]  # keywords
    parser.add_argument("--kind", choices=sorted(KINDS.values()), help="what FILE is, when its name does not say")
    parser.add_argument("--messages", choices=MESSAGE_LANGUAGES, default="en", help="the language of error messages")


def source_of(file: str, kind: "Kind | None") -> tuple[Path | bytes, "Kind"]:
    """Return what to read, and as what. Raises WrongCallError; never guesses from the content."""
    if file == "-":
        if kind is None:
            raise WrongCallError("form.kind_needed")
        return sys.stdin.buffer.read(), kind
    path = Path(file)
    if file == INTAKE and not path.is_file():
        from desktop.forms.reader.form_reader import INTAKE as BUILTIN

        return BUILTIN, "md"
    if not path.is_file():
        raise WrongCallError("form.no_file", {"file": path.name})
    known = kind or KINDS.get(path.suffix.lower())
    if known is None:
        raise WrongCallError("form.unknown_ending", {"file": path.name})
    return path, known


def form_of(asked: argparse.Namespace) -> "Form":
    """Return the form that was asked for, finished or not. Raises WrongCallError, and what keeps it from use."""
    from desktop.forms.reader.form_reader import read_draft
    from desktop.services.dossier.form_locale import FORM_LOCALE

    source, kind = source_of(asked.file, asked.kind)
    return read_draft(source, kind, locale=FORM_LOCALE)


def script_of(file: str) -> "Script":
    """Return the script in `file`. Raises WrongCallError for a file that is none, and FormError `script.…`."""
    from desktop.forms.script.script_files import read_script
    from desktop.forms.workbook.tables import LARGEST_FILE
    from desktop.kernel.files import read_bytes

    path = Path(file)
    if not path.is_file():
        raise WrongCallError("form.no_file", {"file": path.name})
    if path.suffix.lower() not in {".md", ".json"}:
        raise WrongCallError("script.unknown_ending", {"file": path.name})
    try:
        text = read_bytes(path, LARGEST_FILE).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("script.unreadable", {"line": "1"}) from error
    return read_script(text, "json" if path.suffix.lower() == ".json" else "md")


def translations() -> "Translations":
    """Return what translates a form that does not speak a language itself: the catalogues of the interview."""
    from desktop.i18n.catalogue import load_catalogue

    return lambda tag: load_catalogue(tag, "intake").find if tag in MESSAGE_LANGUAGES else None
