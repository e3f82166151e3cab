"""The form engine: XLSForm and XForm in, a running interview out, by the semantics of ODK XForms (docs/forms-api.md).

What `__all__` names is the public API; the sub-packages are its parts. Nothing here reads a file or a clock, except
`reader`, which reads workbooks and keeps what it converted. Imports the standard library, `protocol` and the kernel.
"""

from desktop.forms.errors import FormError
from desktop.forms.model.form import CompiledExpression, Form, FormLocale, FormNode
from desktop.forms.reader.form_reader import check_workbook, read_workbook
from desktop.forms.session.entities import EntityChange, entity_changes, entity_problems
from desktop.forms.session.instance_document import instance_document
from desktop.forms.session.last_saved import with_last_saved
from desktop.forms.session.outcomes import INTERVIEW, ODK, Conventions, FormProblem, FormProgress, NodeState, Outcome
from desktop.forms.session.restoring import ResumedRecord, SessionSettings, edit_record, resume_record
from desktop.forms.session.session import Session
from desktop.forms.session.session_texts import Choice, DisplayText

__all__ = [
    "INTERVIEW",
    "ODK",
    "Choice",
    "CompiledExpression",
    "Conventions",
    "DisplayText",
    "EntityChange",
    "Form",
    "FormError",
    "FormLocale",
    "FormNode",
    "FormProblem",
    "FormProgress",
    "NodeState",
    "Outcome",
    "ResumedRecord",
    "Session",
    "SessionSettings",
    "check_workbook",
    "edit_record",
    "entity_changes",
    "entity_problems",
    "instance_document",
    "read_workbook",
    "resume_record",
    "with_last_saved",
]
