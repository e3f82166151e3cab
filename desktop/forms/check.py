"""All that is wrong with a form, at once: for the people who write forms."""

from desktop.forms.build import build_form
from desktop.forms.definition import take_apart
from desktop.forms.errors import FormError
from desktop.forms.form import Wording
from desktop.forms.reports import Report
from desktop.forms.xpath.tree import Node


def problems_of(document: Node) -> tuple[FormError, ...]:
    """Return every problem of an XForm document, in the order of the form; empty when it can be used.

    Besides what stops a form from being read, these are texts whose outputs are broken (with the path of the text) and
    languages in which a text is missing (`form.translation_missing`).
    """
    report = Report(collect=True)
    with report.entry():
        form = build_form(take_apart(document), Wording(), report)
        form.texts.check(report)
    return tuple(report.problems)
