"""What people read when something goes wrong: one module per area of codes, found by name.

Each module holds `MESSAGES`, from code to English msgid. Every message says what happened and what to do next.
Imported by what shows errors: the screens and the command line.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from desktop.i18n.catalogue import Catalogue
from desktop.i18n.mark import N_
from protocol.errors import OpmaatError

UNKNOWN = N_("Something went wrong ({code}). What was saved stays saved. Try again, or ask your administrator.")
"""Shown for a code without a message; a test sees to it that no code of ours needs it."""


@cache
def all_messages() -> Mapping[str, str]:
    """Return the message of every code, from all areas."""
    found: dict[str, str] = {}
    for module in sorted(iter_modules(__path__), key=lambda item: item.name):
        found.update(import_module(f"{__name__}.{module.name}").MESSAGES)
    return found


def text_for(error: OpmaatError, catalogue: Catalogue) -> str:
    """Return what to tell the person whose `catalogue` it is about `error`; its details may have any name."""
    msgid = all_messages().get(error.code, UNKNOWN)
    return catalogue.fill(catalogue.text(msgid), {**error.details, "code": error.code})
