"""Runs typst on a template of ours with data of ours; the one place that does.

Every PDF is tagged for accessibility (PDF/UA-1) and archival (PDF/A-2a); the date comes from the injected moment, so
the same data and moment give the same bytes. Templates are files of the package; data is JSON in `sys.inputs.data`,
read as values, so that no text of a person can become markup.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from desktop.documents.script_styles import type_data
from desktop.i18n.languages import Script
from desktop.kernel.resources import asset_directory
from protocol.errors import EnvironmentProblem

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATES = Path(__file__).resolve().parent / "templates"


def compile_pdf(template: str, data: Mapping[str, object], moment: datetime) -> bytes:
    """Return `template` (a file name without `.typ`) filled with `data` as PDF; `data["lang"]` names its script.

    Raises EnvironmentProblem `documents.fonts_missing` or `documents.failed`; the reason never holds text of a person.
    """
    from typst import TypstError
    from typst import compile as run

    try:
        return run(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs=_inputs(data, moment),
            pdf_standards=["ua-1", "a-2a"],
            timestamp=int(moment.timestamp()),
        )
    except TypstError as error:
        raise EnvironmentProblem("documents.failed", {"reason": template}) from error


def _inputs(data: Mapping[str, object], moment: datetime) -> dict[str, str]:
    local = {"year": moment.year, "month": moment.month, "day": moment.day}
    script = cast("Mapping[str, Script]", data["lang"])["script"]
    whole = {**data, "moment": local, "type": type_data(script)}
    return {"data": json.dumps(whole, ensure_ascii=False, sort_keys=True)}


@cache
def _fonts() -> "Fonts":
    from typst import Fonts

    directory = asset_directory("fonts")
    found = Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(directory)])
    if not found.families():
        raise EnvironmentProblem("documents.fonts_missing")
    return found
