"""What an interview is made of, as it ships with the program: form, regions and catalogues."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from desktop.forms import Form
from desktop.i18n.catalogue import Catalogue, load_catalogue
from desktop.plan.region.builtin import builtin_region
from desktop.plan.region.region_reader import national_region
from desktop.plan.region.region_rules import Region
from desktop.services.dossier.form_locale import builtin_intake


@dataclass(frozen=True, slots=True)
class Content:
    """What an interview is made of; the same for every vault, read once, off the screen's thread.

    `national` is what a plan rests on where an organisation published no workbook. `practice` gives the invented
    region, which is read when it is asked for.
    """

    form: Form
    national: Region
    practice: Callable[[], Region]
    intake: Callable[[str], Catalogue]
    plan: Callable[[str], Catalogue]


def read_content(cache_directory: Path) -> Content:
    """Return interview, regions and catalogues as they ship with the program."""
    form = builtin_intake(cache_directory)
    intake = cache(lambda tag: load_catalogue(tag, "intake"))
    plan = cache(lambda tag: load_catalogue(tag, "plan"))
    return Content(form, national_region(form), cache(lambda: builtin_region(form)), intake, plan)
