"""Languages, catalogues and the ways dates and names are written in them.

A `Catalogue` belongs to a person on screen or a reader of a document. There is no process-wide language: the
caseworker, the newcomer and the printed page each have their own. May import `kernel`; imported by all above.
"""

from desktop.i18n.bidi import isolate
from desktop.i18n.catalogue import Catalogue, load_catalogue, program_texts
from desktop.i18n.figures import with_plain_figures
from desktop.i18n.folding import SearchedText, finds, finds_person, folded, sought_words
from desktop.i18n.formatting import (
    country_names,
    format_date,
    format_day,
    format_month,
    format_time,
    language_names,
    nationality_names,
    weekdays,
)
from desktop.i18n.languages import LANGUAGES, Language, language
from desktop.i18n.mark import N_

__all__ = [
    "LANGUAGES",
    "N_",
    "Catalogue",
    "Language",
    "SearchedText",
    "country_names",
    "finds",
    "finds_person",
    "folded",
    "format_date",
    "format_day",
    "format_month",
    "format_time",
    "isolate",
    "language",
    "language_names",
    "load_catalogue",
    "nationality_names",
    "program_texts",
    "sought_words",
    "weekdays",
    "with_plain_figures",
]
