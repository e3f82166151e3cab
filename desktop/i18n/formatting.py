"""Dates, times and names of countries and languages, from CLDR through Babel.

Digits are Western and dates Gregorian in every language: they must match letters, clocks and bus stops.
Babel is imported on first use, because it costs a tenth of a second.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING

from desktop.i18n.catalogue import program_texts
from desktop.i18n.mark import N_

if TYPE_CHECKING:
    from babel import Locale

_LANGUAGES_OF_THE_LIST = (
    *("ar", "ti", "en", "tr", "fa", "fa_AF", "ps", "so", "kmr", "ckb", "am", "fr", "ru", "uk", "es"),
    *("om", "ur", "zh", "hy", "ka", "az", "pt", "sq", "bn", "de", "nl", "sw", "ha", "ig", "yo", "ff", "wo", "ln", "rw"),
    *("hi", "pa", "ta", "ne", "id", "vi", "th", "ro", "pl", "bg", "sr", "hr", "bs", "mk", "el", "it", "he", "uz", "tk"),
    *("tig", "byn", "ssy", "kun", "zza", "syr", "tru", "haz", "bal", "zgh", "ce", "rn", "aa", "ug"),
    *("kk", "ky", "tg", "mn", "sg", "bm", "ak", "ee", "ny", "sn", "zu", "xh", "mg", "my", "si", "te", "sgn", "mis"),
)
"""Languages offered in the interview: those of reception in the Netherlands first (domain research, section 7).

`sgn` and `mis` are, in ISO 639, any sign language and a language that has no code: here, one that is not in the list.
"""

_NAMED_HERE: Mapping[str, str] = {
    "kmr": N_("Kurdish (Kurmanji, Badini)"),
    "ckb": N_("Kurdish (Sorani)"),
    "kun": N_("Kunama"),
    "haz": N_("Hazaragi"),
    "syr": N_("Syriac (Suryoyo)"),
    "tru": N_("Turoyo (Surayt)"),
    "zgh": N_("Tamazight (Berber)"),
    "sgn": N_("Sign language"),
    "mis": N_("Another language"),
}
"""Names that CLDR lacks in our languages, or has in words that those who speak the language do not use for it."""

_ANOTHER_COUNTRY: Mapping[str, str] = {"other": N_("Another country")}
"""What a country can be that ISO 3166-1 does not name, at the end of the list; a question beside it asks which."""

_NO_COUNTRY: Mapping[str, str] = {"staatloos": N_("Stateless"), "onbekend": N_("Not known, or not yet established")}
"""What a nationality can be that is no country."""


@cache
def _locale(tag: str) -> "Locale":
    """Return the locale of `tag`, or of its language alone. Raises LookupError for a language CLDR does not know."""
    from babel import Locale, UnknownLocaleError

    for name in (tag, tag.partition("_")[0]):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse(name)
    raise LookupError


@cache
def country_names(tag: str) -> Mapping[str, str]:
    """Return the names of the countries of ISO 3166-1 in language `tag`, by their two letters, sorted by name.

    Behind them stands `other`, for what the list does not have.
    """
    found = {code: name for code, name in _locale(tag).territories.items() if _is_country(code)}
    return {**dict(sorted(found.items(), key=lambda item: item[1].casefold())), **_our_names(_ANOTHER_COUNTRY, tag)}


@cache
def nationality_names(tag: str) -> Mapping[str, str]:
    """Return what a person may give as a nationality in language `tag`: stateless, not known, or a country."""
    return {**_our_names(_NO_COUNTRY, tag), **country_names(tag)}


@cache
def language_names(tag: str) -> Mapping[str, str]:
    """Return the names in language `tag` of the languages that people in reception speak, in order of frequency."""
    here, fallback, ours = _locale(tag), _locale("en"), _our_names(_NAMED_HERE, tag)
    return {code: ours.get(code) or _language_name(here, fallback, code) for code in _LANGUAGES_OF_THE_LIST}


def _our_names(names: Mapping[str, str], tag: str) -> Mapping[str, str]:
    texts = program_texts(tag)
    return {code: texts.text(name) for code, name in names.items()}


def format_date(day: date) -> str:
    """Return `day` as dd-mm-jjjj, the form of Dutch letters, the same in every language."""
    return f"{day.day:02}-{day.month:02}-{day.year:04}"


def format_day(day: date, tag: str, *, weekday: bool = False) -> str:
    """Return `day` in words of language `tag`, such as `24 november`, or with its weekday, for screens."""
    from babel.dates import format_date as write

    return write(day, "EEEE d MMMM" if weekday else "d MMM", locale=_locale(tag))


def format_month(day: date, tag: str, *, year: bool = False) -> str:
    """Return the month of `day` in short in language `tag`, such as `nov`, or with its year, for screens."""
    from babel.dates import format_date as write

    return write(day, "MMM y" if year else "MMM", locale=_locale(tag)).replace(".", "")


def weekdays(tag: str, *, short: bool = False) -> tuple[str, ...]:
    """Return the names of Monday to Sunday in language `tag`, such as `maandag` or in short `ma`."""
    names = _locale(tag).days["stand-alone"]["abbreviated" if short else "wide"]
    return tuple(str(names[number]) for number in range(7))


def format_time(moment: datetime, zone: tzinfo | None = None) -> str:
    """Return the time of `moment` as HH:MM at the place of the machine, or in `zone`."""
    local = moment.astimezone(zone)
    return f"{local.hour:02}:{local.minute:02}"


def _is_country(code: str) -> bool:
    regions_and_pseudo = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
    return len(code) == len("NL") and code.isalpha() and code not in regions_and_pseudo


def _language_name(here: "Locale", fallback: "Locale", code: str) -> str:
    name = here.languages.get(code) or fallback.languages.get(code)
    if name is None:
        base, _, territory = code.partition("_")
        name = f"{here.languages.get(base, base)} ({here.territories.get(territory, territory)})"
    return name
