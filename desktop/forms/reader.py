"""Forms from files: XLSForm as Markdown, xlsx, xls or csv, and XForm XML; with a cache of what was converted.

The cache holds XForm XML by the hash of what it was made from: plain, without personal data, and read back with the
same care as any file. A form that was converted before is not searched for problems again.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from desktop.forms.build import read_form
from desktop.forms.check import problems_of
from desktop.forms.errors import FormError
from desktop.forms.form import Form, Wording
from desktop.forms.markup import read_xml
from desktop.forms.reader_workbook import Rows, sheets_of, xform_of
from desktop.forms.tables import LARGEST_FILE
from desktop.kernel.errors import EnvironmentProblem
from desktop.kernel.files import read_bytes, write_atomic

Kind = Literal["md", "xlsx", "xls", "csv", "xml"]
"""What a form file is."""

_CACHE_VERSION = "4"
"""Raised whenever the conversion gives something else for the same workbook: 4 fills the lists it is given, 2026-11."""

INTAKE = Path(__file__).parent / "library" / "brede_intake.md"
"""The workbook of the national interview. Its lists of countries and languages come from the wording."""

_PLAIN = Wording()


def read_workbook(
    source: Path | bytes | str, kind: Kind, cache_dir: Path | None = None, *, wording: Wording = _PLAIN
) -> Form:
    """Return the form in `source`: a path, the bytes of a file, or its text.

    Raises FormError for the first thing wrong in it, with sheet, row and column where they are known, and
    EnvironmentProblem for a file that cannot be read. A cache directory that cannot be used is done without.
    """
    data = _bytes(source)
    if kind == "xml":
        return read_form(read_xml(data), wording)
    path = None if cache_dir is None else cache_dir / f"{_key(data, kind, wording.edition)}.xml"
    cached = _cached(path, wording)
    if cached is not None:
        return cached
    sheets = sheets_of(data, kind)
    xform = xform_of(sheets, wording.lists)
    for problem in problems_of(read_xml(xform)):
        raise placed(problem, sheets)
    form = read_form(read_xml(xform), wording)
    _keep(path, xform)
    return form


def check_workbook(source: Path | bytes | str, kind: Kind, *, wording: Wording = _PLAIN) -> tuple[FormError, ...]:
    """Return all that is wrong with the form in `source`, in the order of the form; empty when it can be used.

    Raises EnvironmentProblem for a file that cannot be read.
    """
    data = _bytes(source)
    sheets: Rows = {}
    try:
        if kind == "xml":
            return problems_of(read_xml(data))
        sheets = sheets_of(data, kind)
        return tuple(placed(problem, sheets) for problem in problems_of(read_xml(xform_of(sheets, wording.lists))))
    except FormError as error:
        return (placed(error, sheets),)


def placed(error: FormError, sheets: Mapping[str, Rows] | Rows) -> FormError:
    """Return `error` with the sheet and row of the question it is about, when its path names one."""
    path = error.details.get("path", "")
    survey = sheets.get("survey")
    if not path or survey is None or "row" in error.details:
        return error
    groups: list[str] = []
    wanted = [part for part in path.split("/") if part][1:]
    for row in survey.rows:  # type: ignore[union-attr]  # a sheet has rows
        kind = row.cells.get("type", "").replace(" ", "_")
        if kind.startswith("end_") and groups:
            groups.pop()
        elif [*groups, row.cells.get("name", "")] == wanted:
            return error.located(sheet="survey", row=row.number)
        if kind.startswith("begin_"):
            groups.append(row.cells.get("name", ""))
    return error.located(sheet="survey")


def _bytes(source: Path | bytes | str) -> bytes:
    if isinstance(source, Path):
        return read_bytes(source, LARGEST_FILE)
    return source.encode() if isinstance(source, str) else source


def _key(data: bytes, kind: str, edition: str) -> str:
    digest = hashlib.sha256(f"{_CACHE_VERSION} {kind} {edition}\n".encode())
    digest.update(data)
    return digest.hexdigest()


def _cached(path: Path | None, wording: Wording) -> Form | None:
    if path is None or not path.is_file():
        return None
    try:
        return read_form(read_xml(read_bytes(path, LARGEST_FILE * 4)), wording)
    except (FormError, EnvironmentProblem):
        return None


def _keep(path: Path | None, xform: bytes) -> None:
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, xform)
    except (OSError, EnvironmentProblem):
        return
