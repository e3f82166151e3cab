"""The interview engine: forms in (XLSForm, XForm), a running interview out, by the semantics of ODK XForms.

Pure: nothing here reads a file or a clock, except the `reader…` modules, which read workbooks and their cache.
"""

from desktop.forms.errors import FormError
from desktop.forms.model.form import CompiledExpression, Form, FormNode, Wording
from desktop.forms.reader.form_reader import check_workbook, read_workbook
from desktop.forms.session.entities import EntityChange, entity_changes, entity_problems
from desktop.forms.session.instance_document import instance_document
from desktop.forms.session.last_saved import with_last_saved
from desktop.forms.session.outcomes import INTERVIEW, ODK, Conventions, NodeState, Outcome, Problem, Progress
from desktop.forms.session.restoring import Restored, Surroundings, edited, restored
from desktop.forms.session.session import Session
from desktop.forms.session.speech import Choice, Text

__all__ = [
    "INTERVIEW",
    "ODK",
    "Choice",
    "CompiledExpression",
    "Conventions",
    "EntityChange",
    "Form",
    "FormError",
    "FormNode",
    "NodeState",
    "Outcome",
    "Problem",
    "Progress",
    "Restored",
    "Session",
    "Surroundings",
    "Text",
    "Wording",
    "check_workbook",
    "edited",
    "entity_changes",
    "entity_problems",
    "instance_document",
    "read_workbook",
    "restored",
    "with_last_saved",
]
