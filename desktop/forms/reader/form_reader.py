"""Forms from files: XLSForm as Markdown, xlsx, xls or csv, and XForm XML; with a cache of what was converted.

The cache holds what was converted by the hash of what it was made from (`kept_form`): plain, without personal data, and
read back with the same care as any file. Files beside the form take no part in the conversion: they are read and
looked through each time, so a changed list is a changed form.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal

from desktop.forms.check.form_check import ADVICE, UNFINISHED, FormCheckResult, examine, missing_media
from desktop.forms.check.missing_languages import problems_of_languages
from desktop.forms.check.problem_location import ProblemLocator
from desktop.forms.check.workbook_cells import without_consequences
from desktop.forms.check.workbook_rules import (
    problems_of_expressions,
    problems_of_files,
    problems_of_types,
    problems_of_workbook,
)
from desktop.forms.document.xml_reader import read_xml
from desktop.forms.errors import FormError
from desktop.forms.model.build import read_form
from desktop.forms.model.external import Missing
from desktop.forms.model.form import Form, FormLocale
from desktop.forms.model.graph import DamagedGraphError
from desktop.forms.reader import kept_form
from desktop.forms.reader.form_media import MediaFolder
from desktop.forms.reader.kept_form import KeptForm
from desktop.forms.workbook.conversion import question_types, sheets_of, xform_of
from desktop.forms.workbook.tables import LARGEST_FILE, Rows, bytes_of
from desktop.kernel import collector
from desktop.kernel.files import read_bytes, write_atomic
from protocol.errors import EnvironmentProblem, UserError

Kind = Literal["md", "xlsx", "xls", "csv", "xml"]
"""What a form file is."""

_CACHE_VERSION = "8"
"""Raised whenever the conversion gives something else for the same workbook: 8 takes texts without a language along."""

_NO_XML = "XML cannot hold the name of one of its columns"

INTAKE = Path(__file__).parent.parent / "library" / "brede_intake.md"
"""The workbook of the national interview. Its lists of countries and languages come from the locale."""

_PLAIN = FormLocale()

Media = Mapping[str, bytes]


@collector.pause_collection()
def read_workbook(
    source: Path | bytes | str,
    kind: Kind,
    cache_dir: Path | None = None,
    *,
    locale: FormLocale = _PLAIN,
    media: Media | None = None,
    missing: Missing = "refuse",
) -> Form:
    """Return the form in `source`: a path, the bytes of a file, or its text.

    `media` are the files beside it by name; for a path that is what lies in its `-media` folder and in its own. With
    `missing` "empty" the form goes on without those that are not there. Raises FormError for the first thing wrong in
    it, with sheet, row and column where they are known, UserError `tables.…` for what is no workbook, and
    EnvironmentProblem for a file that cannot be read. A cache directory that cannot be used is done without.
    """
    data, media = bytes_of(source), _media(source, media)
    if kind == "xml":
        return read_form(read_xml(data), locale, media or {}, missing=missing)
    path = None if cache_dir is None else cache_dir / f"{_key(data, kind, locale.revision)}.xform"
    cached = _read_cached(path, locale, media, missing)
    if cached is not None:
        return cached
    sheets = sheets_of(data, kind)
    xform, finding = _examine_sheets(sheets, locale, media, missing)
    form = finding.usable()
    _keep(path, xform, form)
    return form


def check_workbook(
    source: Path | bytes | str,
    kind: Kind,
    *,
    locale: FormLocale = _PLAIN,
    media: Media | None = None,
    missing: Missing = "refuse",
) -> tuple[FormError, ...]:
    """Return all that is wrong with the form in `source`, in the order of its sheets, rows and columns.

    Those with a code in `check.ADVICE` keep nobody from using it. Raises UserError and EnvironmentProblem as
    `read_workbook` does.
    """
    data, media = bytes_of(source), _media(source, media)
    try:
        if kind == "xml":
            return examine(read_xml(data), locale, media, missing).problems
        return _examine_sheets(sheets_of(data, kind), locale, media, missing)[1].problems
    except FormError as error:
        return (error,)


def read_draft(
    source: Path | bytes | str, kind: Kind, *, locale: FormLocale = _PLAIN, media: Media | None = None
) -> Form:
    """Return the form in `source` while its writer is still at work on it: texts and pictures may be missing.

    Raises FormError for the first thing that keeps it from being asked, and what `read_workbook` raises. Keeps nothing.
    """
    data, media = bytes_of(source), _media(source, media)
    if kind == "xml":
        return examine(read_xml(data), locale, media).usable(ADVICE | UNFINISHED)
    return _examine_sheets(sheets_of(data, kind), locale, media, "refuse")[1].usable(ADVICE | UNFINISHED)


def read_xform(
    source: Path | bytes | str, kind: Kind, *, locale: FormLocale = _PLAIN, media: Media | None = None
) -> bytes:
    """Return the XForm of the form in `source`, as ODK servers take it; one that is an XForm comes back as it is.

    Texts, pictures and lists in files may be missing. Raises FormError for the first thing that keeps it from being
    asked, and what `read_workbook` raises.
    """
    data, media = bytes_of(source), _media(source, media)
    if kind == "xml":
        examine(read_xml(data), locale, media, "empty").usable(ADVICE | UNFINISHED)
        return data
    xform, finding = _examine_sheets(sheets_of(data, kind), locale, media, "empty")
    finding.usable(ADVICE | UNFINISHED)
    return xform


def _examine_sheets(
    sheets: Rows, locale: FormLocale, media: Media | None, missing: Missing
) -> tuple[bytes, FormCheckResult]:
    """Return the XForm of a workbook, blank when there is none, and what was found, each in its place."""
    where = ProblemLocator(sheets)
    early = list(problems_of_workbook(sheets, locale.choice_lists))
    grave = [each for each in early if each.code not in ADVICE]
    if any(each.code == "form.too_deep" for each in early):
        return b"", FormCheckResult(None, where.in_order(early))
    try:
        xform = xform_of(sheets, locale.choice_lists, locale.other_texts)
    except FormError as error:
        types = list(problems_of_types(sheets, question_types()))
        grave += types
        known = {(each.details["sheet"], each.details["row"]) for each in grave}
        place = (error.details.get("sheet", ""), error.details.get("row", ""))
        refused = [] if grave and (place in known or not place[1]) else [error]
        also = [*problems_of_expressions(sheets), *problems_of_languages(sheets)]
        also += problems_of_files(sheets, media or {}) if missing == "refuse" else ()
        return b"", FormCheckResult(None, where.in_order(without_consequences([*early, *types, *refused, *also])))
    try:
        document = read_xml(xform)
    except FormError as error:
        unnamed = [] if grave else [FormError("form.workbook", sheet="survey", reason=_NO_XML)]
        return b"", FormCheckResult(None, where.in_order([*early, *(unnamed if error.code == "form.xml" else [error])]))
    finding = examine(document, locale, media, missing)
    found = without_consequences([*early, *map(where.placed, finding.problems)])
    return xform, FormCheckResult(finding.form, where.in_order(found))


def _media(source: Path | bytes | str, media: Media | None) -> Media | None:
    return MediaFolder(source) if media is None and isinstance(source, Path) else media


def _key(data: bytes, kind: str, edition: str) -> str:
    digest = hashlib.sha256(f"{_CACHE_VERSION} {kind} {edition}\n".encode())
    digest.update(data)
    return digest.hexdigest()


def _read_cached(path: Path | None, locale: FormLocale, media: Media | None, missing: Missing) -> Form | None:
    """Return the form that is kept at `path`; None when it is not whole, or when anything is wrong beside it."""
    if path is None or not path.is_file():
        return None
    try:
        kept = kept_form.from_bytes(read_bytes(path, LARGEST_FILE * 4))
        form, is_current = _read_kept(kept, locale, media, missing)
    except (UserError, EnvironmentProblem):
        return None
    if media is not None and missing == "refuse" and any(missing_media(form.definition, media)):
        return None
    if not is_current and kept_form.engine():
        _keep(path, kept.xform, form)
    return form


def _read_kept(kept: KeptForm, locale: FormLocale, media: Media | None, missing: Missing) -> tuple[Form, bool]:
    """Return a form that was kept, and whether its graph is that of this engine."""
    if kept.graph is not None:
        with suppress(DamagedGraphError):
            return read_form(read_xml(kept.xform), locale, media or {}, missing=missing, kept=kept.graph), True
    return read_form(read_xml(kept.xform), locale, media or {}, missing=missing), False


def _keep(path: Path | None, xform: bytes, form: Form) -> None:
    if path is None:
        return
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomic(path, kept_form.to_bytes(xform, form))
    except (OSError, EnvironmentProblem):
        return
