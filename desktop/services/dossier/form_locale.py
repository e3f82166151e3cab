"""The locale data that the form engine needs from outside, and the interview that ships with Opmaat.

The engine (`desktop.forms`) knows no language. What CLDR says - names of countries and languages, how a date reads - is
handed to it here (adr/0021).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from pathlib import Path

from desktop.forms import Form, FormLocale, read_workbook
from desktop.forms.model.texts import tag_of
from desktop.forms.reader.form_reader import INTAKE
from desktop.i18n import (
    country_names,
    format_date,
    isolate,
    language,
    language_names,
    nationality_names,
    program_texts,
)
from desktop.i18n.bidi import has_right_to_left
from desktop.i18n.languages import DUTCH
from protocol.errors import UserError

SOURCE = DUTCH
"""The language of the labels that go into the form."""

NAMES = {"landen": country_names, "nationaliteiten": nationality_names, "talen": language_names}
"""Choice lists whose items are not in the workbook but in CLDR: what gives their labels in a language."""


def builtin_intake(cache_dir: Path | None = None) -> Form:
    """Return the national interview that ships with Opmaat."""
    return read_workbook(INTAKE, "md", cache_dir, locale=FORM_LOCALE)


@cache
def choice_labels(list_name: str, tag: str) -> Mapping[str, str] | None:
    """Return the labels of one of `NAMES` in a language; None for another list or an unknown language."""
    if list_name not in NAMES:
        return None
    try:
        return NAMES[list_name](tag_of(tag))
    except (ValueError, LookupError):
        return None


def other_texts(tag: str) -> tuple[str, str]:
    """Return the choice and the question that `or_other` adds, in the language of the label beside it or in Dutch."""
    catalogue = program_texts(tag or SOURCE)
    return catalogue.text("Other"), catalogue.text("Which other one?")


def format_value(value: str, data_type: str, tag: str) -> str:
    """Return `value` as it reads within a text: a date as dd-mm-jjjj, isolated where its direction may differ."""
    if data_type == "date":
        value = _date(value)
    return isolate(value) if _is_rtl(tag) or has_right_to_left(value) else value


def _date(value: str) -> str:
    try:
        return format_date(date.fromisoformat(value))
    except ValueError:
        return value


@cache
def _is_rtl(tag: str) -> bool:
    try:
        return language(tag).is_rtl
    except UserError:
        return False


FORM_LOCALE = FormLocale(
    choice_labels=choice_labels,
    format_value=format_value,
    choice_lists={name: partial(names, SOURCE) for name, names in NAMES.items()},
    revision="CLDR and texts of 2026-11-30",
    other_texts=other_texts,
)
"""The locale data of every form that Opmaat opens."""
