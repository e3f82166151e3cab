"""The record that was saved before this one, for forms that ask for it (ODK XForms "Virtual Endpoints")."""

from dataclasses import replace

from desktop.forms.model.build import build_form
from desktop.forms.model.external import LAST_SAVED
from desktop.forms.model.form import Form
from desktop.forms.session.restoring import record_of
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node


def with_last_saved(form: Form, document: bytes | None) -> Form:
    """Return `form` with `jr://instance/last-saved` holding `document`, or nothing: every value in it is blank then.

    A form that does not ask for it comes back as it is. The document is one of this form: FormError
    `forms.document_other_form` for another, and what `read_xml` raises. The form is compiled anew, so do this once for
    a session, not for an answer.
    """
    asking = {name: node for name, node in form.definition.instances.items() if node.get("src") == LAST_SAVED}
    if not asking:
        return form
    instances: dict[str, Node] = {**form.definition.instances}
    for name in asking:
        instances[name] = _content(form, document)
    return build_form(replace(form.definition, instances=instances), form.locale)


def _content(form: Form, document: bytes | None) -> Node:
    instance = Node(ELEMENT, "instance")
    instance.attributes = (Node(ATTRIBUTE, "src", LAST_SAVED),)
    if document is not None:
        instance.append(record_of(form, document))
    return instance
