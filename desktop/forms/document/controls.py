"""What the controls of the body say of themselves, checked when a form is read (ODK XForms "Body Attributes").

ODK clients each do something else with a range without numbers or a medium that is none; here the form is refused.
"""

import re

from desktop.forms.document.datatypes import is_value
from desktop.forms.document.definition import Control, Definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError

_MEDIUM = re.compile(r"[\w.+-]+/(?:\*|[\w.+-]+)")


def check_controls(definition: Definition, report: ProblemCollector) -> None:
    """Report FormErrors `form.range_bounds` and `form.media_type`, each with the path of its question."""
    for control in definition.controls():
        with report.entry(path=control.path, column="parameters"):
            if control.tag == "range":
                _check_range(control)
            elif control.tag == "upload":
                _check_medium(control)


def _check_range(control: Control) -> None:
    for name in ("start", "end", "step"):
        text = control.attributes.get(name, "").strip()
        if text and not is_value(text, "decimal"):
            raise FormError("form.range_bounds", name=name, value=text)


def _check_medium(control: Control) -> None:
    medium = control.attributes.get("mediatype", "").strip()
    if medium and not _MEDIUM.fullmatch(medium):
        raise FormError("form.media_type", value=medium)
