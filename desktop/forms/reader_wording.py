"""The names of countries and languages for the lists `landen` and `talen`, and how values read inside a text."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from desktop.forms.form import Wording
from desktop.forms.texts import tag_of
from desktop.i18n import country_names, format_date, isolate, language, language_names
from desktop.i18n.direction import has_right_to_left
from desktop.kernel.errors import UserError

LISTS: Mapping[str, str] = {"landen": "countries", "talen": "languages"}
"""Choice lists whose items are not in the workbook but in CLDR."""

SOURCE = "nl"
"""The language of the labels that go into the form."""


def items(list_name: str) -> Mapping[str, str]:
    """Return the values of a list of `LISTS` with their Dutch labels, in the order they are offered."""
    return country_names(SOURCE) if LISTS[list_name] == "countries" else language_names(SOURCE)


@cache
def names(list_name: str, tag: str) -> Mapping[str, str] | None:
    """Return the labels of a list of `LISTS` in a language; None for another list or an unknown language."""
    if list_name not in LISTS:
        return None
    try:
        return country_names(tag_of(tag)) if LISTS[list_name] == "countries" else language_names(tag_of(tag))
    except (ValueError, LookupError):
        return None


def dress(value: str, data_type: str, tag: str) -> str:
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


WORDING = Wording(names=names, dress=dress)
"""The wording of an interview in Opmaat."""
