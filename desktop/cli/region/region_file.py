"""The workbook of a region as the command line is given it, laid over the national interview."""

import argparse
from typing import TYPE_CHECKING

from desktop.cli.form_file import source_of
from protocol.errors import UserError

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.plan.region.region_rules import Region


def region_of(asked: argparse.Namespace) -> "tuple[Region, Form]":
    """Return the region that was asked for, and its interview. Raises its first problem, and WrongCallError."""
    from desktop.plan.region.region_reader import read_region
    from desktop.services.dossier.form_locale import builtin_intake

    source, kind = source_of(asked.file, asked.kind)
    if kind == "xml":
        raise UserError("region.unreadable", {"reason": "xml"})
    form = builtin_intake()
    return read_region(source, kind, form), form
