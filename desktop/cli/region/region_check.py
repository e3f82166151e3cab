"""The workbook of a region, told from that of a form and checked."""

from collections.abc import Sequence
from pathlib import Path

from desktop.forms.reader.form_reader import Kind
from desktop.forms.workbook.tables import bytes_of, read_tables
from protocol.errors import OpmaatError, UserError

_SHEETS = frozenset({"routes", "goals"})


def region_problems(source: Path | bytes, kind: Kind) -> Sequence[OpmaatError] | None:
    """Return what is wrong with the region in `source`, None when it is no workbook of a region.

    It is laid over the national interview, whose questions its rules may use. Reading stops at the first problem.
    """
    if kind == "xml":
        return None
    data = bytes_of(source)
    try:
        sheets = read_tables(data, kind)
    except UserError:
        return None
    if "survey" in sheets or not all(name in sheets for name in _SHEETS):
        return None
    from desktop.plan.region.region_reader import read_region
    from desktop.services.dossier.form_locale import builtin_intake

    try:
        read_region(data, kind, builtin_intake())
    except OpmaatError as error:
        return (error,)
    return ()
