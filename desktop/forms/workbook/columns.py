"""What the columns of an XLSForm workbook are for, whatever they are called (xlsform.org, reference table)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow

_NAMES: Mapping[str, tuple[str, ...]] = {
    "type": ("type", "command"),
    "name": ("name", "tag", "value"),
    "list_name": ("list_name",),
    "label": ("label", "caption"),
    "hint": ("hint",),
    "guidance_hint": ("guidance_hint",),
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "constraint": ("constraint", "bind::constraint"),
    "constraint_message": ("constraint_message", "constraining_message", "jr:constraintmsg", "bind::jr:constraintmsg"),
    "required": ("required", "bind::required"),
    "required_message": ("required_message", "requiredmsg", "jr:requiredmsg", "bind::jr:requiredmsg"),
    "read_only": ("read_only", "readonly", "bind::readonly"),
    "calculation": ("calculation", "calculate", "bind::calculate"),
    "repeat_count": ("repeat_count", "count", "jr:count", "control::jr:count"),
    "choice_filter": ("choice_filter",),
    "default": ("default",),
    "trigger": ("trigger",),
    "appearance": ("appearance", "control::appearance", "body::appearance"),
    "parameters": ("parameters",),
    "image": ("image", "media::image"),
    "big-image": ("big-image", "media::big-image"),
    "audio": ("audio", "media::audio"),
    "video": ("video", "media::video"),
    "instance_name": ("instance_name",),
    "allow_choice_duplicates": ("allow_choice_duplicates",),
    "form_name": ("name",),
    "default_language": ("default_language",),
}
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""The roles of the columns that hold texts for people, in one language or in several."""
_MOST_TOKENS = 3
_ROLES: Mapping[str, str] = {name: role for role, names in reversed(list(_NAMES.items())) for name in names}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header as written, what it is called in short, the language it is in ("" when none is named).

    `known` says that it has a meaning in XLSForm.
    """

    header: str
    key: str
    language: str
    known: bool = True


def columns_of(headers: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns with these headers, from left to right."""
    return tuple(map(_column, headers))


def role_of(column: Column) -> str:
    """Return what a column is for, "" when that is not known."""
    return _ROLES.get(column.key, "")


def names_of_columns() -> frozenset[str]:
    """Return every name that a column may have, without languages."""
    return frozenset(_ROLES)


@lru_cache(maxsize=1024)
def _column(header: str) -> Column:
    tokens = [token.strip() for token in header.split("::" if "::" in header else ":")]
    whole = "::".join(tokens)
    first = "_".join(tokens[0].split()).lower()
    if header.lower().startswith("jr:"):
        return Column(header, header.lower(), "")
    for taken in range(min(len(tokens), _MOST_TOKENS), 0, -1):
        key = "::".join([first, *(token.lower() for token in tokens[1:taken])])
        if key in _ROLES:
            return Column(header, key, "::".join(tokens[taken:]))
    return Column(header, whole.lower(), "", known=False)


def header_for(sheet: Worksheet, role: str, language: str = "") -> str:
    """Return the header of the column of `sheet` that has this role in this language, or the role where none has.

    A column without a language stands for every language that has none of its own.
    """
    return _header(sheet.columns, role, language)


@lru_cache(maxsize=4096)
def _header(headers: tuple[str, ...], role: str, language: str) -> str:
    columns = columns_of(headers)
    for wanted in (language, "") if language else ("",):
        for name in _NAMES.get(role, (role,)):
            for column in columns:
                if column.key == name and column.language == wanted:
                    return column.header
    return next((column.header for column in columns if column.key in _NAMES.get(role, ())), role)


def setting(sheets: Rows, role: str) -> str:
    """Return the text of the settings in the column with this role, "" when there is none."""
    settings = sheets.get("settings")
    return cell(settings, settings.rows[0], role) if settings is not None and settings.rows else ""


def cell(sheet: Worksheet, row: WorksheetRow, role: str) -> str:
    """Return the text of `row` in the column with this role, "" when there is none."""
    return row.cells.get(header_for(sheet, role), "")
